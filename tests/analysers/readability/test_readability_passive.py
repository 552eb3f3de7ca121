"""Passive verbs found and left alone."""

from __future__ import annotations

import pytest

from toneguard.analysers.readability import make
from toneguard.documents import parse
from toneguard.messages import Message

PASSIVE = {
    "Your parcel was sent this morning.": "was sent",
    "The fee has already been refunded.": "been refunded",
    "It will be looked at by our team.": "be looked",
    "You were charged twice.": "were charged",
    "I got charged twice.": "got charged",
    "The order wasn't ever dispatched.": "wasn't ever dispatched",
    "Your account is currently being reviewed.": "is currently being reviewed",
    "Was your order delivered?": "Was your order delivered",
    "Why was I charged again?": "was I charged",
    "@shop were you told about it?": "were you told",
    "The box was damaged by the courier.": "was damaged",
    "Your ticket has been closed.": "been closed",
    "It's recorded by the shop.": "It's recorded",
    "This has to be done today.": "be done",
    "Refunds are automatically and always paid on Fridays.": None,  # the "and" ends the adverbs
    "The parcel was immediately, they say, sent.": None,
}

ACTIVE = [
    "We sent your parcel this morning.",
    "I am interested in the blue one.",
    "We're pleased to help.",
    "I was excited to open it.",
    "We are closed on Sundays.",
    "I'm so sorry.",
    "Sam is used to waiting.",
    "The box is unopened.",
    "The kettle is broken.",
    "It's arrived at last.",
    "She is my friend Fred.",
    "You need to get started.",
    "I am worried and tired.",
    "There is indeed a delay.",
    "We are located in Perth.",
    "Is it red?",
    "I get it fixed myself.",
    "They are supposed to call.",
]


def passives(text: str) -> list[str]:
    document = parse(Message(text=text, language="en"))
    scores = {score.measure: score for score in make({}).analyse([document])[0].scores}
    found = scores["passive_sentences"]
    assert found.value == len(found.contributions)
    return [text[c.span.start : c.span.end] for c in found.contributions if c.span]


@pytest.mark.parametrize("text", PASSIVE)
def test_passive(text: str) -> None:
    wanted = PASSIVE[text]
    assert passives(text) == ([wanted] if wanted else [])


@pytest.mark.parametrize("text", ACTIVE)
def test_not_passive(text: str) -> None:
    assert passives(text) == []


def test_one_a_sentence() -> None:
    assert passives("It was packed and it was sent. We called. You were told.") == ["was packed", "were told"]
