"""Parquet, read batch by batch, never a whole row group of Python objects at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from toneguard.archives.files import open_bytes
from toneguard.archives.formats import Source
from toneguard.archives.rows import Record, Rejection
from toneguard.errors import ArchiveError

BATCH = 1024


def open_archive(path: Path) -> Source:
    """The rows of a Parquet file; the line of a row is its number, from 1."""
    import pyarrow

    with open_file(path) as file:
        names = file.schema_arrow.names
        if len(set(names)) < len(names):
            raise ArchiveError(f"{path}: two columns have the same name; rename one")
        if not file.metadata.num_rows:
            raise ArchiveError(f"{path}: the file holds no rows")
        try:  # types without a Python form fail here, not half-way
            pyarrow.table(file.schema_arrow.empty_table()).to_pylist()
        except (pyarrow.ArrowException, NotImplementedError) as error:
            raise ArchiveError(f"{path}: a column has a type that cannot be read") from error
    return partial(read, path)


def open_file(path: Path) -> Any:
    """A ``pyarrow.parquet.ParquetFile``; raises :class:`~toneguard.errors.ArchiveError` for anything else."""
    import pyarrow
    import pyarrow.parquet

    with open_bytes(path) as handle:
        if not handle.read(4):
            raise ArchiveError(f"{path}: the file is empty")
    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise ArchiveError(f"{path}: not a Parquet file, or damaged") from error


def read(path: Path) -> Iterator[Record | Rejection]:
    """One record or rejection per row."""
    import pyarrow

    number = 0
    with open_file(path) as file:
        try:
            for batch in file.iter_batches(batch_size=BATCH):
                for columns in rows_of(batch):
                    number += 1
                    if columns is None:
                        yield Rejection(number, None, "a string of the row is not UTF-8")
                    else:
                        yield Record(number, columns)
        except (pyarrow.ArrowException, OSError) as error:
            raise ArchiveError(f"{path}: damaged after row {number}") from error


def rows_of(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a batch; None for one with a string that is not UTF-8, which Parquet does not check."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for position in range(batch.num_rows):
            try:
                yield batch.slice(position, 1).to_pylist()[0]
            except UnicodeDecodeError:
                yield None
