"""The named features that the politeness head sees beside words: strategies and the look of the message."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from toneguard.documents import Document, Kind
from toneguard.documents.look import look
from toneguard.findings import Span

LOOK = {
    "question_marks": "asks with a question mark",
    "exclamation_marks": "exclamation marks",
    "repeated_marks": "repeated punctuation (!!, ??)",
    "shouting": "words in capitals",
    "ends_asking": "ends with a question",
    "length": "length",
    "links": "a link",
}


def features(document: Document, found: Mapping[str, Sequence[Span]]) -> Mapping[str, float]:
    """Feature values in about 0..2: strategies as square roots of their counts, so the third "please" adds little."""
    counts = {name: len(places) for name, places in found.items()} | look(document)
    size = document.own_tokens
    kinds = document.tokens.kinds[:size]
    counts["links"] = kinds.count(Kind.URL)
    values = {name: math.sqrt(count) for name, count in counts.items() if count}
    if size and "?" in document.tokens.terms[size - 1]:
        values["ends_asking"] = 1.0
    values["length"] = math.log1p(kinds.count(Kind.WORD)) / 4.0
    return values
