"""How much each place of a message moved what trained heads say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toneguard.documents import Document
from toneguard.documents.answers import Answers
from toneguard.findings import Contribution, Deferred
from toneguard.heads.features import Seen
from toneguard.heads.strategies import DESCRIPTIONS, places

REASONS = {
    **DESCRIPTIONS,
    "question_marks": "asks with a question mark",
    "exclamation_marks": "exclamation marks",
    "repeated_marks": "repeated punctuation (!!, ??)",
    "shouting": "words in capitals",
    "ends_asking": "ends with a question",
    "begins_asking": "begins with a question",
    "length": "length",
    "links": "a link",
    "emoji": "emoji",
    "contractions": "contractions",
    "denied_trouble": "says that there was no trouble",
}
"""Features in words."""


def explain(document: Document, columns: Mapping[str, float]) -> Sequence[Contribution]:
    """Contributions that sum to a weighed sum of calibrated ``columns`` ("head.column"), worked out when looked at.

    Empty for heads that cannot be taken apart exactly (those that an encoder has a say in).
    """
    answers = document.answers
    if answers is None or answers.model is None:
        return ()
    return Deferred(contributions, answers, document, columns)


def explain_each(document: Document, wanted: Sequence[Mapping[str, float]]) -> Sequence[Sequence[Contribution]]:
    """What :func:`explain` gives, for several sums of columns of one document."""
    answers = document.answers
    if answers is None or answers.model is None:
        return ((),) * len(wanted)
    return [Deferred(contributions, answers, document, columns) for columns in wanted]


def contributions(answers: Answers, document: Document, columns: Mapping[str, float]) -> tuple[Contribution, ...]:
    """What the model of linear heads says moved the columns."""
    seen: Seen = answers.seen
    given: tuple[Contribution, ...] = answers.model.contributions(
        seen, document.tokens, columns, REASONS, places(seen.used, document)
    )
    return given
