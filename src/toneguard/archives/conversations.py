"""Rows grouped into conversations, in two passes, so that memory stays bounded however long an archive is."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from toneguard.archives.formats import open_archive
from toneguard.archives.rows import Record, Rejection, Row, RowMaker
from toneguard.archives.spool import put, spool, take
from toneguard.errors import ArchiveError
from toneguard.messages import Conversation

Progress = Callable[[int, int], object]
EVERY = 10_000
MOST_COLUMNS = 2000
NOTES = {
    "time": "rows have a time that could not be read; their conversations stand in the order of the file",
    "seq": "rows have a seq that is no number; their conversations are ordered by time or by the file",
    "no conversation": "rows have no conversation_id; each was taken as a conversation of its own",
    "no message id": "rows have no message_id; they are called by their line",
    "duplicate": "rows repeat a message_id of their conversation; all were kept",
}


@dataclass(frozen=True, slots=True)
class Index:
    """What the first pass found.

    ``rows`` is every row, ``usable`` those that can be scored, ``rejected`` the others. ``together`` says
    whether each conversation's rows follow each other. ``columns`` are the usable rows' columns in the order
    of their first appearance (the first 2000). ``notes`` are sentences about what was odd but used.
    """

    rows: int
    usable: int
    rejected: int
    together: bool
    columns: tuple[str, ...]
    notes: tuple[str, ...]


class Archive:
    """A file of messages, read twice: by :meth:`index`, then by :meth:`conversations`.

    Making one reads only what tells the format: a header, or of a Twitter archive the numbers of its tweets.
    ``mapping`` is ``{"their column": "our field"}`` (see :data:`~toneguard.archives.rows.FIELDS`); ``limit``
    is how many rows are read at most. Raises :class:`~toneguard.errors.ArchiveError` for a name that tells no
    format and for a wrong mapping.
    """

    def __init__(
        self, path: str | Path, *, mapping: Mapping[str, str] | None = None, limit: int | None = None
    ) -> None:
        if limit is not None and limit < 1:
            raise ArchiveError(f"limit: expected at least 1 row, got {limit}")
        self.path = Path(path)
        self._mapping = mapping
        RowMaker(mapping)  # a wrong mapping is told before a long file is opened
        self._stamp = stamp(self.path)
        self._source = open_archive(self.path)
        self._limit = limit
        self._index: Index | None = None

    def _rows(self, maker: RowMaker) -> Iterator[Record | Rejection | Row]:
        """A record before the row (or rejection) made of it, so that the first pass sees every column."""
        for found in islice(self._source(), self._limit):
            yield found
            if isinstance(found, Record):
                yield maker.make(found)

    def index(
        self, rejected: Callable[[Rejection], object] | None = None, progress: Progress | None = None
    ) -> Index:
        """The first pass: counts, and hands every unusable row to ``rejected`` as it is met.

        ``progress(0, rows)`` is called every 10,000 rows, and at the end with the number of usable rows.
        Raises :class:`~toneguard.errors.ArchiveError` where no row has a column for the text or the role.
        """
        maker = RowMaker(self._mapping)
        columns: dict[str, None] = {}
        seen_keys: tuple[str, ...] = ()
        usable = unusable = 0
        # Hashes instead of names: 8 bytes a message and a run of rows. A collision costs a needless spool.
        runs, messages = array("q"), array("q")
        last: str | None = None
        for found in self._rows(maker):
            if isinstance(found, Record):
                keys = tuple(found.columns)
                if keys != seen_keys and len(columns) < MOST_COLUMNS:
                    columns.update(dict.fromkeys(keys))
                    seen_keys = keys
                continue
            if isinstance(found, Rejection):
                unusable += 1
                if rejected is not None:
                    rejected(found)
            else:
                usable += 1
                messages.append(hash((found.conversation_id, found.message.id)))
                if found.conversation_id != last:
                    last = found.conversation_id
                    runs.append(hash(last))
            if progress is not None and (usable + unusable) % EVERY == 0:
                progress(0, usable + unusable)
        if not usable + unusable:
            raise ArchiveError(f"{self.path}: the file holds no rows")
        if columns:
            maker.check_columns(columns, str(self.path))
        if progress is not None:
            progress(0, usable)
        maker.noted["duplicate"] = repeats(messages)
        notes = tuple(f"{maker.noted[name]:,} {text}" for name, text in NOTES.items() if maker.noted[name])
        self._index = Index(usable + unusable, usable, unusable, not repeats(runs), tuple(columns), notes)
        return self._index

    def conversations(self, folder: Path) -> Iterator[list[Row]]:
        """The second pass: the rows of one conversation after the other, in the order of their first rows.

        Rows of a conversation are in the order of ``seq`` where all have one, else of their times where all
        have one, else of the file. ``folder`` takes the temporary file that is needed where conversations do
        not stand together.
        """
        index = self._index
        if index is None:
            raise ArchiveError(f"{self.path}: index() comes before conversations()")
        if stamp(self.path) != self._stamp:
            raise ArchiveError(f"{self.path}: the file was changed while it was being read")
        maker = RowMaker(self._mapping)
        if index.together:
            yield from grouped(row for row in self._rows(maker) if isinstance(row, Row))
            return
        with spool(folder) as database:
            put(database, (row for row in self._rows(maker) if isinstance(row, Row)))
            again = (maker.make(record) for record in take(database))
            yield from grouped(row for row in again if isinstance(row, Row))


def read_archive(
    path: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    limit: int | None = None,
    rejected: Callable[[Rejection], object] | None = None,
    folder: Path | None = None,
) -> Iterator[Conversation]:
    """The conversations of an archive, as a stream. See :class:`Archive`; ``folder`` is the file's own."""
    archive = Archive(path, mapping=mapping, limit=limit)
    archive.index(rejected)
    for rows in archive.conversations(folder or archive.path.parent):
        yield conversation_of(rows)


def conversation_of(rows: list[Row]) -> Conversation:
    """The conversation that these rows make."""
    return Conversation(rows[0].conversation_id, tuple(row.message for row in rows))


def grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Neighbours of one conversation, each group in the order of writing."""
    for _, group in groupby(rows, key=lambda row: row.conversation_id):
        yield ordered(list(group))


def ordered(rows: list[Row]) -> list[Row]:
    """Rows by seq, else by time, else as they are; rows that tie stay in the order of the file."""
    if all(row.seq is not None for row in rows):
        return sorted(rows, key=lambda row: row.seq or 0.0)
    moments = [row.message.sent_at for row in rows]
    if all(moment is not None for moment in moments):
        return sorted(rows, key=lambda row: row.message.sent_at.timestamp() if row.message.sent_at else 0.0)
    return rows


def repeats(hashes: array[int]) -> int:
    """How many of these occur more than once, beyond their first time."""
    import numpy

    if len(hashes) < 2:
        return 0
    values = numpy.sort(numpy.frombuffer(hashes, dtype=numpy.int64))
    return int((values[1:] == values[:-1]).sum())


def stamp(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change; None where there is no such file (the format's reader says so)."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
