"""Tone: what should raise or lower a step does, labels follow values, and where it cannot say it says so."""

from __future__ import annotations

import statistics
from types import MappingProxyType

import pytest

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH
from toneguard.analysers.tone import SAID, STEPS, Tone, make
from toneguard.documents import add_answers, parse
from toneguard.documents.answers import Answers, Calibration, Plan
from toneguard.errors import SettingsError
from toneguard.findings import Score
from toneguard.heads.load import Reader, load_reader
from toneguard.messages import Message, Role

REPLIES = (
    "Thank you for waiting. We will send the new jug tomorrow and you do not need to return the old one.",
    "I am looking into the missing parcel now. It is not at the depot, so we will lodge a search with the carrier.",
    "We are sorry about the mix-up. You have been charged once, and we have cancelled the second payment.",
    "Your refund has left us today. It will reach your account by Tuesday, so you do not have to do anything.",
    "I have changed the delivery address to Toowoomba. I am happy to help if that is not right.",
    "We do not stock the olive one any more, but we will have the charcoal one in Hobart from May.",
    "That is great news. We are glad the cot fits, and we will pass your kind words on to the team.",
    "You are right, the invoice is wrong. I will send a corrected one within the hour.",
    "We cannot refund a gift card, as it does not fall under change of mind. I am sorry that it is not the answer you wanted.",
    "Please restart the modem. If the light does not turn green, I will book a technician for you.",
    "I am afraid the booking is not refundable, but we will move it to another date and we do not charge for that.",
    "It is on its way. You will get a message from the courier, and they are not going to leave it in the rain.",
)
"""Agents' replies with every contraction written out."""
CONTRACTIONS = {
    "do not": "don't", "does not": "doesn't", "is not": "isn't", "are not": "aren't", "cannot": "can't",
    "We will": "We'll", "we will": "we'll", "I will": "I'll", "You will": "You'll", "It will": "It'll",
    "I am": "I'm", "We are": "We're", "we are": "we're", "You are": "You're", "they are": "they're", "They are": "They're",
    "I have": "I've", "we have cancelled": "we've cancelled", "You have been": "You've been",
    "It is": "It's", "it is": "it's", "That is": "That's", "that is": "that's",
}  # fmt: skip
CLEAR = 0.15
"""Steps by which exclamation marks raise enthusiasm on average at least."""
MOSTLY = 10
"""So many of the twelve replies become less formal by contractions."""


def scores(reader: Reader, text: str, role: Role = Role.AGENT) -> dict[str, Score]:
    documents = [parse(Message(text=text, role=role))]
    add_answers(documents, reader.answers(documents))
    [analysis] = Tone().analyse(documents)
    return {score.measure: score for score in analysis.scores}


def value(reader: Reader, text: str, measure: str) -> float:
    given = scores(reader, text)[measure].value
    assert given is not None
    return given


def contracted(text: str) -> str:
    for long, short in CONTRACTIONS.items():
        text = text.replace(long, short)
    return text


def exclaimed(text: str) -> str:
    return text.removesuffix(".") + "!!!"


def test_the_replies_are_what_the_promises_need() -> None:
    for text in REPLIES:
        assert "'" not in text and text.endswith(".")
        assert contracted(text).count("'") >= 1


def test_exclamation_marks_never_lower_enthusiasm_and_raise_it_on_average(reader: Reader) -> None:
    moved = [value(reader, exclaimed(text), "enthusiasm") - value(reader, text, "enthusiasm") for text in REPLIES]
    assert min(moved) >= 0, f"lowers it by {-min(moved):.3f}: {REPLIES[moved.index(min(moved))]!r}"
    assert statistics.mean(moved) >= CLEAR, f"raises it by {statistics.mean(moved):.3f} on average"


def test_contractions_lower_formality(reader: Reader) -> None:
    moved = [value(reader, contracted(text), "formality") - value(reader, text, "formality") for text in REPLIES]
    lower = sum(shift < 0 for shift in moved)
    assert statistics.mean(moved) < 0, f"moves it by {statistics.mean(moved):+.3f} on average"
    assert lower >= MOSTLY, f"lower in {lower} of {len(moved)}: {[round(shift, 3) for shift in moved]}"


@pytest.mark.parametrize(
    ("measure", "more", "less"),
    [
        ("formality", "Dear Ms Tran, we regret to advise that the item is no longer available.", "Hey Kim, yeah nah, that one's all gone sorry mate."),
        ("warmth", "Oh no, that must have been so upsetting. I'm really sorry, and I'm here to help.", "The item is out of stock. No refund applies."),
        ("enthusiasm", "Woohoo, fantastic choice!! You're going to love it!", "The item was dispatched on Monday."),
        ("assertiveness", "You must return the item within 30 days. We will not accept it after that.", "I think it might perhaps be possible, but I'm not quite sure, sorry."),
    ],
)  # fmt: skip
def test_clear_cases_lie_a_step_apart(reader: Reader, measure: str, more: str, less: str) -> None:
    assert value(reader, more, measure) > value(reader, less, measure) + 1


def test_labels_follow_values(reader: Reader) -> None:
    for text in REPLIES:
        for name, score in scores(reader, text).items():
            assert score.value is not None
            assert 1 <= score.value <= 5
            assert score.because == SAID
            assert score.label == STEPS[name][round(score.value) - 1]


@pytest.mark.parametrize(("given", "step"), [(-9.0, 1), (1.0, 1), (1.6, 2), (3.0, 3), (3.4, 3), (4.6, 5), (9.0, 5)])
def test_every_step_has_its_name(given: float, step: int) -> None:
    heads = {name: Calibration(name, "value", (name,), place, (1.0,), (0.0,), (), 1.0, 5.0) for place, name in enumerate(STEPS)}
    document = parse(Message(text="Thank you for waiting."))
    add_answers([document], [Answers(Plan(heads), [given] * 4)])
    [analysis] = Tone().analyse([document])
    assert [score.label for score in analysis.scores] == [steps[step - 1] for steps in STEPS.values()]
    assert [score.value for score in analysis.scores] == [min(max(given, 1.0), 5.0)] * 4


def test_in_the_fast_tier_contributions_sum_to_the_step() -> None:
    for text in REPLIES:
        for score in scores(load_reader("fast"), text).values():
            assert score.value is not None
            total = sum(part.amount for part in score.contributions)
            assert min(max(total, 1.0), 5.0) == pytest.approx(score.value, abs=6e-4)  # values have three digits


@pytest.mark.parametrize("role", Role)
def test_every_role_is_rated(role: Role) -> None:
    assert {name: score.value for name, score in scores(load_reader("fast"), REPLIES[0], role).items()} == {
        name: score.value for name, score in scores(load_reader("fast"), REPLIES[0]).items()
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", NO_TEXT), (" \n", NO_TEXT), ("Guten Tag, Ihre Bestellung ist heute Morgen leider noch nicht angekommen.", NOT_ENGLISH)],
)
def test_where_it_cannot_say_it_says_so(reader: Reader, text: str, reason: str) -> None:
    given = scores(reader, text)
    assert set(given) == set(STEPS)
    for score in given.values():
        assert (score.value, score.label) == (None, None)
        assert reason in score.because


def test_it_has_no_options() -> None:
    assert make(MappingProxyType({})).name == "tone"
    with pytest.raises(SettingsError):
        make({"steps": 7})
