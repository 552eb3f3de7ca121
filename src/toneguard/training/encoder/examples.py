"""Examples: what each row of each data file says to which heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from toneguard.documents import parse
from toneguard.documents.encoder_text import encoder_text
from toneguard.messages import Message
from toneguard.training.data import fold_of, read_rows
from toneguard.training.encoder.recipe import EncoderRecipe

Row = Mapping[str, Any]
Array = np.ndarray[Any, Any]
Labels = dict[str, tuple[Mapping[str, float], float]]
"""What a row says: for a head, its columns' targets (those left out are 0) and how much it counts."""

GOEMOTIONS_HELD_BACK = 8
"""The fold that GoEmotions' own development split stands for; it is measured on and never fitted."""

LEVELS = ("none", "slight", "moderate", "strong", "extreme")
NEIGHBOUR = 0.1
"""Share of a level's target that each neighbouring level gets: levels are steps of one ladder."""

# The published severities are of complaints only and are about blame, so each is spread over our levels.
SEVERITIES = {
    "1": {"slight": 0.5, "moderate": 0.4, "strong": 0.1},
    "2": {"slight": 0.1, "moderate": 0.5, "strong": 0.4},
    "3": {"moderate": 0.3, "strong": 0.5, "extreme": 0.2},
    "4": {"moderate": 0.1, "strong": 0.4, "extreme": 0.5},
}
NO_COMPLAINT = {"none": 0.7, "slight": 0.25, "moderate": 0.05}
WEAK = 0.25
AT_RANDOM = 0.1
POLITENESS_STEP = 0.75
"""Our politeness goes from 1 to 5, the published one in standard deviations of about this size around 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One labelled text: normalised for the encoder, with targets by column and weights by head (0: says nothing)."""

    text: str
    targets: Array
    weights: Array
    fold: int
    feed: int
    row: Row


def tweet(row: Row) -> Labels:
    """Three classes of feeling."""
    return {"sentiment": ({row["label"]: 1.0}, 1.0)}


def emotion(row: Row) -> Labels:
    """Comments of one clear group of emotions; the others say nothing."""
    group = row["group"]
    return {"sentiment": ({group[0]: 1.0}, 1.0)} if len(group) == 1 and group[0] != "ambiguous" else {}


def valence(row: Row) -> Labels:
    """The mean of twenty ratings, -4 to 4."""
    return {"valence": ({"valence": row["score"] / 4}, 1.0)}


def request(row: Row) -> Labels:
    """Politeness in standard deviations."""
    return {"politeness": ({"politeness": row["score"]}, 1.0)}


def complaint(row: Row) -> Labels:
    """Complaint or not; what was written to a company without complaining says a little about the level too.

    Tweets to nobody count little: they are no complaints by their subject, and with all their weight telling complaints
    from other messages to companies gets worse (macro-F1 .764 without, .695 with them, ten folds, TF-IDF).
    """
    if row["domain"].startswith("random"):
        return {"complaint": ({"complaint": float(row["label"])}, AT_RANDOM)}
    labels: Labels = {"complaint": ({"complaint": float(row["label"])}, 1.0)}
    if not row["label"]:
        labels["level"] = (NO_COMPLAINT, WEAK)
    return labels


def severity(row: Row) -> Labels:
    """How severe a complaint is."""
    return {"level": (SEVERITIES[row["severity"]], WEAK)}


def customer(row: Row) -> Labels:
    """A customer's message of our own."""
    level = row["dissatisfaction"]
    near = [step for step in (level - 1, level + 1) if 0 <= step < len(LEVELS)]
    ladder = {LEVELS[level]: 1.0 - NEIGHBOUR * len(near), **{LEVELS[step]: NEIGHBOUR for step in near}}
    return {
        "sentiment": ({row["sentiment"]: 1.0}, 1.0),
        "politeness": ({"politeness": (row["politeness"] - 3) * POLITENESS_STEP}, 1.0),
        "level": (ladder, 1.0),
        "kinds": (dict.fromkeys(row["kinds"], 1.0), 1.0),
        "contact_type": ({row["contact_type"]: 1.0}, 1.0),
        "cause": ({row["cause"]: 1.0}, 1.0),
    }


def reply(row: Row) -> Labels:
    """An agent's reply of our own."""
    return {
        "sentiment": ({row["sentiment"]: 1.0}, 1.0),
        "politeness": ({"politeness": (row["politeness"] - 3) * POLITENESS_STEP}, 1.0),
        **{tone: ({tone: float(row[tone])}, 1.0) for tone in ("formality", "warmth", "enthusiasm", "assertiveness")},
    }


READERS: Mapping[str, Callable[[Row], Labels]] = {
    "tweets": tweet,
    "emotions": emotion,
    "valence": valence,
    "requests": request,
    "complaints": complaint,
    "severity": severity,
    "customers": customer,
    "replies": reply,
}


def fold(row: Row) -> int:
    """The fold of a row: its own, or by its text; GoEmotions' development split is held back."""
    if "fold" in row:
        return int(row["fold"])
    if row.get("split") == "dev":
        return GOEMOTIONS_HELD_BACK
    return fold_of(row["text"])


def read_text(text: str) -> str:
    """What the encoder reads of a text of the data, all of which is English."""
    return encoder_text(parse(Message(text=text, language="en")))


def read_examples(recipe: EncoderRecipe, data: Path) -> list[Example]:
    """Every row of every file that says something to a head, in order."""
    return [
        example
        for index, feed in enumerate(recipe.feeds)
        for example in to_examples(recipe, index, READERS[feed.reader], read_rows(feed.source.path(data)))
    ]


def to_examples(
    recipe: EncoderRecipe, feed: int, reader: Callable[[Row], Labels], rows: Iterable[Row]
) -> list[Example]:
    """The examples of rows; raises ``KeyError`` for a label that is no column of its head."""
    examples = []
    for row in rows:
        labels = reader(row)
        text = read_text(row["text"]) if labels else ""
        if not text:
            continue
        targets = np.zeros(recipe.width, dtype=np.float32)
        weights = np.zeros(len(recipe.heads), dtype=np.float32)
        for name, (values, weight) in labels.items():
            head = recipe.heads[recipe.place[name]]
            start = recipe.slices[name].start
            places = {column: start + index for index, column in enumerate(head.columns)}
            for column, value in values.items():
                targets[places[column]] = (value - head.centre) / head.unit
            weights[recipe.place[name]] = weight
        examples.append(Example(text, targets, weights, fold(row), feed, row))
    return examples


def to_fit(recipe: EncoderRecipe, examples: Sequence[Example]) -> list[Example]:
    """The examples to fit: of no unseen fold, and with no text that stands in an unseen fold of any file."""
    unseen = recipe.unseen_folds
    secret = {example.text for example in examples if example.fold in unseen}
    return [example for example in examples if example.fold not in unseen and example.text not in secret]
