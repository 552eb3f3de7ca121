"""The recipes: which data each head is fitted on, and on which splits it is measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toneguard.documents import parse
from toneguard.messages import Message, Role
from toneguard.resources.lexicon import valences
from toneguard.training.data import read_rows
from toneguard.training.heads import Example, Recipe, train

WIKIPEDIA, STACK_EXCHANGE = "Wikipedia", "Stack Exchange"


def politeness(recipe: Recipe, data: Path) -> dict[str, Any]:
    """Requests rated by five people: the top against the bottom quartile of each community."""
    from toneguard.analysers.politeness.features import features
    from toneguard.analysers.politeness.strategies import strategies

    examples = []
    for source, domain in zip(recipe.data, (STACK_EXCHANGE, WIKIPEDIA), strict=True):
        for row in read_rows(data, source.file):
            if row.get("label") not in ("polite", "impolite"):
                continue
            document = parse(Message(text=row["text"], language="en"))
            examples.append(
                Example(
                    grams=document.grams,
                    features=features(document, strategies(document, valences())),
                    label=int(row["label"] == "polite"),
                    fold=row["fold"],
                    domain=domain,
                )
            )
    return train(
        recipe,
        "politeness",
        examples,
        {WIKIPEDIA: lambda e: e.domain == WIKIPEDIA, STACK_EXCHANGE: lambda e: e.domain == STACK_EXCHANGE},
        [(WIKIPEDIA, STACK_EXCHANGE), (STACK_EXCHANGE, WIKIPEDIA)],
        data,
    )


def dissatisfaction(recipe: Recipe, data: Path) -> dict[str, Any]:
    """Messages to companies, complaint or not."""
    from toneguard.analysers.dissatisfaction.features import cues, features

    examples = []
    for row in read_rows(data, recipe.data[0].file):
        document = parse(Message(text=row["text"], role=Role.CUSTOMER, language="en"))
        examples.append(
            Example(
                grams=document.grams,
                features=features(document, cues(document), valences()),
                label=row["label"],
                fold=row["fold"],
                domain=row["domain"],
            )
        )
    return train(
        recipe,
        "dissatisfaction",
        examples,
        {"all": lambda e: bool(e.domain), "without the random tweets": lambda e: not e.domain.startswith("random")},
        (),
        data,
    )


RECIPES = {"politeness": politeness, "dissatisfaction": dissatisfaction}
