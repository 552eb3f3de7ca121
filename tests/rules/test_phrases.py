from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguard.errors import SettingsError
from toneguard.rules.phrases import compile_phrase, compile_regex
from toneguard.rules.scan import Scanner


def found(phrase: str, text: str) -> list[str]:
    return [text[start:end] for _, start, end in Scanner({"x": [compile_phrase(phrase)]}).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("we don't do refunds", "we don't do refunds", ["we don't do refunds"]),
        ("we don't do refunds", "we dont do  refunds.", ["we dont do  refunds"]),
        ("we don't do refunds", "we do not\ndo refunds", ["we do not\ndo refunds"]),
        ("we don't do refunds", "we do refunds", []),
        ("refund*", "refunds, refunded refund prefunding", ["refunds", "refunded", "refund"]),
        ("(a bit|rather) late", "a bit late, rather late, late", ["a bit late", "rather late"]),
        ("[please] wait", "please wait and wait", ["please wait", "wait"]),
        ("wait [please]", "wait please. wait", ["wait please", "wait"]),
        ("sorry <2> delay", "sorry for the delay, sorry about all of the delay", ["sorry for the delay"]),
        ("sorry <2> delay", "sorry. the delay", []),
        ("the (<2> team|office)", "the office, the very nice team", ["the office", "the very nice team"]),
        (
            "(while we <3>|when you) wait",
            "while we all just wait when you wait",
            ["while we all just wait", "when you wait"],
        ),
        ("we can <4> help", "we can't help. we can always help", ["we can always help"]),
        ("cat", "concatenate cats", []),
        ("however", "however, we", ["however"]),
        ("as you know", "as, you know", ["as, you know"]),
        ("i'm sorry", "i am sorry im sorry i'm sorry", ["i am sorry", "im sorry", "i'm sorry"]),
        ("5 star*", "a 5 stars thing", ["5 stars"]),
    ],
)
def test_phrases(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("", "an alternative is empty"),
        ("[please]", "stand alone"),
        ("(a|b", r"'\)' is missing"),
        ("a)", "unexpected"),
        ("(a|)", "an alternative is empty"),
        ("a <99> b", "a gap is 1 to 12 words"),
        ("<2>", "stand alone"),
        ("re*fund", "may only end a word"),
    ],
)
def test_mistakes_are_named(phrase: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        compile_phrase(phrase)


def test_an_expression_must_compile_and_name_its_literals() -> None:
    with pytest.raises(SettingsError, match="anchors"):
        compile_regex("a+", [])
    with pytest.raises(SettingsError, match="unterminated"):
        compile_regex("(a", ["a"])


WORDS = st.sampled_from(["we", "don't", "refund", "(a|b c)", "[please]", "ship*", "i'm", "(x y|z)"])


@given(st.lists(WORDS, min_size=1, max_size=5), st.text(alphabet="wedon'trfua bcpleshixyzm ", max_size=60))
def test_the_scan_finds_what_the_expressions_find(words: list[str], text: str) -> None:
    """The literals never hide a match."""
    try:
        pattern = compile_phrase(" ".join(words))
    except SettingsError:
        return
    plain = [match.span() for match in re.finditer(pattern.source, text) if match.end() > match.start()]
    assert [(start, end) for _, start, end in Scanner({"x": [pattern]}).find(text)] == plain


def test_a_scanner_can_be_pickled_and_survives_lone_surrogates() -> None:
    scanner = pickle.loads(pickle.dumps(Scanner({"x": [compile_phrase("refund")], "y": []})))
    assert list(scanner.find("\ud800 refund \udfff")) == [("x", 2, 8)]
    assert list(Scanner({}).find("refund")) == []
