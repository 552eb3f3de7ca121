"""The named features that the politeness head sees beside words: strategies and the look of the message."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from toneguard.analysers.politeness.strategies import DESCRIPTIONS, Strategy
from toneguard.documents import Document, Kind

LOOK = {
    "question_marks": "asks with a question mark",
    "exclamation_marks": "exclamation marks",
    "repeated_marks": "repeated punctuation (!!, ??)",
    "shouting": "words in capitals",
    "ends_asking": "ends with a question",
    "length": "length",
    "links": "a link",
}


def features(document: Document, found: Sequence[Strategy]) -> Mapping[str, float]:
    """Feature values in about 0..2: strategies as square roots of their counts, so the third "please" adds little."""
    counts: dict[str, float] = dict.fromkeys(DESCRIPTIONS, 0.0)
    for strategy in found:
        counts[strategy.name] += 1.0
    values = {name: math.sqrt(count) for name, count in counts.items() if count}
    tokens = document.tokens
    own_end = document.own_end
    words = shouted = questions = exclamations = repeated = links = 0
    last = ""
    for index, kind in enumerate(tokens.kinds):
        if tokens.starts[index] >= own_end:
            break
        term = tokens.terms[index]
        if kind is Kind.WORD:
            words += 1
            if (
                tokens.ends[index] - tokens.starts[index] > 3
                and document.text[tokens.starts[index] : tokens.ends[index]].isupper()
            ):
                shouted += 1
        elif kind is Kind.PUNCTUATION:
            last = term
            if "?" in term:
                questions += 1
            if "!" in term:
                exclamations += 1
            if len(term) > 1 and term[0] in "!?":
                repeated += 1
        elif kind is Kind.URL:
            links += 1
    for name, count in (
        ("question_marks", questions),
        ("exclamation_marks", exclamations),
        ("repeated_marks", repeated),
        ("shouting", shouted),
        ("links", links),
    ):
        if count:
            values[name] = math.sqrt(count)
    if "?" in last:
        values["ends_asking"] = 1.0
    values["length"] = math.log1p(words) / 4.0
    return values
