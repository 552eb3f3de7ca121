"""What moved a score of heads that cannot be taken apart: each word (or sentence) is left out once, and all read again.

Zeiler, M. D. & Fergus, R. (2014), Visualizing and Understanding Convolutional Networks, ECCV (occlusion); for text: Li,
J., Monroe, W. & Jurafsky, D. (2016), Understanding Neural Networks through Representation Erasure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from toneguard.documents import Document, Kind, parse
from toneguard.findings import Contribution, Span

MOST_WORDS = 60
"""Longer messages are taken apart by sentence: every piece costs one more reading."""
LEAST = 0.005
"""What moves a score by less is not shown."""
MEASURES = frozenset("sentiment politeness dissatisfaction formality warmth enthusiasm assertiveness".split())
"""The measures that can be taken apart."""


def occlude(value: Callable[[Document], float | None], document: Document) -> tuple[Contribution, ...]:
    """How much lower (or higher) a value would be without each word, in the order of the text.

    ``value`` gives it of a document; None, where it cannot say, counts as nought. The amounts are in the value's own
    unit and need not add up to it. Empty where nothing is said of the document itself.
    """
    given = value(document)
    if given is None:
        return ()
    found: list[Contribution] = []
    for span in pieces(document):
        text = document.text[: span.start] + " " + document.text[span.end :]
        without = parse(replace(document.message, text=text, language="en"), before=document.before)
        amount = given - (value(without) or 0.0)
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
