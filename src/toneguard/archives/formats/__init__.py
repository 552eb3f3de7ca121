"""The formats that archives come in: one module each, and one line each in :data:`FORMATS`.

A module has ``open_archive(path) -> Source``. A source can be called any number of times; each call reads the
file from its start and yields a :class:`~toneguard.archives.rows.Record` or a
:class:`~toneguard.archives.rows.Rejection` per row, in the file's order and the same ones each time. It
raises :class:`~toneguard.errors.ArchiveError` where the file cannot be read at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from toneguard.archives.rows import Record, Rejection
from toneguard.errors import ArchiveError

Source = Callable[[], Iterator[Record | Rejection]]


class Format(NamedTuple):
    """A format: its module in this package, the endings of its files, whether they may be gzip (``.gz``).

    With ``header`` it is only meant where a CSV file has just these columns.
    """

    module: str
    endings: tuple[str, ...]
    gzip: bool = True
    header: frozenset[str] = frozenset()


TWEETS = "tweet_id author_id inbound created_at text response_tweet_id in_response_to_tweet_id"
FORMATS = (  # the first that fits is taken
    Format("jsonl", (".jsonl", ".ndjson", ".json-lines", ".jsonlines")),
    Format("tweets", (".csv",), header=frozenset(TWEETS.split())),
    Format("delimited", (".csv", ".tsv")),
    Format("parquet", (".parquet",), gzip=False),
)


def open_archive(path: Path) -> Source:
    """The source for a file, by its ending; raises ArchiveError that lists the endings."""
    name = path.name.lower()
    plain = name.removesuffix(".gz")
    for form in FORMATS:
        if not (plain if form.gzip else name).endswith(form.endings):
            continue
        if form.header:
            from toneguard.archives.formats.delimited import read_header

            if set(read_header(path).columns) != form.header:
                continue
        source: Source = import_module(f"{__name__}.{form.module}").open_archive(path)
        return source
    raise ArchiveError(f"{path}: cannot tell the format by its name; the endings are {endings()}")


def is_archive(path: Path) -> bool:
    """Whether a file's name has the ending of an archive."""
    name = path.name.lower()
    return any((name.removesuffix(".gz") if form.gzip else name).endswith(form.endings) for form in FORMATS)


def endings() -> str:
    """Every ending that can be read, for errors and help."""
    found = dict.fromkeys(
        ending + (" (.gz too)" if form.gzip else "") for form in FORMATS for ending in form.endings
    )
    return ", ".join(found)
