"""Masking an archive: the same rows and columns, with personal data as typed tokens that hold within a conversation.

The columns that hold what people wrote (text, subject, raw) are masked, and the customer's ``author_id`` where it holds
personal data; all other columns are kept as they are, and the report says which, because only their owner knows them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from toneguard.analysers.privacy.redaction import Masker
from toneguard.archives.conversations import Archive, Progress, conversation_of
from toneguard.archives.rows import Row, RowMaker
from toneguard.archives.score import Rejections
from toneguard.archives.tables import as_cell, as_json
from toneguard.archives.write import complete, harmless, refuse
from toneguard.errors import ArchiveError
from toneguard.reviews import dump

OUTPUTS = (".jsonl", ".jsonl.gz", ".csv", ".csv.gz")


@dataclass(frozen=True, slots=True)
class RedactionReport:
    """What became of an archive: each of ``rows_read`` is either written (``masked`` where something was) or rejected.

    ``kept_columns`` were not looked into.
    """

    rows_read: int
    written: int
    masked: int
    rejected: int
    seconds: float
    kept_columns: tuple[str, ...]
    rejected_file: Path | None


def redact_archive(
    source: str | Path,
    out: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    key: bytes | None = None,
    last_four: bool = False,
    spacy: str | None = None,
) -> RedactionReport:
    """Mask every message of the archive ``source`` and write its rows to ``out`` (.jsonl or .csv, .gz too).

    Tokens hold within a conversation, or with a ``key`` in all; ``last_four`` leaves the last digits of cards, accounts
    and telephones; ``spacy`` names a trained pipeline whose names are masked too.
    Rows come out grouped by conversation. See :func:`~toneguard.archives.score.score_archive` for ``mapping``,
    ``progress`` and rejected rows. Raises :class:`~toneguard.errors.ArchiveError`.
    """
    began = perf_counter()
    source, out = Path(source), Path(out)
    if not out.name.lower().endswith(OUTPUTS):
        raise ArchiveError(f"{out}: cannot write this; it can be {', '.join(OUTPUTS)}")
    rejected_file = out.with_name(f"{out.name}.rejected.jsonl")
    for place in (out, rejected_file):
        if source.exists() and place.exists() and place.samefile(source):
            raise ArchiveError(f"{place}: results cannot replace the archive they come from")
        refuse(place, overwrite=overwrite)
    archive = Archive(source, mapping=mapping)
    written = masked = 0
    with ExitStack() as stack:
        rejections = Rejections(rejected_file, stack, overwrite)
        index = archive.index(rejections.add, progress)
        handle = stack.enter_context(complete(out, overwrite=overwrite))
        as_table = out.name.lower().removesuffix(".gz").endswith(".csv")
        write = table_writer(handle, index.columns) if as_table else lines_writer(handle)
        for rows in archive.conversations(out.parent):
            for columns, changed in masked_rows(rows, Masker(key=key, last_four=last_four, spacy=spacy)):
                write(columns)
                written += 1
                masked += changed
            if progress is not None:
                progress(written, index.usable)
    if not rejections.count:
        rejected_file.unlink(missing_ok=True)
    private = RowMaker(mapping).layout(index.columns).private
    return RedactionReport(
        rows_read=index.rows,
        written=written,
        masked=masked,
        rejected=rejections.count,
        seconds=perf_counter() - began,
        kept_columns=tuple(name for name in index.columns if name not in private),
        rejected_file=rejected_file if rejections.count else None,
    )


def masked_rows(rows: list[Row], masker: Masker) -> list[tuple[dict[str, Any], bool]]:
    """The columns of one conversation's rows without personal data, and whether anything was masked."""
    conversation = masker.redact(conversation_of(rows))
    results = []
    for row, message in zip(rows, conversation.messages, strict=True):
        columns = dict(row.columns)
        for name in row.private:
            value = columns.get(name)
            if isinstance(value, str):
                columns[name] = message.text if value == row.message.text else masker.redact(value)
        author = row.message.author
        for name, value in columns.items():
            if name not in row.private and author and value == author:
                columns[name] = masker.redact(author)
        results.append((columns, columns != dict(row.columns)))
    return results


def lines_writer(handle: IO[bytes]) -> Callable[[Mapping[str, Any]], None]:
    """Writes JSON lines."""

    def write(columns: Mapping[str, Any]) -> None:
        handle.write(dump(as_json(dict(columns))).encode("utf-8") + b"\n")

    return write


def table_writer(handle: IO[bytes], names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], None]:
    """Writes CSV with these columns."""

    def put(cells: list[str | None]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow("" if cell is None else cell for cell in cells)
        handle.write(text.getvalue().encode("utf-8"))

    put(list(names))

    def write(columns: Mapping[str, Any]) -> None:
        put([harmless(as_cell(columns.get(name))) for name in names])

    return write
