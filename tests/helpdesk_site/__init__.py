"""A small help desk: django-helpdesk with ToneGuard as a reader of the README installs it, in a folder of its own."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache


@lru_cache(maxsize=1)
def ready() -> tempfile.TemporaryDirectory[str]:
    """Django set up in this process, so that models can be imported; the folder goes when the process does."""
    folder = tempfile.TemporaryDirectory(prefix="helpdesk-")
    os.environ["HELPDESK_SITE"] = folder.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk_site.settings"
    import django

    django.setup()
    return folder


@lru_cache(maxsize=1)
def database() -> None:
    """Empty tables."""
    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
