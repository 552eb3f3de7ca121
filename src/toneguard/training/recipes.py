"""The recipes: which data each head is fitted on, and on which splits it is measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toneguard.documents import parse
from toneguard.messages import Message, Role
from toneguard.resources.lexicon import valences
from toneguard.training.data import fold_of, read_rows
from toneguard.training.heads import Example, Recipe, train

WIKIPEDIA, STACK_EXCHANGE = "Wikipedia", "Stack Exchange"
TWEETS, OWN = "tweets to companies", "own service texts"


def politeness(recipe: Recipe, data: Path) -> dict[str, Any]:
    """Requests rated by five people, top against bottom quartile of each community; service texts of our own."""
    from toneguard.analysers.politeness.features import features
    from toneguard.heads.strategies import strategies, vocabulary

    words = vocabulary(valences())

    def example(text: str, label: int, fold: int, domain: str) -> Example:
        document = parse(Message(text=text, language="en"))
        return Example(document.grams, features(document, strategies(document, words)), label, fold, domain)

    stack_exchange, wikipedia, customers, replies = recipe.data
    examples = [
        example(row["text"], int(row["label"] == "polite"), row["fold"], domain)
        for source, domain in ((stack_exchange, STACK_EXCHANGE), (wikipedia, WIKIPEDIA))
        for row in read_rows(source.path(data))
        if row.get("label") in ("polite", "impolite")
    ]
    examples += [
        example(row["text"], int(row["politeness"] >= 4), fold_of(row["text"]), OWN)
        for source in (customers, replies)
        for row in read_rows(source.path(data))
        if row["politeness"] != 3  # neutral, as the middle quartiles are
    ]
    return train(
        recipe,
        "politeness",
        examples,
        {
            WIKIPEDIA: lambda e: e.domain == WIKIPEDIA,
            STACK_EXCHANGE: lambda e: e.domain == STACK_EXCHANGE,
            OWN: lambda e: e.domain == OWN,
        },
        [(WIKIPEDIA, STACK_EXCHANGE), (STACK_EXCHANGE, WIKIPEDIA)],
        data,
    )


def dissatisfaction(recipe: Recipe, data: Path) -> dict[str, Any]:
    """Messages to companies, complaint or not, and service messages of our own by their level of dissatisfaction."""
    from toneguard.analysers.dissatisfaction.features import cues, features

    def example(text: str, label: int, fold: int, domain: str) -> Example:
        document = parse(Message(text=text, role=Role.CUSTOMER, language="en"))
        return Example(document.grams, features(document, cues(document), valences()), label, fold, domain)

    tweets, own = recipe.data
    examples = [
        example(row["text"], row["label"], row["fold"], TWEETS)
        for row in read_rows(tweets.path(data))
        if not row["domain"].startswith("random")  # not written to a company: they make the task easy, and another one
    ]
    for row in read_rows(own.path(data)):
        if row["dissatisfaction"] != 1:  # a niggle is neither
            examples.append(example(row["text"], int(row["dissatisfaction"] >= 2), fold_of(row["text"]), OWN))
    return train(
        recipe,
        "dissatisfaction",
        examples,
        {TWEETS: lambda e: e.domain == TWEETS, OWN: lambda e: e.domain == OWN},
        [(TWEETS, OWN)],
        data,
    )


RECIPES = {"politeness": politeness, "dissatisfaction": dissatisfaction}
