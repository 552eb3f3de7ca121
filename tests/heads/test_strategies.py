"""Politeness strategies: for each a sentence that uses it and the nearest one that does not."""

from __future__ import annotations

import pytest

from toneguard.documents import parse
from toneguard.heads.features import sources
from toneguard.heads.strategies import DESCRIPTIONS, places, strategies
from toneguard.messages import Message


def used(text: str) -> dict[str, list[str]]:
    """The strategies of a text, each with the words that show it."""
    document = parse(Message(text=text, language="en"))
    found = places(strategies(document, sources()[0]), document)
    return {name: [text[span.start : span.end] for span in spans] for name, spans in found.items()}


PAIRS = {
    "gratitude": ("Thanks, the lid fits now.", "Tanks, the lid fits now."),
    "deference": ("Great, the parcel is here.", "The parcel here is great."),
    "greeting": ("Hello, the gate is open.", "The hello gate is open."),
    "apologising": ("Sorry, the shop is shut.", "Sadly, the shop is shut."),
    "please": ("Would somebody please ring back.", "Would somebody pleasant ring back."),
    "please_start": ("Please ring back today.", "Ring back today, please."),
    "indirect": ("By the way, the box was open.", "By the gate, the box was open."),
    "direct_question": ("Why is the box open?", "Is the box open?"),
    "direct_start": ("But the box was open.", "The box was open, but fine."),
    "counterfactual_modal": ("Could you open the box?", "Could they open the box?"),
    "indicative_modal": ("Can you open the box?", "Can they open the box?"),
    "first_person_start": ("I opened the box.", "Then I opened the box."),
    "first_person_plural": ("Yesterday we opened the box.", "Yesterday they opened the box."),
    "first_person": ("The box came to me.", "The box came to them."),
    "second_person": ("The box came to you.", "The box came to them."),
    "second_person_start": ("You opened the box.", "Then you opened the box."),
    "hedges": ("Perhaps the box was open.", "Once the box was open."),
    "factuality": ("In fact the box was open.", "In July the box was open."),
    "positive_words": ("The lid is wonderful.", "The lid is purple."),
    "negative_words": ("The lid is horrible.", "The lid is purple."),
}


def test_every_strategy_has_its_pair() -> None:
    assert set(PAIRS) == set(DESCRIPTIONS)


@pytest.mark.parametrize("name", PAIRS)
def test_a_strategy_is_seen_where_it_is_used_and_nowhere_near(name: str) -> None:
    uses, uses_not = PAIRS[name]
    assert name in used(uses)
    assert name not in used(uses_not)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Thanks for that. I appreciate it.", "gratitude", ["Thanks", "appreciate"]),
        ("By the way, the box was open.", "indirect", ["By the way"]),
        ("Btw the box was open.", "indirect", ["Btw"]),
        ("When you can, will you check? Would you?", "indicative_modal", ["will you"]),
        ("When you can, will you check? Would you?", "counterfactual_modal", ["Would you"]),
        ("Excuse me, is this the queue?", "apologising", ["Excuse"]),
        ("Pls call. Somebody pls call.", "please_start", ["Pls"]),
        ("Pls call. Somebody pls call.", "please", ["pls"]),
        ("The truth is, of course, another.", "factuality", ["The truth", "of course"]),
        ("I’m sure we’ll manage", "first_person", ["I’m"]),
        ("I’m sure we’ll manage", "first_person_plural", ["we’ll"]),
    ],
)
def test_it_is_placed_on_its_words(text: str, name: str, words: list[str]) -> None:
    assert used(text)[name] == words


def test_a_sentence_begins_after_its_greeting() -> None:
    found = used("Hi, you said Tuesday.")
    assert found["greeting"] == ["Hi"]
    assert found["second_person_start"] == ["you"]


def test_a_greeting_in_the_middle_is_none() -> None:
    assert "greeting" not in used("I said hello and waited.")


def test_thanks_and_apologies_are_not_words_of_feeling_as_well() -> None:
    assert set(used("Thanks!")) == {"gratitude"}
    assert set(used("Apologies!")) == {"apologising"}


def test_quoted_history_shows_no_strategy() -> None:
    text = "The lid is purple.\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> Thanks, could you please check?"
    assert used(text) == {}


def test_each_use_counts_in_the_order_of_the_first() -> None:
    found = used("Sorry about that. Could you wait? Sorry again.")
    assert next(iter(found)) == "apologising"
    assert len(found["apologising"]) == 2


@pytest.mark.parametrize("text", ["", "😀😀", "1 2 3", "by the", "could", "please", "In"])
def test_short_texts_are_survived(text: str) -> None:
    assert set(used(text)) <= set(DESCRIPTIONS)
