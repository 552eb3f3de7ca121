"""The named features that the politeness head sees beside words: strategies and the look of the message."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from toneguard.documents import Document, Kind
from toneguard.documents.look import look

LOOK = {
    "question_marks": "asks with a question mark",
    "exclamation_marks": "exclamation marks",
    "repeated_marks": "repeated punctuation (!!, ??)",
    "shouting": "words in capitals",
    "ends_asking": "ends with a question",
    "length": "length",
    "links": "a link",
}


def features(document: Document, used: Mapping[str, Sequence[object]]) -> Mapping[str, float]:
    """Feature values in about 0..2: strategies as square roots of their counts, so the third "please" adds little."""
    values = {name: math.sqrt(len(places)) for name, places in used.items()}
    for name, count in look(document).items():
        if count:
            values[name] = math.sqrt(count)
    size = document.own_tokens
    kinds = document.tokens.kinds[:size]
    links = kinds.count(Kind.URL)
    if links:
        values["links"] = math.sqrt(links)
    if size and "?" in document.tokens.terms[size - 1]:
        values["ends_asking"] = 1.0
    values["length"] = math.log1p(kinds.count(Kind.WORD)) / 4.0
    return values
