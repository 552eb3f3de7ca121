from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from toneguard.archives import Rejection
from toneguard.archives.formats import open_archive
from toneguard.errors import ArchiveError


def write(path: Path, columns: dict[str, Any], **settings: Any) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path, **settings)
    return path


def test_types_and_row_groups(tmp_path: Path, read: Callable[..., Any]) -> None:
    count = 3000
    path = write(
        tmp_path / "in.parquet",
        {
            "conversation_id": pyarrow.array([Decimal(number // 2) for number in range(count)]),
            "message_id": list(range(count)),
            "author_role": pyarrow.array(["customer", "agent"] * (count // 2)).dictionary_encode(),
            "created_at": [datetime(2026, 1, 1, tzinfo=UTC)] * count,
            "text": [f"message {number}" for number in range(count)],
            "meta": [{"a": [1, 2]}] * count,
        },
        row_group_size=500,
    )
    good, bad = read(path)
    assert len(good) == count
    assert not bad
    assert (good[-1].line, good[-1].conversation_id, good[-1].message.id) == (3000, "1499", "2999")
    assert good[0].message.sent_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_nulls_and_wrong_types_cost_their_rows(tmp_path: Path, read: Callable[..., Any]) -> None:
    path = write(tmp_path / "in.parquet", {"author_role": ["agent", None, "chef"], "text": [None, "x", "y"]})
    assert read(path)[1] == [
        Rejection(1, "text", "missing"),
        Rejection(2, "author_role", "missing"),
        Rejection(3, "author_role", read(path)[1][2].reason),
    ]
    path = write(tmp_path / "in.parquet", {"author_role": ["agent"], "text": [b"x"]})
    assert read(path)[1] == [Rejection(1, "text", "expected a string, got a bytes")]


def test_a_string_that_is_no_utf8_costs_one_row(tmp_path: Path, read: Callable[..., Any]) -> None:
    raw = pyarrow.array([b"fine", b"caf\xe9", b"fine"]).view(pyarrow.string())
    path = write(tmp_path / "in.parquet", {"author_role": ["agent"] * 3, "text": raw})
    good, bad = read(path)
    assert [row.line for row in good] == [1, 3]
    assert bad == [Rejection(2, None, "a string of the row is not UTF-8")]


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    with pytest.raises(ArchiveError, match="No such file"):
        open_archive(path)
    path.write_bytes(b"")
    with pytest.raises(ArchiveError, match="empty"):
        open_archive(path)
    path.write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(ArchiveError, match="not a Parquet file, or damaged"):
        open_archive(path)
    write(path, {"text": pyarrow.array([], pyarrow.string())})
    with pytest.raises(ArchiveError, match="no rows"):
        open_archive(path)


def test_damage_in_the_middle_is_told(tmp_path: Path, read: Callable[..., Any]) -> None:
    path = write(tmp_path / "in.parquet", {"author_role": ["agent"] * 5000, "text": [str(n) * 9 for n in range(5000)]})
    data = bytearray(path.read_bytes())
    data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="damaged"):
        read(path)
