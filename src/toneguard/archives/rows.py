"""Rows: what an archive's lines hold once their columns have been matched with the fields of a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from toneguard.archives.values import (
    kind,
    read_channel,
    read_flag,
    read_id,
    read_language,
    read_number,
    read_role,
    read_time,
)
from toneguard.errors import ArchiveError
from toneguard.messages import Message

FIELDS: dict[str, tuple[str, ...]] = {
    "conversation_id": ("conversation_id",),
    "message_id": ("message_id", "id"),
    "author_role": ("author_role", "role"),
    "author_id": ("author_id", "author"),
    "channel": ("channel",),
    "created_at": ("created_at", "timestamp", "sent_at"),
    "text": ("text",),
    "reply_to": ("reply_to",),
    "seq": ("seq", "turn"),
    "is_public": ("is_public",),
    "subject": ("subject",),
    "raw": ("raw",),
    "language": ("language",),
    "csat": ("csat",),
}
"""Every field that a column can hold, with the names under which it is found unasked, best first.

``text`` and ``author_role`` must be there. ``raw`` is the message as it was sent, with markup: it is never
scored. ``reply_to``, ``subject``, ``raw`` and ``csat`` are recognised and kept but change no review.
"""
REQUIRED = ("text", "author_role")
WORDS = ("text", "subject", "raw")
"""The fields that hold what somebody wrote. They stay out of results unless they are asked for."""
USED = (
    "text",
    "author_role",
    "conversation_id",
    "message_id",
    "author_id",
    "channel",
    "created_at",
    "seq",
    "language",
    "is_public",
)
"""The fields that a message is made of."""
CANONICAL = {name: field_name for field_name, names in FIELDS.items() for name in names}
LAYOUTS_KEPT = 1000


class Record(NamedTuple):
    """One line as a format's reader gives it: its number, counted from 1, and its columns in their order.

    Of a CSV record over several lines it is the first; of Parquet the number of the row.
    """

    line: int
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be used: where, which field (None: the whole row) and why. It never holds text."""

    line: int
    field: str | None
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"line": self.line, "field": self.field, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Row:
    """A usable row. ``columns`` are all columns as read, ``private`` the names of those that hold text."""

    line: int
    conversation_id: str
    message: Message
    seq: float | None
    columns: Mapping[str, Any] = field(repr=False)
    private: frozenset[str]


class Layout(NamedTuple):
    """Which column holds which field, for rows of the same columns.

    ``used`` are the columns of :data:`USED` in its order, None for what there is no column for.
    """

    column: dict[str, str]
    used: tuple[str | None, ...]
    private: frozenset[str]


class UnusableError(Exception):
    """Internal: a row cannot be used, because of this field, for this reason."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(reason)
        self.field_name = field_name
        self.reason = reason


def check_mapping(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """``{"their column": "our field"}`` with our fields by their first names.

    Raises :class:`~toneguard.errors.ArchiveError` for a field that does not exist, or one that is given
    twice.
    """
    known: dict[str, str] = {}
    for theirs, ours in (mapping or {}).items():
        if ours not in CANONICAL:
            raise ArchiveError(f"cannot map {theirs!r} to {ours!r}; the fields are: {', '.join(FIELDS)}")
        if CANONICAL[ours] in known.values():
            raise ArchiveError(f"more than one column is mapped to {CANONICAL[ours]!r}")
        known[theirs] = CANONICAL[ours]
    return known


class RowMaker:
    """Makes rows of records. One of it serves one pass over an archive.

    ``mapping`` is ``{"their column": "our field"}``; columns that it does not name are found by
    :data:`FIELDS`. ``noted`` counts what was odd about rows that are used all the same: ``time``, ``seq``,
    ``no conversation``, ``no message id``.
    """

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self.mapping = check_mapping(mapping)
        self.noted: Counter[str] = Counter()
        self._layouts: dict[tuple[str, ...], Layout] = {}

    def layout(self, columns: Iterable[str]) -> Layout:
        """Where each field is among ``columns``."""
        names = tuple(columns)
        found = self._layouts.get(names)
        if found is None:
            found = self._lay_out(names)
            if len(self._layouts) < LAYOUTS_KEPT:  # JSON objects may have any keys; memory stays bounded
                self._layouts[names] = found
        return found

    def _lay_out(self, names: tuple[str, ...]) -> Layout:
        present = set(names)
        column = {ours: theirs for theirs, ours in self.mapping.items() if theirs in present}
        for field_name, synonyms in FIELDS.items():
            if field_name in self.mapping.values():
                continue  # Mapped on purpose: where that column is missing, a namesake must not stand in.
            for name in synonyms:
                if name in present and name not in self.mapping:
                    column[field_name] = name
                    break
        # A column named "text" holds text, also where another was mapped to the field.
        private = {column[name] for name in WORDS if name in column} | (present & set(WORDS))
        return Layout(column, tuple(map(column.get, USED)), frozenset(private))

    def make(self, record: Record) -> Row | Rejection:
        """The row, or why the record cannot be one."""
        try:
            return self._make(record)
        except UnusableError as unusable:
            return Rejection(record.line, unusable.field_name, unusable.reason)

    def _make(self, record: Record) -> Row:
        columns: dict[Any, Any] = record.columns
        _, used, private = self.layout(columns)
        # No column is called None, so what is absent is None.
        text, role, conversation, name, author, channel, moment, seq, language, public = map(columns.get, used)
        if not isinstance(text, str):
            raise UnusableError("text", "missing" if text is None else f"expected a string, got {kind(text)}")
        if role is None or role == "":
            raise UnusableError("author_role", "missing")
        field_name = "author_role"
        try:
            author_role = read_role(role)
            field_name = "conversation_id"
            conversation_id = read_id(conversation)
            field_name = "message_id"
            message_id = read_id(name)
            field_name = "author_id"
            author_id = read_id(author)
        except ValueError as error:
            raise UnusableError(field_name, str(error)) from None
        if conversation_id is None:
            self.noted["no conversation"] += 1
            conversation_id = f"line-{record.line}"
        if message_id is None:
            self.noted["no message id"] += 1
            message_id = f"line-{record.line}"
        message = Message(
            text=text,
            role=author_role,
            id=message_id,
            sent_at=self._time(moment) if moment is not None else None,
            author=author_id,
            channel=read_channel(channel) if channel is not None else None,
            language=read_language(language) if language is not None else None,
            public=read_flag(public) if public is not None else None,
        )
        position = self._seq(seq) if seq is not None else None
        return Row(record.line, conversation_id, message, position, columns, private)

    def _time(self, value: object) -> datetime | None:
        # A time only orders messages: an unreadable one must not cost the message its review.
        try:
            return read_time(value)
        except ValueError:
            self.noted["time"] += 1
            return None

    def _seq(self, value: object) -> float | None:
        try:
            return read_number(value)
        except ValueError:
            self.noted["seq"] += 1
            return None

    def check_columns(self, columns: Iterable[str], where: str) -> None:
        """Raise ArchiveError where an archive with these columns cannot be scored at all."""
        names = list(columns)
        listed = shown(names)
        for theirs in self.mapping:
            if theirs not in names:
                raise ArchiveError(f"{where}: no column {theirs!r} to map; the columns are: {listed}")
        column = self.layout(names).column
        for field_name in REQUIRED:
            if field_name not in column:
                raise ArchiveError(
                    f"{where}: no column holds {field_name!r} (looked for {', '.join(FIELDS[field_name])}); "
                    f"name it with a mapping theirs={field_name}. The columns are: {listed}; "
                    f"the fields are: {', '.join(FIELDS)}"
                )


def shown(names: list[str], most: int = 30) -> str:
    """Column names for an error: not more than a person reads, and none longer than a name is."""
    listed = ", ".join(name if len(name) <= 40 else f"{name[:37]}..." for name in names[:most])
    return f"{listed} and {len(names) - most} more" if len(names) > most else listed
