"""Replies out of every kind of file: what is read, and that each character knows where it stands."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguard.macros.allow import comments
from toneguard.macros.formats import Unreadable, kind_of, reader
from toneguard.macros.formats.tree import FIELDS
from toneguard.macros.located import Lines, Located, Patch, align
from toneguard.macros.placeholders import placeholders

NEEDLE = "blame"


def read(kind: str, source: str, *fields: str) -> list[str]:
    """The replies; wherever one holds the needle, its place in the file holds it too."""
    replies = list(reader(kind)(source, fields))
    for reply in replies:
        text = reply.text
        assert len(text.text) == len(text.starts) == len(text.ends)
        at = text.text.find(NEEDLE)
        if at >= 0:
            start, end = text.place(at, at + len(NEEDLE))
            assert source[start:end] == NEEDLE
    return [reply.text.text for reply in replies]


def test_plain_text_is_parted_by_rulers() -> None:
    assert read("text", "\n\nHi Sam,\nno blame.\n\n---\r\n\nSecond\n") == ["Hi Sam,\nno blame.", "Second"]
    assert read("text", "") == read("text", " \n---\n\n") == []


def test_markdown_is_read_as_it_is_shown() -> None:
    source = "---\ntitle: x\n---\n# Late\n\nDon't **blame** [us](https://example.com/a_(b) \"t\"), `Sam`.\n\n## Two\n*Ta*, snake_case.\n"
    assert read("markdown", source) == ["Don't blame us, Sam.", "Ta, snake_case."]
    assert read("markdown", "Hi *|FNAME|*, {{first_name}} _now_: 2 * 3 * 4") == ["Hi *|FNAME|*, {{first_name}} now: 2 * 3 * 4"]


def test_html_is_read_as_it_is_shown() -> None:
    source = "<html><head><title>x</title></head><body><p>Hi&nbsp;Sam,<br>no <b>blame</b>,&#39;t &amp; so</p><!-- no --></body></html>"
    assert [line for line in read("html", source)[0].split("\n") if line] == ["Hi Sam,", "no blame,'t & so"]


def test_json_of_any_shape() -> None:
    data = {
        "macros": [
            {"title": "Do not read me", "body": "First \"quoted\"\n\tblame 😀 é \\ /"},
            {"content": "Plain", "content_html": "<p>Not this</p>"},
            {"body_html": "<p>Hi,<br/>blame</p>", "n": 5, "draft": None},
            {"replies": ["one blame", "two"], "nested": {"deep": [{"reply": "three"}]}},
        ]
    }
    found = read("json", json.dumps(data))
    assert found[:2] == ["First \"quoted\"\n\tblame 😀 é \\ /", "Plain"]
    assert found[2].split() == ["Hi,", "blame"]
    assert found[3:] == ["one blame", "two", "three"]
    assert read("json", json.dumps(data, ensure_ascii=False, indent="\t")) == found


def test_zendesk_macros() -> None:
    data = {"macros": [{"actions": [{"field": "status", "value": "solved"}, {"field": "comment_value", "value": ["channel:all", "blame"]}, {"field": "comment_value_html", "value": "<b>blame</b>"}]}]}
    assert read("json", json.dumps(data)) == ["blame", "blame"]


def test_fields_can_be_named() -> None:
    assert read("json", '{"antwort": "blame", "text": "x"}', "antwort") == ["blame"]
    assert read("yaml", "late: no blame\nrefund: Sent.\nn: 5\n", "*") == ["no blame", "Sent."]
    assert read("table", "key;wording\n1;no blame\n", "wording") == ["no blame"]
    assert read("json", '{"title": "x"}') == []


def test_what_customers_wrote_is_no_macro() -> None:
    talk = [{"role": "customer", "text": "x"}, {"role": "agent", "text": "blame", "before": [{"role": "customer", "text": "y"}]}]
    assert read("json", json.dumps(talk)) == ["blame"]


def test_json_lines_name_the_line() -> None:
    assert read("jsonl", '{"text": "one"}\n\n{"text": "two blame"}\n') == ["one", "two blame"]
    with pytest.raises(Unreadable) as caught:
        read("jsonl", '{"text": "one"}\n{"text": \n')
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "source",
    [
        "- body: no blame, Sam\n",
        "- body: 'it''s no blame, Sam'\n",
        '- body: "a \\"no\\" \\x41\\u00e9 blame, \\\n    Sam"\n',
        "- body: |\n    Hi,\n\n      no blame\n",
        "- body: >-  # a comment with blame\n    folded\n    text, no blame\n",
        "# blame\nx: &a\n  body: no\n    blame\ny: *a\n",
        "---\ntext: one\n---\ntext: two blame\n",
    ],
)
def test_yaml_in_every_style(source: str) -> None:
    assert any(NEEDLE in text for text in read("yaml", source))


def test_yaml_aliases_neither_repeat_nor_explode() -> None:
    bomb = "a: &a {body: blame}\n" + "".join(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    assert read("yaml", bomb) == ["blame"]
    assert read("yaml", "&a {me: *a, body: blame}") == ["blame"]


def test_tables_with_quotes_lines_and_every_delimiter() -> None:
    source = 'name,body\r\n"x","Hi ""Sam"",\r\nno blame"\r\n\r\ny,second\r\n'
    assert read("table", source) == ['Hi "Sam",\r\nno blame', "second"]
    for delimiter in "\t;|":
        assert read("table", f"name{delimiter}text\n1{delimiter}no, blame") == ["no, blame"]
    assert read("table", "") == read("table", "name,body\n") == read("table", "name,body\nonly\n") == []


@pytest.mark.parametrize(
    ("kind", "source", "line", "says"),
    [
        ("json", '{\n "text" "x"\n}', 2, "is no JSON"),
        ("json", "[" * 100_000, 1, "nested too deeply"),
        ("yaml", "a: 1\n\tb: [", 2, "is no YAML"),
        ("yaml", "a: 1\nb: \x07", 2, "a character that YAML does not allow"),
        ("yaml", "[" * 20_000, 1, "nested too deeply"),
        ("table", 'a,text\n1,"x\n', 2, "never closed"),
        ("table", 'a,text\n1,"x" y\n', 2, "follows a closing quotation mark"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(kind: str, source: str, line: int, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as caught:
        read(kind, source)
    assert caught.value.line == line


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), st.booleans())
def test_any_text_in_json_keeps_its_places(text: str, ascii_only: bool) -> None:
    source = json.dumps({"text": f"{text} {NEEDLE}", "toneguard": "allow x"}, ensure_ascii=ascii_only)
    read("json", source)


@pytest.mark.parametrize("piece", ["<script", "<!--", "<a ", "<!-- toneguard: allow ", "{{", "{%", "<%", "[", "](((", "**a", "---\na:\n"])
def test_endless_openings_take_no_endless_time(piece: str) -> None:
    source = piece * (100_000 // len(piece))
    start = time.perf_counter()
    for kind in ("text", "markdown", "html"):
        for reply in reader(kind)(source, ()):
            placeholders(reply.text.text)
            comments(reply.text.text, hashes=True)
    assert time.perf_counter() - start < 5


def test_kinds_by_ending() -> None:
    assert kind_of(Path("a/B.YML")) == "yaml"
    assert kind_of(Path("macro.liquid")) == kind_of(Path("README")) == "text"
    assert "text" in FIELDS


def test_patches_and_places() -> None:
    text = Located.plain("Hi {{x}}, you", 0, 13).patched([Patch(3, 8, "Sam")])
    assert text.text == "Hi Sam, you"
    assert text.place(3, 6) == (3, 8)
    assert text.place(8, 11) == (10, 13)
    assert text.cut(8, 11).place(0, 3) == (10, 13)
    assert Located.plain("", 0, 0).place(0, 0) == (0, 0)


def test_what_does_not_fit_stands_at_the_end_and_nothing_breaks() -> None:
    found = align("abc", "xyz", 0, 3)
    assert len(found.starts) == 3 and max(found.ends) <= 3


def test_lines_of_every_kind() -> None:
    lines = Lines("a\r\nbc\rd\n")
    assert [lines.text(number) for number in range(1, len(lines) + 1)] == ["a", "bc", "d", ""]
    assert (lines.number(4), lines.column(4)) == (2, 2)
