"""Results out: JSON lines, CSV or Parquet, the input's columns with what was found.

A file appears under its name only when it is complete. The same rows and reviews give the same bytes.
"""

from __future__ import annotations

import errno
import gzip
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from toneguard.archives.rows import WORDS, Row
from toneguard.archives.tables import as_cell, as_json
from toneguard.archives.temporary import beside, private_file
from toneguard.errors import ArchiveError
from toneguard.reviews import Review, dump

CHUNK = 2000
"""Rows of a table that are held in memory; a row group of a Parquet file."""
CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG, errno.EIO)
COUNTS = frozenset({"errors", "warnings", "suggestions", "notes"})
# What spreadsheets run as a formula. A plain number that begins with a sign is harmless.
FORMULA = re.compile(r"[=+\-@\t\r]")
SIGNED_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


class Shape(NamedTuple):
    """The columns of a table of results, before the first row is written.

    ``source`` are the input's columns with the names they get (``source_role`` where a review has a ``role``
    too), ``review`` the names of :meth:`~toneguard.reviews.Review.to_row`, ``numbers`` those of them that are
    measures and ``labels`` those of the measures' labels.
    """

    source: tuple[tuple[str, str], ...]
    review: tuple[str, ...]
    numbers: frozenset[str]
    labels: frozenset[str]

    @property
    def columns(self) -> list[str]:
        """The names of all columns."""
        return [name for _, name in self.source] + list(self.review)


def shape_of(columns: Sequence[str], sample: Review, hidden: frozenset[str]) -> Shape:
    """The shape of a table: ``columns`` of the input without those ``hidden``, then those that reviews have.

    ``sample`` is any review: each has every measure of the catalogue. A measure may give a label to some
    messages only, so each has a column for it, after all values: the shape must not depend on what the
    messages say.
    """
    review = list(sample.to_row())
    measures = list(sample.scores)
    labels = [f"{name}_label" for name in measures]
    review = [name for name in review if name not in labels] + labels
    kept = [name for name in columns if name not in hidden]
    taken = set(review)
    source = []
    for name in kept:
        new = as_cell(name) or ""
        while new in taken:
            new = f"source_{new}"
        taken.add(new)
        source.append((name, new))
    return Shape(tuple(source), tuple(review), frozenset(measures), frozenset(labels))


class Writer(Protocol):
    """Takes results one by one."""

    def write(self, row: Row, review: Review) -> None:
        """Add one result."""
        ...

    def close(self) -> None:
        """Write what is still held."""
        ...

    def release(self) -> None:
        """Let go of the file, after :meth:`close` or instead of it."""
        ...


class JsonLines:
    """One object per message: the input's columns, and ``review`` with everything that was found."""

    def __init__(self, handle: IO[bytes], with_text: bool) -> None:
        self._handle = handle
        self._with_text = with_text

    def write(self, row: Row, review: Review) -> None:
        """Add one result."""
        hidden = frozenset() if self._with_text else row.private
        data = {
            ("source_review" if name == "review" else name): value
            for name, value in row.columns.items()
            if name not in hidden
        }
        data["review"] = review.to_dict()
        try:
            line = dump(data, None)
        except (TypeError, ValueError):  # Parquet's types, or NaN: rare, so not looked for in every row
            line = dump(as_json(data), None)
        self._handle.write(line.encode("utf-8") + b"\n")

    def close(self) -> None:
        """Nothing is held."""

    def release(self) -> None:
        """Nothing is held."""


class Table(ABC):
    """Rows held until there are enough for a data frame, which a table's format then writes."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._names = shape.columns
        self._held: list[list[Any]] = []

    def write(self, row: Row, review: Review) -> None:
        """Add one result."""
        found = review.to_row()
        cells: list[Any] = [as_cell(row.columns.get(name)) for name, _ in self._shape.source]
        for name in self._shape.review:
            value = found.get(name)
            cells.append(value if name in self._shape.numbers or name in COUNTS else as_cell(value))
        self._held.append(cells)
        if len(self._held) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are held."""
        import pandas

        self.put(pandas.DataFrame(self._held, columns=self._names, dtype=object))
        self._held = []

    @abstractmethod
    def put(self, frame: Any) -> None:
        """Write one data frame (of strings, counts, measures and None)."""

    def close(self) -> None:
        """Write what is still held; also without any row, so that there is a header."""
        self.flush()

    def release(self) -> None:  # noqa: B027  (a default for formats that hold no more)
        """Nothing but rows is held."""


class Parquet(Table):
    """Parquet: measures are float64, counts of findings int64, all else strings; the same in every chunk."""

    def __init__(self, handle: IO[bytes], shape: Shape, scratch: Path) -> None:  # noqa: ARG002
        import pyarrow
        import pyarrow.parquet

        super().__init__(shape)

        def kind(name: str) -> Any:
            if name in shape.review and name in COUNTS:
                return pyarrow.int64()
            return pyarrow.float64() if name in shape.numbers else pyarrow.string()

        self._schema = pyarrow.schema([(name, kind(name)) for name in self._names])
        self._writer = pyarrow.parquet.ParquetWriter(handle, self._schema, compression="zstd")

    def put(self, frame: Any) -> None:
        """Write one data frame as a row group."""
        import pyarrow

        table = pyarrow.Table.from_pandas(frame, schema=self._schema, preserve_index=False)
        self._writer.write_table(table.replace_schema_metadata())

    def release(self) -> None:
        """Write the footer; also of results that are given up, or pyarrow would try it later and fail."""
        self._writer.close()


class Csv(Parquet):
    """CSV in UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe in front.

    People read this, so the columns of labels that no message got are left out. Which these are is known only at the
    end; until then the rows lie in a Parquet file, ``scratch``.
    """

    def __init__(self, handle: IO[bytes], shape: Shape, scratch: Path) -> None:
        self._out = handle
        self._scratch = scratch
        self._file = private_file(scratch)
        self._unused = set(shape.labels)
        super().__init__(self._file, shape, scratch)

    def put(self, frame: Any) -> None:
        """Put one data frame aside."""
        self._unused = {name for name in self._unused if frame[name].isna().all()}
        super().put(frame)

    def close(self) -> None:
        """Write the table itself."""
        import pandas
        import pyarrow.parquet

        super().close()
        self._writer.close()
        self._file.close()
        names = [name for name in self._names if name not in self._unused]
        self._write(pandas.DataFrame(columns=[harmless(name) for name in names]), header=True)
        with pyarrow.parquet.ParquetFile(self._scratch) as rows:
            for group in range(rows.num_row_groups):
                frame = rows.read_row_group(group, columns=names).to_pandas()[names]
                for name in names:
                    if name not in self._shape.numbers and name not in COUNTS:
                        frame[name] = frame[name].map(harmless, na_action="ignore")
                self._write(frame, header=False)

    def _write(self, frame: Any, *, header: bool) -> None:
        self._out.write(frame.to_csv(None, index=False, header=header, lineterminator="\n").encode("utf-8"))

    def release(self) -> None:
        """Delete what was put aside."""
        super().release()
        self._file.close()
        self._scratch.unlink(missing_ok=True)


TABLES: dict[str, type[Parquet]] = {".csv": Csv, ".parquet": Parquet}
JSON_LINES = (".jsonl", ".ndjson")


def harmless(text: str | None) -> str | None:
    """``text`` that no spreadsheet runs as a formula."""
    if text and FORMULA.match(text) and not SIGNED_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def ending_of(out: Path) -> str:
    """The ending of results that tells their format, without ``.gz``; raises ArchiveError for any other."""
    name = out.name.lower()
    plain = name.removesuffix(".gz")
    for ending in (*JSON_LINES, *TABLES):
        if plain.endswith(ending) and not (ending == ".parquet" and plain != name):
            return ending
    raise ArchiveError(f"{out}: cannot write this; it can be .jsonl, .jsonl.gz, .csv, .csv.gz or .parquet")


def is_table(out: Path) -> bool:
    """Whether results of this name are a table, for which :func:`results` needs a shape."""
    return ending_of(out) in TABLES


def refuse(out: Path, *, overwrite: bool) -> None:
    """Raise :class:`~toneguard.errors.ArchiveError` for a place that nothing can or may be written to."""
    if not out.parent.is_dir():
        raise ArchiveError(f"{out}: the folder {out.parent} does not exist")
    if out.is_dir():
        raise ArchiveError(f"{out}: is a folder")
    if out.exists() and not overwrite:
        raise ArchiveError(f"{out}: exists already; choose another name, or ask for it to be replaced")


@contextmanager
def complete(out: Path, *, overwrite: bool) -> Iterator[IO[bytes]]:
    """A binary file that gets its name when the block ends well, and is deleted when it does not."""
    refuse(out, overwrite=overwrite)
    part = beside(out, "part")
    try:
        with part.open("xb") as file:
            if out.name.lower().endswith(".gz"):
                # Without name and time, or the same results would be other bytes each time.
                with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
                    yield packed  # type: ignore[misc]
            else:
                yield file
        refuse(out, overwrite=overwrite)
        part.replace(out)
    except OSError as error:
        if error.errno not in CANNOT_WRITE:
            raise  # somebody else's, from inside the block
        raise ArchiveError(f"{out}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def results(
    out: Path, *, shape: Shape | None = None, with_text: bool = False, overwrite: bool = False
) -> Iterator[Writer]:
    """A writer for results in the format of the name ``out``; complete when the block ends well.

    ``shape`` is needed for tables (see :func:`is_table`) and says which columns of the input they hold; JSON
    lines leave out the columns that hold text unless ``with_text``. Raises
    :class:`~toneguard.errors.ArchiveError`.
    """
    ending = ending_of(out)
    with complete(out, overwrite=overwrite) as handle:
        writer: Writer
        if ending in TABLES:
            if shape is None:
                raise ValueError("a table needs its shape")
            writer = TABLES[ending](handle, shape, beside(out, "rows"))
        else:
            writer = JsonLines(handle, with_text)
        try:
            yield writer
            writer.close()
        finally:
            writer.release()


def hidden_columns(private: frozenset[str], *, with_text: bool) -> frozenset[str]:
    """The columns of the input that stay out of results."""
    return frozenset() if with_text else private | frozenset(WORDS)
