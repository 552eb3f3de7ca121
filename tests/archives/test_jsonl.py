from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toneguard.archives import Rejection
from toneguard.errors import ArchiveError

GOOD = {"conversation_id": "c", "role": "agent", "text": "Hello"}


def test_good_rows_and_blank_lines(jsonl: Callable[..., Path], read: Callable[..., Any]) -> None:
    good, bad = read(jsonl([GOOD, "", "   ", {**GOOD, "text": "Ünï\u2028 \U0001f600"}]))
    assert [(row.line, row.message.text) for row in good] == [(1, "Hello"), (4, "Ünï\u2028 \U0001f600")]
    assert not bad


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x", "role": "agent"', "not JSON: expecting"),
        ("hello", "not JSON: expecting value at character 1"),
        ('{"text": "secret \\q"}', "not JSON: invalid"),
        ("[1, 2]", "expected a JSON object, got a list"),
        ('"text"', "expected a JSON object, got other text"),
        ("12", "expected a JSON object, got a number"),
        ("null", "expected a JSON object, got null"),
        ('{"n": ' + "9" * 5000 + "}", "a number with too many digits"),
        ("[" * 100_000, "nested too deeply"),
        ('{"n": ' + "[" * 150 + "]" * 150 + "}", "nested more than 100 deep"),
    ],
)
def test_a_broken_line_three_costs_one_row(
    jsonl: Callable[..., Path], read: Callable[..., Any], line: str, reason: str
) -> None:
    good, bad = read(jsonl([GOOD, GOOD, line, GOOD]))
    assert [row.line for row in good] == [1, 2, 4]
    assert [(row.line, row.field) for row in bad] == [(3, None)]
    assert reason in bad[0].reason
    assert "secret" not in bad[0].reason


def test_a_line_in_another_encoding_costs_one_row(tmp_path: Path, read: Callable[..., Any]) -> None:
    path = tmp_path / "in.jsonl"
    good = json.dumps(GOOD).encode()
    path.write_bytes(good + b"\n" + '{"text": "café"}'.encode("windows-1252") + b"\n" + good)
    rows, bad = read(path)
    assert [row.line for row in rows] == [1, 3]
    assert bad == [Rejection(2, None, "byte 14 of the line is not UTF-8; save the file as UTF-8")]


def test_lone_surrogates_and_control_characters_are_kept(jsonl: Callable[..., Path], read: Callable[..., Any]) -> None:
    good, bad = read(jsonl([r'{"role": "agent", "text": "a\ud800b\u0000"}', '{"role": "agent", "text": "a\tb"}']))
    assert [row.message.text for row in good] == ["a\ud800b\x00", "a\tb"]
    assert not bad


def test_nan_is_no_value(jsonl: Callable[..., Path], read: Callable[..., Any]) -> None:
    good, _ = read(jsonl(['{"role": "agent", "text": "x", "csat": NaN, "b": -Infinity}']))
    assert good[0].columns["csat"] is None
    assert good[0].columns["b"] is None


def test_ten_megabytes_in_one_message(jsonl: Callable[..., Path], read: Callable[..., Any]) -> None:
    good, bad = read(jsonl([GOOD, {**GOOD, "text": "word " * 2_000_000}, GOOD]))
    assert [len(row.message.text) for row in good] == [5, 10_000_000, 5]
    assert not bad


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_says_what_to_do(tmp_path: Path, read: Callable[..., Any], indent: int | None) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps([GOOD, GOOD], indent=indent), encoding="utf-8")
    with pytest.raises(ArchiveError, match="one object per line"):
        read(path)
