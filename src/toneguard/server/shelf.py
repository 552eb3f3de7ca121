"""The standards that a server judges by: a warm pipeline for each name, made anew when its files change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path

from toneguard.errors import ToneGuardError
from toneguard.pipeline import Pipeline
from toneguard.rules import Rule, builtin_rules
from toneguard.server.refusals import Refused
from toneguard.server.settings import DEFAULT

log = logging.getLogger("toneguard.server")
WARM_UP = "Hi Sam, thanks for waiting. Your refund left today, and you should see it by Friday."
Marks = dict[Path, tuple[int, int, int] | None]
TRY_AGAIN = 10
"""Looks after which a broken standard is tried again though the files that we know of are the same."""


class Shelf:
    """Pipelines by name. ``sources`` are files or presets (None: the default preset); ``tier`` as of the pipeline.

    Raises what :meth:`Pipeline.from_standard` raises: a server does not start with a broken standard.
    """

    def __init__(self, sources: Mapping[str, str | None], tier: str | None = None) -> None:
        self._sources = dict(sources)
        self._tier = tier
        self._pipelines = {name: self._make(source) for name, source in self._sources.items()}
        self._marks = {name: marks(pipeline, self._sources[name]) for name, pipeline in self._pipelines.items()}
        self._broken: dict[str, str] = {}
        self._looks = 0

    def _make(self, source: str | None) -> Pipeline:
        pipeline = Pipeline.from_standard(source or DEFAULT, tier=self._tier)
        pipeline.review(WARM_UP, before=[("customer", "Where is my refund?")])  # loads what is loaded late
        return pipeline

    @property
    def names(self) -> list[str]:
        """The names, the default one first."""
        return sorted(self._pipelines, key=lambda name: (name != DEFAULT, name))

    @property
    def broken(self) -> frozenset[str]:
        """Those whose file is broken now, so that the one of before still judges."""
        return frozenset(self._broken)

    def pipeline(self, name: str | None) -> Pipeline:
        """The pipeline of a name (None: the default one); raises :class:`Refused`."""
        found = self._pipelines.get(name or DEFAULT)
        if found is None:
            known = ", ".join(self.names)
            raise Refused(404, "unknown-standard", f"There is no standard of this name; there are {known}.", "standard")
        return found

    def rules(self) -> dict[str, Rule]:
        """Every rule that a review can name."""
        rules = dict(builtin_rules())
        for name in reversed(self.names):  # the default standard has the last word
            rules.update(self._pipelines[name].standard.rules)
        return rules

    async def watch(self, every: float) -> None:
        """Look for changes every so many seconds, for ever."""
        while True:
            await asyncio.sleep(every)
            await asyncio.to_thread(self.refresh)

    def refresh(self) -> list[str]:
        """Make those anew whose files changed, and return their names; a broken one is logged and the old one stays."""
        self._looks += 1
        fresh = []
        for name, source in self._sources.items():
            now = look_at(self._marks[name])
            if now == self._marks[name] and not (name in self._broken and self._looks % TRY_AGAIN == 0):
                continue
            try:
                pipeline = self._make(source)
            except Exception as problem:  # whatever it is, the watcher goes on
                # Errors of ours never quote a customer; of others only the type is known to be harmless.
                said = str(problem) if isinstance(problem, ToneGuardError | OSError) else type(problem).__name__
                self._marks[name] = now
                if self._broken.get(name) != said:
                    self._broken[name] = said
                    label = self._pipelines[name].standard.label
                    log.error("standard %r is broken and %s stays in force: %s", name, label, said)
                continue
            self._pipelines[name] = pipeline
            fresh_marks = marks(pipeline, source)
            # As they were before they were read: what changed meanwhile is seen at the next look.
            self._marks[name] = {path: now.get(path, mark) for path, mark in fresh_marks.items()}
            self._broken.pop(name, None)
            log.warning("standard %r is now %s (%s)", name, pipeline.standard.label, pipeline.standard.digest)
            fresh.append(name)
        return fresh


def marks(pipeline: Pipeline, source: str | None) -> Marks:
    """The files that a pipeline rests on, with what tells whether they changed."""
    standard = pipeline.standard
    builtin = builtin_rules()
    paths = {Path(place) for place in standard.sources}
    if source is not None and Path(source).is_file():
        paths.add(Path(source))
    for name, rule in standard.rules.items():
        if name not in builtin and rule.file:
            paths |= {Path(rule.file), Path(rule.file).parent}
    for options in standard.options.values():
        paths |= {Path(value) for value in options.values() if isinstance(value, str) and Path(value).is_file()}
    return look_at(dict.fromkeys(paths))


def look_at(known: Marks) -> Marks:
    """The same paths as they are now: time, size and place on the disk, or None for what is gone."""
    found: Marks = {}
    for path in known:
        try:
            state = path.stat()
        except OSError:
            found[path] = None
        else:
            found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found
