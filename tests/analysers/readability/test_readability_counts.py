"""What is a word, a sentence, prose and a hard word."""

from __future__ import annotations

import pytest

from toneguard.analysers.readability.counts import Tally, is_complex, outline, tally
from toneguard.documents import parse
from toneguard.messages import Message
from toneguard.resources import syllables


def words(text: str) -> list[int]:
    """Words of each sentence."""
    return [sentence.words for sentence in outline(parse(Message(text=text, language="en")))]


def counts(text: str) -> Tally:
    document = parse(Message(text=text, language="en"))
    return tally(document, [sentence for sentence in outline(document) if sentence.prose]).total


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OK. Sorry. Fixed.", [1, 1, 1]),
        ("What?! Really?? No way!!!", [1, 1, 2]),
        ("Your parcel is at https://post.example.com/t/AB12 now.", [5]),
        ("Order TF-204417 left today :) 😊", [3]),
        ("Write to care@shop.example or @shop #help", [3]),
        ("It costs $1,299.00 and comes at 9:30am.", [7]),
        ("To reset it:\n- hold the button\n- count to ten\n- let go", [3, 3, 3, 2]),
        ("Please do this:\n1. Open the app.\n2. Tap Orders.", [3, 3, 2]),
        ("2 parcels came.", [3]),
        ("👍", []),
        ("www.example.com", []),
        ("", []),
        ("It left today.\n\nOn Mon, 3 June 2024 at 9:00, Kim wrote:\n> Where is it?\n> Kim", [3]),
    ],
)
def test_words_by_sentence(text: str, expected: list[int]) -> None:
    assert words(text) == expected


def test_greeting_and_sign_off_are_no_prose() -> None:
    document = parse(
        Message(text="Hi Sam,\n\nYour kettle left today. It comes on Monday.\n\nKind regards,\nBronte")
    )
    assert [(sentence.words, sentence.prose) for sentence in outline(document)] == [
        (2, False), (4, True), (4, True), (2, False), (1, False),
    ]  # fmt: skip


def test_a_sentence_that_begins_in_the_greeting_is_prose() -> None:
    document = parse(Message(text="Hi Sam, your kettle left today."))
    assert [(sentence.words, sentence.prose) for sentence in outline(document)] == [(6, True)]


def test_every_count_by_hand() -> None:
    # We re-sent (2) your order on Tuesday (2): it costs $20 (twenty dollars, 4) and is completely (3)
    # insured (2).
    #  1  2        1    2    1    2         1  1     4                     1   1  3              2    = 22
    text = "We re-sent your order on Tuesday: it costs $20 and is completely insured."
    seen = counts(text)
    assert (seen.sentences, seen.words, seen.syllables) == (1, 13, 22)
    # We 2, resent 6, your 4, order 5, on 2, Tuesday 7, it 2, costs 5, and 3, is 2, completely 10, insured 7
    assert seen.letters == 55
    assert seen.characters == 57  # and the two digits of $20
    assert seen.polysyllables == 2  # $20 and completely: McLaughlin has numerals said aloud
    assert seen.complex_words == 1  # completely: a numeral is no hard word
    assert seen.long_words == 3  # Tuesday, completely, insured


@pytest.mark.parametrize(
    ("word", "hard"),
    [
        ("unfortunately", True),
        ("customer", True),
        ("created", False),  # three syllables only by -ed
        ("processes", False),  # by -es
        ("processing", False),  # by -ing
        ("investigating", True),
        ("check-in-desk", False),  # a compound of short words
        ("self-explanatory", True),
    ],
)
def test_gunnings_hard_words(word: str, hard: bool) -> None:
    number = syllables.count(word)
    assert number >= 3
    assert is_complex(word, number) is hard


def test_names_and_acronyms_are_not_hard_but_first_words_are() -> None:
    assert counts("We sent it to Parramatta with the ATO form.").complex_words == 0
    assert counts("Unfortunately we sent it.").complex_words == 1
    assert counts("ATO forms came.").complex_words == 0


def test_shouting_is_no_acronym_and_no_name() -> None:
    shouted, said = counts("I WANT A COMPLETE REFUND NOW."), counts("I want a complete refund now.")
    assert shouted.syllables == said.syllables == 8
    assert counts("THIS IS UNACCEPTABLE SERVICE.").complex_words == 1
