from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toneguard.archives import Rejection
from toneguard.archives.formats import delimited
from toneguard.errors import ArchiveError

HEAD = "conversation_id,id,role,text"


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str | bytes, name: str = "in.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


Table = Callable[..., Path]
Read = Callable[..., Any]


def test_rows_keep_their_lines_over_quoted_line_ends(table: Table, read: Read) -> None:
    text = f'{HEAD}\r\nc,1,agent,plain\r\n\r\nc,2,agent,"two\r\nlines, ""quoted"""\r\nc,3,agent,last'
    good, bad = read(table(text))
    assert [(row.line, row.message.id, row.message.text) for row in good] == [
        (2, "1", "plain"),
        (4, "2", 'two\r\nlines, "quoted"'),
        (6, "3", "last"),
    ]
    assert not bad


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_other_marks_between_fields(table: Table, read: Read, mark: str) -> None:
    good, _ = read(table(f"{HEAD}\nc,1,agent,a b\n".replace(",", mark)))
    assert good[0].message.text == "a b"


def test_excel_unicode_text(table: Table, read: Read) -> None:
    good, bad = read(table(f"{HEAD}\r\nc,1,agent,Grüße 🙂\r\n".replace(",", "\t").encode("utf-16"), "in.tsv"))
    assert good[0].message.text == "Grüße 🙂"
    assert not bad


def test_a_byte_order_mark_is_no_part_of_the_first_name(table: Table, read: Read) -> None:
    good, _ = read(table(f"{HEAD}\nc,1,agent,x\n".encode("utf-8-sig")))
    assert good[0].conversation_id == "c"


def test_too_many_and_too_few_fields_cost_their_rows(table: Table, read: Read) -> None:
    good, bad = read(table(f"{HEAD}\nc,1,agent,x\nc,2,agent,x,y,z\nc,3,agent\nc,4,agent,x\n"))
    assert [row.message.id for row in good] == ["1", "4"]
    assert bad == [
        Rejection(3, None, "6 fields where the header has 4"),
        Rejection(4, None, "3 fields where the header has 4"),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(table: Table, read: Read) -> None:
    good, bad = read(table(f'{HEAD}\nc,1,agent,x\nc,2,agent,"open\nc,3,agent,y\nc,4,agent,z\n'))
    assert [row.message.id for row in good] == ["1", "3", "4"]
    assert bad == [Rejection(3, None, "a quotation mark is not closed")]


def test_a_quotation_mark_that_swallows_rows_up_to_the_next_costs_its_rows_only(table: Table, read: Read) -> None:
    good, bad = read(table(f'{HEAD}\nc,1,agent,"open\nc,2,agent,y\nc,3,agent,"z"\nc,4,agent,"a, b"\n'))
    assert [row.message.id for row in good] == ["2", "3", "4"]
    assert [row.line for row in bad] == [2]
    assert "quotation mark" in bad[0].reason


def test_a_runaway_record_is_given_up_early(table: Table, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_RECORD", 200)
    rest = "".join(f"c,{number},agent,x\n" for number in range(100))
    good, bad = read(table(f'{HEAD}\nc,x,agent,"open\n{rest}'))
    assert len(good) == 100
    assert [row.line for row in bad] == [2]


def test_a_quotation_mark_inside_a_field_is_a_character(table: Table, read: Read) -> None:
    good, bad = read(table(f'{HEAD}\nc,1,agent,a 5" pipe\nc,2,agent,y\n'))
    assert [row.message.text for row in good] == ['a 5" pipe', "y"]
    assert not bad


def test_a_line_in_another_encoding_costs_one_row(table: Table, read: Read) -> None:
    good, bad = read(table(f"{HEAD}\nc,1,agent,x\n".encode() + b"c,2,agent,caf\xe9\nc,3,agent,y\n"))
    assert [row.message.id for row in good] == ["1", "3"]
    assert bad == [Rejection(3, None, "line 3: byte 14 of the line is not UTF-8; save the file as UTF-8")]


def test_a_lone_carriage_return_in_a_row(table: Table, read: Read) -> None:
    good, bad = read(table(f"{HEAD}\nc,1,agent,x\nc,2,agent,a\rb\nc,3,agent,y\n"))
    assert [row.message.id for row in good] == ["1", "3"]
    assert [row.line for row in bad] == [3]


def test_ten_megabytes_in_one_message(table: Table, read: Read) -> None:
    good, bad = read(table(f'{HEAD}\nc,1,agent,"{"word " * 2_000_000}"\nc,2,agent,x\n'))
    assert [len(row.message.text) for row in good] == [10_000_000, 1]
    assert not bad
    assert csv.field_size_limit() >= 10_000_000


def test_a_nul_in_a_field(table: Table, read: Read) -> None:
    good, bad = read(table(f"{HEAD}\nc,1,agent,a\0b\nc,2,agent,x\n"))
    assert len(good) + len(bad) == 2


def test_headers_that_cannot_be_used(table: Table, read: Read) -> None:
    for text, says in [
        ("", "empty"),
        ("\n \n", "empty"),
        ("text,role,text\nx,agent,y\n", "more than one column 'text'"),
        ("text,role\rx,agent\r", "carriage returns only"),
        ('text,"role\nx,agent\n', "quotation marks"),
        (b"text,r\xf4le\nx,agent\n", "line 1, the header: byte 7"),
    ]:
        with pytest.raises(ArchiveError, match=says):
            read(table(text))


def test_nameless_and_repeated_columns_get_names_of_their_own(table: Table, read: Read) -> None:
    good, _ = read(table("role,text,,tag,tag,tag\nagent,x,1,2,3,4\n"))
    assert dict(good[0].columns) == {"role": "agent", "text": "x", "column_3": "1", "tag": "2", "tag_5": "3", "tag_6": "4"}


def test_blank_lines_before_the_header(table: Table, read: Read) -> None:
    good, _ = read(table(f"\n \n{HEAD}\nc,1,agent,x\n"))
    assert [row.line for row in good] == [4]
