"""Files of canned replies in, problems with line and column out: the pipeline's findings, less what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toneguard.errors import InvalidInput
from toneguard.findings import Span
from toneguard.macros.allow import Allowances, comments
from toneguard.macros.formats import Reply, Unreadable, kind_of, reader
from toneguard.macros.located import Lines, Located, Patch
from toneguard.macros.placeholders import placeholders
from toneguard.messages import Channel, Conversation, Message, choose
from toneguard.pipeline import Pipeline
from toneguard.resources.text import decode
from toneguard.reviews import Level, Remark
from toneguard.standards import Standard

SAFE = re.compile(r"[\w ,.-]*")
"""What needs no quoting in any format."""

END_OF_LINE = re.compile(r"[ \t]*(?:\r?\n|\Z)")

LARGEST = 2**20
"""Bytes of the largest file that is read: canned replies are written by hand."""

LONGEST = 100_000
"""Characters of the longest reply that is read."""

TOO_LONG = f"no reply has more than {LONGEST:,} characters; part several by lines of --- or keep them in fields"
UNREADABLE = "check/unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found in a file. Lines and columns are from 1, columns in code points; the end is not included.

    ``start`` and ``end`` are code points of the file's text. ``fixes`` are texts to put in their place as they are,
    best first: those of ``replacements`` that need no quoting there. ``rule`` is a rule of the standard, or one of the
    ``check/`` names that say what is wrong with the file itself.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    rule: str
    level: Level
    message: str
    replacements: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "rule": self.rule,
            "level": self.level.value,
            "message": self.message,
            "replacements": list(self.replacements),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: ``problems`` in the order of files and lines, ``replies`` how many were looked at.

    ``sources`` holds the text of each file that could be read, ``empty`` names the files in which there was no reply.
    """

    problems: tuple[Problem, ...]
    sources: dict[str, str]
    replies: int
    empty: tuple[str, ...]
    standard: Standard


def check_files(
    paths: Iterable[Path],
    pipeline: Pipeline,
    *,
    fields: Sequence[str] = (),
    channel: Channel | str | None = None,
) -> Report:
    """Review every reply in these files as an agent's.

    ``fields`` names the fields (JSON, YAML) and columns (CSV) that hold replies; ``*`` is every text. ``channel`` is
    where the replies are sent. What cannot be read is a problem of level error with the reason; nothing is raised for
    what a file holds.
    """
    sent = None if channel is None else choose(Channel, channel, "channel")
    problems: list[Problem] = []
    sources: dict[str, str] = {}
    empty = []
    count = 0
    for path in paths:
        name = path.as_posix()
        try:
            source = read(path)
            sources[name] = source
            file = File(name, source, kind_of(path), pipeline)
            problems += file.problems(list(reader(file.kind)(source, fields)), sent)
        except Unreadable as reason:
            place = (reason.line, reason.column)
            problems.append(Problem(name, *place, *place, 0, 0, UNREADABLE, Level.ERROR, reason.reason))
            continue
        count += file.replies
        if not file.replies:
            empty.append(name)
    return Report(tuple(problems), sources, count, tuple(empty), pipeline.standard)


def check_texts(
    texts: Iterable[tuple[str, str]], pipeline: Pipeline, *, channel: Channel | str | None = None
) -> Report:
    """Review replies that are kept elsewhere than in files: pairs of a name and a text, which is one reply.

    Problems have the name as their ``path``; the rest is as of :func:`check_files`.
    """
    sent = None if channel is None else choose(Channel, channel, "channel")
    problems: list[Problem] = []
    sources = dict(texts)
    for name, text in sources.items():
        file = File(name, text, "html", pipeline)
        problems += file.problems([Reply(Located.plain(text, 0, len(text)), 0)], sent)
    empty = tuple(name for name, text in sources.items() if not text.strip())
    return Report(tuple(problems), sources, len(sources) - len(empty), empty, pipeline.standard)


def read(path: Path) -> str:
    """The text of a file; raises :class:`Unreadable`."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable("is larger than 1 MB; toneguard score reads archives")
        # The name is with the problem anyway.
        return decode(path.read_bytes(), "the file")
    except OSError as problem:
        raise Unreadable(f"cannot be read ({problem.strerror})") from None
    except InvalidInput as problem:
        raise Unreadable(str(problem)) from None


class File:
    """One file while it is being checked."""

    def __init__(self, name: str, source: str, kind: str, pipeline: Pipeline) -> None:
        self.kind = kind
        self.replies = 0
        self._name = name
        self._source = source
        self._lines = Lines(source)
        self._pipeline = pipeline
        self._hashes = kind in ("text", "yaml")
        self._allowed = Allowances(source, self._lines, pipeline.standard, hashes=self._hashes)

    def problems(self, replies: Sequence[Reply], channel: Channel | None) -> list[Problem]:
        """What is wrong with its replies and its suppressions, in the order of the lines."""
        texts = [without_comments(reply.text, hashes=self._hashes) for reply in replies]
        kept = [(reply, text) for reply, text in zip(replies, texts, strict=True) if text.text.strip()]
        self.replies = len(kept)
        found = [
            self._at(text.starts[0], text.starts[0], UNREADABLE, Level.ERROR, TOO_LONG)
            for _, text in kept
            if len(text.text) > LONGEST
        ]
        kept = [(reply, text) for reply, text in kept if len(text.text) <= LONGEST]
        patches = [placeholders(text.text) for _, text in kept]
        read = [text.patched(found) for (_, text), found in zip(kept, patches, strict=True)]
        messages = (Conversation("", (Message(text.text, "agent", channel=channel),)) for text in read)
        results = self._pipeline.review_many(messages)
        for (reply, _), text, put, result in zip(kept, read, patches, results, strict=True):
            self._allowed.enter(reply, structured=self.kind not in ("text", "markdown", "html"))
            stand_ins = places_of(put)
            for remark in result.reviews[0].findings:
                problem = self._problem(text, remark, stand_ins)
                if problem is not None and not self._allowed.silence(problem.rule, problem.line):
                    found.append(problem)
        for start, end, rule, message in self._allowed.notes():
            found.append(self._at(start, end, rule, Level.NOTE, message))
        return sorted(found, key=lambda problem: (problem.start, problem.end, problem.rule))

    def _problem(self, text: Located, remark: Remark, stand_ins: Sequence[Span]) -> Problem | None:
        """A finding at its place in the file; None for one that a stand-in alone has raised."""
        if remark.span is None:
            first = text.place(len(text.text) - len(text.text.lstrip()), 0)[0]
            return self._at(first, first, remark.rule, remark.level, remark.message)
        span = remark.span
        if any(one.start <= span.start and span.end <= one.end for one in stand_ins):
            return None
        start, end = text.place(span.start, span.end)
        # What would overwrite a placeholder is no replacement for a macro.
        touched = any(one.start < span.end and span.start < one.end for one in stand_ins)
        replacements = () if touched else remark.replacements
        same = self._source[start:end] == text.text[span.start : span.end]
        fixes = replacements if same and (self.kind == "text" or all(map(SAFE.fullmatch, replacements))) else ()
        return self._at(start, end, remark.rule, remark.level, remark.message, replacements, fixes)

    def _at(self, start: int, end: int, rule: str, level: Level, message: str, *more: tuple[str, ...]) -> Problem:
        lines = self._lines
        place = (lines.number(start), lines.column(start), lines.number(end), lines.column(end))
        return Problem(self._name, *place, start, end, rule, level, message, *more)


def places_of(patches: Sequence[Patch]) -> list[Span]:
    """Where the stand-ins are once the patches have been put in."""
    spans = []
    moved = 0
    for start, end, text in patches:
        if text:
            spans.append(Span(start + moved, start + moved + len(text)))
        moved += len(text) - (end - start)
    return spans


def without_comments(text: Located, *, hashes: bool) -> Located:
    """The reply as it is sent: without suppressions, and without the lines that hold nothing else."""
    patches: list[Patch] = []
    for found in comments(text.text, hashes=hashes):
        start, end = found.span()
        line = text.text.rfind("\n", 0, start) + 1
        rest = END_OF_LINE.match(text.text, end)
        if rest and not text.text[line:start].strip() and line >= (patches[-1].end if patches else 0):
            start, end = line, rest.end()
        patches.append(Patch(start, end))
    return text.patched(patches) if patches else text
