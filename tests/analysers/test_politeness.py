"""Politeness: probability, label and strategies agree, and the fast tier's contributions add up."""

from __future__ import annotations

import math

import pytest

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH
from toneguard.analysers.politeness import IMPOLITE, POLITE, Politeness, because, make
from toneguard.documents import Document, add_answers, parse
from toneguard.errors import SettingsError
from toneguard.findings import Score
from toneguard.heads.load import Reader, load_reader
from toneguard.messages import Message, Role

POLITE_TEXT = "Hi, thanks for your help so far. Could you please let me know when the parcel might arrive?"
RUDE_TEXT = "Why can't you people do anything right? Just tell me where it is."
TEXTS = (POLITE_TEXT, RUDE_TEXT, "Where is the manual for the mower?", "ok", "Send it again. Now.", "I appreciate you looking into this, cheers.")


def read(text: str, reader: Reader, role: Role = Role.CUSTOMER) -> tuple[Document, Score]:
    documents = [parse(Message(text=text, role=role))]
    add_answers(documents, reader.answers(documents))
    [analysis] = Politeness().analyse(documents)
    [score] = analysis.scores
    return documents[0], score


@pytest.mark.parametrize("text", TEXTS)
def test_value_and_label_agree(reader: Reader, text: str) -> None:
    document, score = read(text, reader)
    assert document.answers is not None
    assert score.value == pytest.approx(document.answers.probability("politeness"), abs=1e-4)
    assert score.label == ("polite" if score.value >= POLITE else "impolite" if score.value <= IMPOLITE else "neutral")


def test_a_polite_request_is_told_from_a_rude_one(reader: Reader) -> None:
    assert read(POLITE_TEXT, reader)[1].label == "polite"
    assert read(RUDE_TEXT, reader)[1].label == "impolite"


def test_please_and_thanks_are_never_rude(reader: Reader) -> None:
    plain, kind = (read(text, reader)[1].value for text in ("Send me the manual.", "Could you please send me the manual? Thank you."))
    assert plain is not None and kind is not None
    assert kind > plain + 0.2


def test_the_reason_names_strategies_in_the_order_of_use(reader: Reader) -> None:
    _, score = read(POLITE_TEXT, reader)
    assert score.because.startswith("uses greeting, gratitude, ")
    assert "counterfactual modal" in score.because
    assert because(()) == "uses no politeness strategy"


@pytest.mark.parametrize("text", TEXTS)
def test_contributions_sum_to_the_log_odds(text: str) -> None:
    document, score = read(text, load_reader("fast"))
    assert document.answers is not None
    value = document.answers.probability("politeness")
    assert sum(part.amount for part in score.contributions) == pytest.approx(math.log(value / (1 - value)), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", NO_TEXT), (" \n", NO_TEXT), ("Guten Tag, meine Bestellung ist leider immer noch nicht angekommen.", NOT_ENGLISH)],
)
def test_where_it_cannot_say_it_says_so(reader: Reader, text: str, reason: str) -> None:
    _, score = read(text, reader)
    assert (score.value, score.label) == (None, None)
    assert reason in score.because


def test_every_role_is_scored_and_there_are_no_options() -> None:
    assert len({read(POLITE_TEXT, load_reader("fast"), role)[1].value for role in Role}) == 1
    assert make({}).measures[0].roles == frozenset()
    with pytest.raises(SettingsError):
        make({"strict": True})


RUDE_PAIRS = [
    ("Calm down. Nobody can help you if you carry on like this, thank you.", "Thank you. Somebody will help you as soon as we open."),
    ("Hi Moana, please read the terms. You should have told us before, thanks.", "Hi Moana, please tell us when it suits you, thanks."),
    ("Dear Sam, as I already told you, please use the form. Thank you.", "Dear Sam, as I told your neighbour, please use the form. Thank you."),
]


@pytest.mark.parametrize(("rude", "kind"), RUDE_PAIRS)
def test_no_thanks_outweigh_what_is_rude(reader: Reader, rude: str, kind: str) -> None:
    assert read(rude, reader, Role.AGENT)[1].label == "impolite"
    assert read(kind, reader, Role.AGENT)[1].label != "impolite"


def test_rudeness_is_a_reason_with_a_place_and_the_sum_still_holds() -> None:
    text = "Thank you so much. Calm down, it is your own fault. Thank you!"
    _, score = read(text, load_reader("fast"), Role.AGENT)
    assert score.because.endswith("; but calm down, blame customer")
    assert [text[p.span.start : p.span.end].lower() for p in score.contributions if p.reason.startswith("rude") and p.span] == ["calm down", "it is your own fault"]
    assert sum(part.amount for part in score.contributions) == pytest.approx(math.log(score.value / (1 - score.value)), abs=0.02)


def test_customers_may_be_angry() -> None:
    text = "Calm down, you say? It is your own fault. Thank you!"
    document, score = read(text, load_reader("fast"))
    assert document.answers is not None
    assert score.value == pytest.approx(document.answers.probability("politeness"), abs=1e-4)
