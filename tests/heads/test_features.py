"""What the linear heads see beside words: names and values of features."""

from __future__ import annotations

import math
from typing import Any

import pytest

from toneguard.documents import parse
from toneguard.heads.explain import REASONS
from toneguard.heads.features import FEELING, STRONGEST, look_at, sources
from toneguard.heads.feeling.reading import normalise
from toneguard.heads.linear import load_linear_heads
from toneguard.messages import Message
from toneguard.testing import HARD_TEXTS


def features(text: str) -> dict[str, float]:
    return dict(look_at(parse(Message(text=text, language="en"))).features)


BASE = "The lid is purple."


def test_a_plain_sentence_has_only_its_length() -> None:
    assert features(BASE) == {"length": pytest.approx(math.log(5) / 4)}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("question_marks", "The lid is purple? And the box?", math.sqrt(2)),
        ("exclamation_marks", "The lid is purple!", 1.0),
        ("exclamation_marks", "The lid is purple!!!", math.sqrt(3)),
        ("repeated_marks", "The lid is purple!!! And the box?!", math.sqrt(2)),
        ("shouting", "The lid is PURPLE today, VERY PURPLE", math.sqrt(3)),
        ("ends_asking", "The lid is purple?", 1.0),
        ("begins_asking", "Is the lid purple", 1.0),
        ("links", "See https://example.com/lid or www.example.com", math.sqrt(2)),
        ("emoji", "The lid is purple 🟣🟣", math.sqrt(2)),
        ("contractions", "It's purple and we don't mind, they'll see", math.sqrt(3)),
        ("please", "Somebody please ring, and please soon, please now, please", 2.0),
        ("length", "lid " * 15, math.log(16) / 4),
    ],
)
def test_values_are_roots_of_counts(name: str, text: str, value: float) -> None:
    assert features(text)[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("repeated_marks", "The lid is purple! And the box?"),
        ("shouting", "The LID is purple"),
        ("ends_asking", "Is it purple? It is."),
        ("begins_asking", "The lid, is it purple"),
        ("contractions", "The lid's colour, o'clock and 'quoted' words"),
        ("links", "See example dot com"),
        ("emoji", "The lid is purple :)"),
    ],
)
def test_the_nearest_text_without_it_has_no_value(name: str, text: str) -> None:
    assert name not in features(text)


def test_curly_apostrophes_contract_as_straight_ones_do() -> None:
    assert features("It’s purple and we don’t mind") == features("It's purple and we don't mind")


def test_words_of_feeling_give_three_features() -> None:
    good, bad = features("I love it, wonderful!"), features("I hate it, horrible!")
    assert {name for name in good if name in FEELING} == set(FEELING)
    assert good["feeling"] == good["good_feeling"] > 0 > bad["feeling"]
    assert "good_feeling" not in bad
    seen = look_at(parse(Message(text="I love it, wonderful!", language="en")))
    assert good["feeling"] == pytest.approx(normalise(seen.reading.total))
    assert good["strong_feeling"] == pytest.approx(min(STRONGEST, seen.reading.total / 4))


def test_strong_feeling_is_bounded() -> None:
    assert features("horrible awful terrible hate " * 20)["strong_feeling"] == -STRONGEST
    assert features("wonderful lovely love brilliant " * 20)["strong_feeling"] == STRONGEST


def test_quoted_history_is_not_looked_at() -> None:
    quoted = "\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> We don't mind!!! PURPLE https://example.com 😀 could you?"
    assert features(BASE + quoted) == features(BASE)


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_values_are_finite_and_named_in_words(text: str) -> None:
    for name, value in features(text).items():
        assert math.isfinite(value)
        assert value != 0 or name == "length"
        assert name in FEELING or name in REASONS


def test_the_shipped_heads_weigh_every_feature_that_can_be_seen() -> None:
    assert set(load_linear_heads().features) == set(REASONS) | set(FEELING)


def test_what_is_seen_rests_on_shared_sources() -> None:
    first: Any = sources()
    assert sources() is first
    assert "wonderful" in first[0]
