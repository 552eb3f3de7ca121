"""Offsets that move with the text, and sentences around them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("before", "after", "span", "moved"),
    [
        ("You failed.", "You failed.", (0, 10), (0, 10)),
        ("You failed.", "Hi. You failed.", (0, 10), (4, 14)),
        ("You failed. Bye", "You failed. Good bye", (0, 10), (0, 10)),
        ("You failed.", "You have failed.", (0, 10), None),
        ("You failed.", "", (0, 10), None),
        ("aaaa", "aaa", (0, 1), (0, 1)),
        ("aaaa", "aaa", (3, 4), None),
    ],
)
def test_spans_move_or_go(page: Page, server: str, before: str, after: str, span: tuple[int, int], moved: tuple[int, int] | None) -> None:
    page.goto(f"{server}/static/preview.js")
    script = """([before, after, [start, end]]) => import("/static/preview/spans.js").then(({ moved }) => moved([{ span: { start, end } }], before, after))"""
    found = page.evaluate(script, [before, after, span])
    assert [(each["span"]["start"], each["span"]["end"]) for each in found] == ([moved] if moved else [])


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("Thanks. We don't do refunds, sorry. Bye.", "don't do refunds", "We don't do refunds, sorry."),
        ("Hi Sam, we don't do refunds.", "we don't do refunds", "we don't do refunds."),
        ("Hi Sam,\nwe don't do refunds\nBronte", "don't do refunds", "we don't do refunds"),
        ("Really? \"No refunds.\" Thanks", "No refunds.", "\"No refunds.\""),
        ("no refunds", "no refunds", "no refunds"),
    ],
)
def test_the_sentence_around_a_span(page: Page, server: str, text: str, words: str, sentence: str) -> None:
    page.goto(f"{server}/static/preview.js")
    start = text.index(words)
    script = """([text, start, end]) => import("/static/preview/spans.js").then(({ sentenceAround }) => { const found = sentenceAround(text, { start, end }); return text.slice(found.start, found.end) })"""
    assert page.evaluate(script, [text, start, start + len(words)]) == sentence
