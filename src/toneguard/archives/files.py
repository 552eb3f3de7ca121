"""Text files as they come: plain or gzip, UTF-8 with or without a mark, UTF-16, UTF-32; read line by line."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from toneguard.errors import ArchiveError

LONGEST = 64 * 2**20
"""Bytes of the longest line that is read. A longer one is passed over, so that memory stays bounded."""
HEAD = 64 * 2**10
MAGIC = (
    (b"PAR1", "a Parquet file; name it .parquet"),
    (b"PK\x03\x04", "a zip or Excel file; export it as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; export it as CSV"),
    (b"SQLite format 3", "an SQLite database; export a table as CSV"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it first"),
    (b"BZh", "compressed with bzip2; decompress it first"),
    (b"\xfd7zXZ", "compressed with xz; decompress it first"),
)
MARKS = (  # UTF-32's first: in little endian it begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b")


Readable = IO[bytes] | gzip.GzipFile


class Line(NamedTuple):
    """A line: its number, from 1, and its bytes with the line's end; None if longer than ``LONGEST``."""

    number: int
    data: bytes | None


def lines(path: Path) -> Iterator[Line]:
    """The lines of a text file as UTF-8 (undecodable bytes stay as they are), without a byte order mark.

    Raises :class:`~toneguard.errors.ArchiveError` for a file that is missing, empty, binary or damaged.
    """
    try:
        with open_text(path) as handle:
            number = 0
            while data := handle.readline(LONGEST + 1):
                number += 1
                if len(data) > LONGEST and not data.endswith(b"\n"):
                    while (rest := handle.readline(LONGEST)) and not rest.endswith(b"\n"):
                        pass
                    yield Line(number, None)
                    continue
                if number == 1 and data.startswith(codecs.BOM_UTF8):
                    data = data[len(codecs.BOM_UTF8) :]
                yield Line(number, data)
    except gzip.BadGzipFile as error:
        raise ArchiveError(f"{path}: named .gz, but its content is not gzip or is damaged") from error
    except (EOFError, zlib.error) as error:
        raise ArchiveError(f"{path}: the gzip data are damaged or cut off; transfer the file anew") from error


def open_text(path: Path) -> Readable:
    """The file for reading, decompressed and in UTF-8; raises ArchiveError for what is no text file."""
    with open_bytes(path) as handle:
        head = handle.read(HEAD)
    if not head.removeprefix(codecs.BOM_UTF8).strip() or head in dict(MARKS):
        raise ArchiveError(f"{path}: the file is empty")
    codec = wide_codec(head)
    if codec is None:
        refuse_binary(path, head)
        return open_bytes(path)
    return io.BufferedReader(Transcoded(open_bytes(path), codec), HEAD)


def open_bytes(path: Path) -> Readable:
    """The file for reading, decompressed where its first bytes, or its name, say gzip."""
    if path.is_dir():
        raise ArchiveError(f"{path}: is a folder, not a file")
    if path.exists() and not path.is_file():
        raise ArchiveError(f"{path}: is no regular file; it is read more than once, so save it as a file")
    try:
        handle = path.open("rb", buffering=HEAD)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be opened: {error.strerror or error}") from error
    magic = handle.read(2)
    if magic == b"\x1f\x8b" or (path.suffix == ".gz" and magic):
        handle.close()
        return gzip.GzipFile(path, "rb")
    handle.seek(0)
    return handle


def wide_codec(head: bytes) -> str | None:
    """The codec of a file whose characters take two or four bytes, by its mark or by where its NULs are."""
    for mark, codec in MARKS:
        if head.startswith(mark):
            return codec
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def refuse_binary(path: Path, head: bytes) -> None:
    """Raise for a file that holds no text. A few stray control characters are left to their rows."""
    for magic, meaning in MAGIC:
        if head.startswith(magic):
            raise ArchiveError(f"{path}: this is {meaning}")
    controls = len(head) - len(head.translate(None, CONTROL))
    if controls > max(4, len(head) * 0.02):
        raise ArchiveError(f"{path}: this is a binary file, not text")


class Transcoded(io.RawIOBase):
    """Bytes in UTF-8 of a file in a wide encoding.

    Lone surrogates pass as they are and a character cut off at the end becomes the byte FF; neither is UTF-8,
    so that the row that holds it is rejected and the others are not.
    """

    def __init__(self, source: Readable, codec: str) -> None:
        self._source = source
        self._codec = codec
        self._decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        """Say yes: ``io.BufferedReader`` asks."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer as far as one block of the source reaches; 0 at the end."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._ready and not self._ended:
            block = self._source.read(HEAD)
            self._ended = not block
            try:
                self._ready = self._decoder.decode(block, final=self._ended).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError as error:
                if not self._ended:
                    raise ArchiveError(f"the file is not valid {self._codec}; save it as UTF-8") from error
                self._ready = b"\xff"
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        """Close the source too."""
        self._source.close()
        super().close()


def decode(data: bytes) -> str:
    """The text of a line; raises ValueError that names the first byte, from 1, that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start + 1
        raise ValueError(f"byte {place} of the line is not UTF-8; save the file as UTF-8") from None
