"""The preview's static files, found in their one home beside the server's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

HOME = Path(__file__).resolve().parents[2] / "server" / "static"
PREFIX = "toneguard"


class PreviewFinder(BaseFinder):
    """Gives ``toneguard/preview.js`` and ``toneguard/preview/*.js``, and no other file of that folder."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.storage = FileSystemStorage(location=HOME)
        self.storage.prefix = PREFIX
        modules = sorted((HOME / "preview").glob("*.js"))
        self.names = ["preview.js", *(f"preview/{module.name}" for module in modules)]

    def check(self, **_: Any) -> list[Any]:
        """Nothing here can be set wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **given: Any) -> str | list[str]:
        """Where a file lies; an empty list for one that is not here, as Django's own finders give."""
        found = [self.storage.path(name) for name in self.names if f"{PREFIX}/{name}" == Path(path).as_posix()]
        # Older releases of Django say `all`.
        return found if find_all or given.get("all") or not found else found[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:
        """All files, for collectstatic."""
        for name in self.names:
            if not matches_patterns(name, ignore_patterns):
                yield name, self.storage
