"""What moved a score of heads that cannot be taken apart: each word (or sentence) is left out once, and all read again.

Zeiler, M. D. & Fergus, R. (2014), Visualizing and Understanding Convolutional Networks, ECCV (occlusion); for text: Li,
J., Monroe, W. & Jurafsky, D. (2016), Understanding Neural Networks through Representation Erasure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from toneguard.documents import Document, Kind, parse
from toneguard.documents.answers import Answers
from toneguard.findings import Contribution, Span
from toneguard.heads.load import Reader

MOST_WORDS = 60
"""Longer messages are taken apart by sentence: every piece costs one more reading."""
LEAST = 0.005
"""What moves a score by less is not shown."""

VALUES: Mapping[str, Callable[[Answers], float]] = {
    "sentiment": lambda answers: answers.feeling[2],
    "politeness": lambda answers: answers.probability("politeness"),
    "dissatisfaction": lambda answers: answers.dissatisfaction,
    "formality": lambda answers: answers.value("formality"),
    "warmth": lambda answers: answers.value("warmth"),
    "enthusiasm": lambda answers: answers.value("enthusiasm"),
    "assertiveness": lambda answers: answers.value("assertiveness"),
}
"""The measures that can be taken apart."""


def occlude(reader: Reader, document: Document, measure: str) -> tuple[Contribution, ...]:
    """How much lower (or higher) the measure's value would be without each word, in the order of the text.

    The amounts are in the measure's own unit and need not add up to its value. Empty where the heads say nothing.
    """
    value = VALUES[measure]
    [whole] = reader.answers([document])
    if whole is None:
        return ()
    given = value(whole)
    found: list[Contribution] = []
    for span in pieces(document):
        text = document.text[: span.start] + " " + document.text[span.end :]
        [without] = reader.answers([parse(replace(document.message, text=text, language="en"))])
        amount = given - value(without) if without is not None else given
        if abs(amount) >= LEAST:
            found.append(Contribution(span, amount, "by leaving it out"))
    return tuple(found)


def pieces(document: Document) -> list[Span]:
    """What is left out, one at a time: words and emoji, or sentences where there are many words."""
    tokens = document.tokens
    words = [
        Span(tokens.starts[index], tokens.ends[index])
        for index in range(document.own_tokens)
        if tokens.kinds[index] in (Kind.WORD, Kind.EMOJI, Kind.EMOTICON)
    ]
    if len(words) <= MOST_WORDS:
        return words
    return [span for span in document.sentences if span.end <= document.own_end]
