"""Rows put aside in a temporary SQLite file, where an archive's conversations do not stand together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from toneguard.archives.rows import Record, Row
from toneguard.archives.tables import plain
from toneguard.archives.temporary import beside, private_file
from toneguard.errors import ArchiveError

SETTINGS = "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000;"
TABLES = """
create table conversations (number integer primary key, id text unique);
create table rows (conversation integer, line integer, columns text);
"""
BLOCK = 1000


@contextmanager
def spool(folder: Path) -> Iterator[sqlite3.Connection]:
    """A database for the rows of one archive: its owner's only, and gone afterwards, also after an error.

    It lies in ``folder``, where the results go, because that is where the user has decided that such data may
    be.
    """
    path = beside(folder / "rows", "spool")
    try:
        private_file(path).close()
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # Nothing here outlives the run: no journal, no waiting for the disk.
            database.executescript(SETTINGS + TABLES)
            yield database
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"{folder}: cannot put rows aside: {error}") from error
    finally:
        path.unlink(missing_ok=True)


def put(database: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write all rows; conversations are numbered in the order of their first rows."""
    database.execute("begin")
    find = "select number from conversations where id = ?"
    for row in rows:
        # As JSON in ASCII: SQLite refuses lone surrogates.
        key = json.dumps(row.conversation_id)
        found = database.execute(find, (key,)).fetchone()
        number = found[0] if found else None
        if number is None:
            number = database.execute("insert into conversations (id) values (?)", (key,)).lastrowid
        columns = json.dumps(row.columns, default=plain)
        database.execute("insert into rows values (?, ?, ?)", (number, row.line, columns))
    database.execute("create index by_conversation on rows (conversation, line)")
    database.execute("commit")


def take(database: sqlite3.Connection) -> Iterator[Record]:
    """All records again: conversation by conversation, each in the order of its lines."""
    cursor = database.execute("select line, columns from rows order by conversation, line")
    while block := cursor.fetchmany(BLOCK):
        for line, columns in block:
            yield Record(line, json.loads(columns))
