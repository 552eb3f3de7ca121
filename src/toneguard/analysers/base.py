"""The analyser's contract. :mod:`toneguard.testing` holds every promise of it as a check that anyone can run.

An analyser answers one question about messages. It is given documents and gives one :class:`Analysis` for each, in
their order. It knows no policy: levels, verdicts and bounds belong to a standard.

Its promises: one answer per document; the same alone, in a batch and in any order; only declared layers are read and
nothing is written; spans lie inside the text; scores are finite, or None with a reason; only declared measures and
rules; it looks at ``before``, never ahead; it survives any ``str``; it prints, logs, sends and stores nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from toneguard.documents import Document
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Measure, Score


@runtime_checkable
class Analyser(Protocol):
    """What the pipeline needs of an analyser. Instances are immutable, picklable and safe to share by threads."""

    name: str
    """How results and standards call it; lower case with underscores."""
    version: str
    """Changes whenever the same text may get another answer."""
    needs: frozenset[str]
    """The layers of a document that it reads (see ``toneguard.documents.LAYERS``)."""
    measures: tuple[Measure, ...]
    """The scores that it may give."""
    rules: frozenset[str]
    """The rules whose findings it may raise; each has a file in a rule pack."""
    weights: Mapping[str, str]
    """Digest by name of every trained model it uses (empty without any): part of a review's provenance."""

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One analysis per document, in order. Always a batch."""
        ...


class Factory(Protocol):
    """Makes an analyser from its options in a standard (plain data; unknown options raise ``SettingsError``)."""

    def __call__(self, options: Mapping[str, Any]) -> Analyser:
        """The analyser with these options."""
        ...


def cannot_say(measure: str, reason: str) -> Score:
    """A score without a value; ``reason`` is completed to "cannot say: reason"."""
    return Score(measure, None, f"cannot say: {reason}")


def no_options(name: str, options: Mapping[str, Any]) -> None:
    """Refuse options that an analyser without any was given."""
    if options:
        raise SettingsError(f"{name} has no option {min(options)!r}")


NOT_ENGLISH = "not English"
NO_TEXT = "there is no text"


def only_for(measures: Sequence[Measure], role: str) -> tuple[Score, ...]:
    """Scores for a role that these measures are not asked of."""
    return tuple(
        Score(measure.name, None, f"asked of {' and '.join(sorted(measure.roles))} messages only")
        for measure in measures
        if measure.roles and role not in measure.roles
    )
