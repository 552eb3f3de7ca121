"""The learned sense of sentiment: shares become a value, the decision a label, words of feeling the reason."""

from __future__ import annotations

import math
import pickle
import re

import pytest

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH
from toneguard.analysers.sentiment import Sentiment, make
from toneguard.documents import Document, add_answers, parse
from toneguard.findings import Score
from toneguard.heads.load import Reader, load_reader
from toneguard.messages import Message, Role

TEXTS = (
    "The kettle is wonderful, thanks so much, you've made my day!",
    "This is the worst service I have ever had and I'm furious.",
    "Do you deliver to Kalgoorlie?",
    "The lid was cracked, but your team in Hobart sorted it and I'm happy.",
    "Still waiting for a reply about my order.",
    "ok",
)


def read(text: str, reader: Reader, role: Role = Role.CUSTOMER) -> tuple[Document, Score]:
    documents = [parse(Message(text=text, role=role))]
    add_answers(documents, reader.answers(documents))
    [analysis] = Sentiment().analyse(documents)
    [score] = analysis.scores
    return documents[0], score


@pytest.mark.parametrize("text", TEXTS)
def test_the_value_is_positive_less_negative_and_the_label_the_decision(reader: Reader, text: str) -> None:
    document, score = read(text, reader)
    assert document.answers is not None
    shares = document.answers.shares("sentiment")
    heard = dict(zip(shares, document.answers.plan.heads["sentiment"].heard([*shares.values()]), strict=True))
    assert sum(heard.values()) == pytest.approx(1)
    assert score.value == pytest.approx(heard["positive"] - heard["negative"], abs=1e-6)
    assert score.label == document.answers.label("sentiment")
    assert score.label != "negative" or score.value < 0
    assert score.label != "positive" or score.value > 0
    assert score.because.startswith(f"sounds {score.label} ({shares[str(score.label)]:.0%}); ")


def test_praise_and_anger_are_told_apart(reader: Reader) -> None:
    (_, praise), (_, anger) = (read(text, reader) for text in TEXTS[:2])
    assert (praise.label, anger.label) == ("positive", "negative")
    assert praise.value is not None and anger.value is not None
    assert praise.value > 0.7 and anger.value < -0.7


def test_the_reason_counts_words_of_feeling_alike_in_both_tiers(reader: Reader) -> None:
    _, score = read(TEXTS[0], reader)
    counted = re.search(r"(\d+) positive and (\d+) negative words or phrases$", score.because)
    assert counted is not None
    assert int(counted[1]) >= 2
    assert int(counted[2]) == 0
    assert counted[0] in read(TEXTS[0], load_reader("fast"))[1].because


@pytest.mark.parametrize("text", TEXTS)
def test_contributions_sum_to_the_log_odds_of_positive_against_negative(text: str) -> None:
    document, score = read(text, load_reader("fast"))
    assert document.answers is not None
    shares = document.answers.shares("sentiment")
    wanted = math.log(shares["positive"] / shares["negative"])
    assert sum(part.amount for part in score.contributions) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", NO_TEXT), (" \n", NO_TEXT), ("Guten Tag, meine Bestellung ist leider immer noch nicht angekommen.", NOT_ENGLISH)],
)
def test_where_it_cannot_say_it_says_so(reader: Reader, text: str, reason: str) -> None:
    _, score = read(text, reader)
    assert (score.value, score.label) == (None, None)
    assert reason in score.because


def test_learned_is_the_default_and_needs_answers() -> None:
    assert "answers" in make({}).needs
    assert "answers" not in make({"sense": "service"}).needs
    assert pickle.loads(pickle.dumps(make({}))).needs == make({}).needs
    assert make({}).weights == make({"sense": "service"}).weights


def test_every_role_is_scored_alike() -> None:
    scores = [read(TEXTS[3], load_reader("fast"), role)[1] for role in Role]
    assert all(score == scores[0] for score in scores)
    assert scores[0].value is not None
