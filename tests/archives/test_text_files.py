from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from toneguard.archives import files
from toneguard.archives.formats import endings, open_archive
from toneguard.errors import ArchiveError

TEXT = 'first "line"\nsécond 🙂\r\nthird'
EXPECTED = [(1, 'first "line"\n'), (2, "sécond 🙂\r\n"), (3, "third")]


def lines(path: Path) -> list[tuple[int, str | None]]:
    return [(number, None if data is None else files.decode(data)) for number, data in files.lines(path)]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT.encode("utf-16")),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16", "utf-16 be", "utf-16 le no mark", "utf-16 be no mark", "utf-32", "gzip", "gzip utf-16"],
)
@pytest.mark.parametrize("name", ["in.txt"])
def test_lines_are_the_same_however_they_are_written(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert lines(path) == EXPECTED


def test_long_utf16_is_read_across_blocks(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    text = "🙂x\n" * 60_000
    path.write_bytes(text.encode("utf-16"))
    assert "".join(str(line) for _, line in lines(path)) == text


def test_utf16_that_is_cut_off_ends_in_a_line_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes("one\ntwo".encode("utf-16")[:-1])
    found = list(files.lines(path))
    assert files.decode(found[0].data or b"") == "one\n"
    with pytest.raises(ValueError, match="byte 3"):
        files.decode(found[1].data or b"")


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="empty"):
        lines(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PAR1\x15\x04", "Parquet file; name it .parquet"),
        (b"PK\x03\x04rest", "Excel file; export it as CSV"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\0rest", "SQLite"),
        (b"\x28\xb5\x2f\xfdrest", "zstd"),
        (bytes(range(256)) * 20, "binary file"),
        (os.urandom(4000).replace(b"\n", b"\0"), "binary file"),
    ],
)
def test_binary_files_say_what_they_are(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=says):
        lines(path)


def test_a_stray_nul_does_not_make_a_file_binary(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(b'{"a": 1}\n{"b": "\0"}\n')
    assert len(lines(path)) == 2


def test_gzip_that_is_none_or_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(b"not gzip at all\n")
    with pytest.raises(ArchiveError, match=r"named \.gz, but"):
        lines(path)
    path.write_bytes(gzip.compress(os.urandom(200_000).hex().encode())[:100_000])
    with pytest.raises(ArchiveError, match="cut off"):
        lines(path)


def test_places_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        lines(tmp_path / "absent.jsonl")
    with pytest.raises(ArchiveError, match="folder"):
        lines(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ArchiveError, match="no regular file"):
        lines(tmp_path / "pipe")


def test_a_line_beyond_all_measure_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST", 10)
    path = tmp_path / "in.txt"
    path.write_bytes(b"short\n" + b"x" * 35 + b"\nten bytes\nend")
    assert lines(path) == [(1, "short\n"), (2, None), (3, "ten bytes\n"), (4, "end")]


def test_the_format_follows_from_the_ending(tmp_path: Path) -> None:
    for name in ("a.json", "a.xlsx", "a", "a.parquet.gz"):
        with pytest.raises(ArchiveError, match=r"endings are \.jsonl \(\.gz too\)"):
            open_archive(tmp_path / name)
    assert ".parquet" in endings()
    assert ".parquet (.gz too)" not in endings()
