"""A transformer from messages to what ToneGuard measures of them, for models of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.metadata_routing import UNUSED

from toneguard.errors import InvalidInput
from toneguard.integrations.sklearn.inputs import one_dimensional
from toneguard.messages import Conversation, Message, Role, choose
from toneguard.pipeline import Pipeline
from toneguard.reviews import Level, Review

COUNTS = {f"{level.value}s": level for level in (Level.ERROR, Level.WARNING, Level.SUGGESTION, Level.NOTE)}
"""Columns that count findings, as the rows of every other door call them."""


class ReviewFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns messages into a matrix: a row per message, a column per measure, NaN for "cannot say".

    ``standard`` is a standard's path, a preset's name or None (the default one), ``tier`` "fast", "accurate" or
    None (the one that the standard names), ``role`` who wrote the texts. ``measures`` names the columns wanted, in
    order; None is every measure that is asked of that role. ``counts`` adds ``errors``, ``warnings``,
    ``suggestions`` and ``notes``, how many findings there are of each level. All are checked by :meth:`fit`.

    Messages are lists, tuples, one-dimensional arrays or pandas Series of ``str``, of
    :class:`~toneguard.messages.Message` (which brings its own role) or of
    :class:`~toneguard.messages.Conversation`, whose last message is measured in the light of the others.

    NaN means that nothing can be said, never zero: a grade on eight words, a language that is not English. Impute it
    (``SimpleImputer``), or give it to a model that can take it. A column may be NaN throughout (``brand_voice``
    where the standard has no voice): then name the ``measures`` wanted. A measure that tells classes apart
    (``cause``) has the confidence in the class as its value, not the class.

    Nothing is learnt: :meth:`fit` reads the standard, so that a fitted transformer keeps to it.
    """

    # scikit-learn looks for "X"; without this it would take ours for something that users route.
    __metadata_request__fit: ClassVar[dict[str, str]] = {"messages": UNUSED}
    __metadata_request__transform: ClassVar[dict[str, str]] = {"messages": UNUSED}

    def __init__(
        self,
        *,
        standard: str | Path | None = None,
        tier: str | None = None,
        role: str = "agent",
        measures: Sequence[str] | None = None,
        counts: bool = False,
    ) -> None:
        self.standard = standard
        self.tier = tier
        self.role = role
        self.measures = measures
        self.counts = counts

    def fit(self, messages: Any = None, y: Any = None) -> ReviewFeatures:  # noqa: ARG002
        """Read the standard; the messages are not looked at. Gives itself.

        Raises :class:`~toneguard.errors.SettingsError` for a standard that is wrong and
        :class:`~toneguard.errors.InvalidInput` (both are a ``ValueError``) for an unknown role, tier or measure.
        """
        role = choose(Role, self.role, "role")
        pipeline = Pipeline.from_standard(self.standard or "default", tier=self.tier)
        known = {measure.name: measure.roles for measure in pipeline.measures}
        if isinstance(self.measures, str):
            raise InvalidInput("measures: expected a list of names, got str")
        wanted = [name for name, roles in known.items() if not roles or role.value in roles]
        for name in self.measures or ():
            if name not in known:
                raise InvalidInput(f"measures: {name!r:.40} is not one of {', '.join(known)}")
        self.pipeline_ = pipeline
        self.columns_ = [*(wanted if self.measures is None else self.measures), *(COUNTS if self.counts else ())]
        return self

    def transform(self, messages: Iterable[str | Message | Conversation]) -> npt.NDArray[np.float64]:
        """Give the matrix; :meth:`set_output` has it as a data frame with the messages' index.

        Raises :class:`~toneguard.errors.InvalidInput` for anything but messages, and what :meth:`fit` raises.
        """
        if not hasattr(self, "pipeline_"):  # nothing is learnt, so nobody has to fit
            return ReviewFeatures(**self.get_params(deep=False)).fit().transform(messages)
        role = choose(Role, self.role, "role")
        handed = one_dimensional(messages, "messages")
        found = [as_conversation(given, position, role) for position, given in enumerate(handed)]
        matrix = np.empty((len(found), len(self.columns_)))
        for row, review in enumerate(self.pipeline_.review_last(found)):
            matrix[row] = [value_of(review, name) for name in self.columns_]
        return matrix

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Give the names of the columns; ``input_features`` is there because scikit-learn hands it in."""
        if not hasattr(self, "columns_"):
            return ReviewFeatures(**self.get_params(deep=False)).fit().get_feature_names_out()
        return np.asarray(self.columns_, dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Say what scikit-learn may hand in: one-dimensional arrays of texts."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        tags.no_validation = True
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        """Always: nothing is learnt."""
        return True


def as_conversation(given: object, position: int, role: Role) -> Conversation:
    """What was handed in as a conversation whose last message is asked about."""
    if isinstance(given, str):
        return Conversation("", (Message(str(given), role),))  # numpy's own strings are str as well
    if isinstance(given, Message):
        return Conversation("", (given,))
    if not isinstance(given, Conversation):
        raise InvalidInput(
            f"messages: expected str, Message or Conversation, got {type(given).__name__} at position {position}"
        )
    if not given.messages:
        raise InvalidInput(f"messages: the conversation at position {position} is empty")
    return given


def value_of(review: Review, column: str) -> float:
    """A measure's value, NaN where there is none, or how many findings of a level there are."""
    if column in COUNTS:
        return sum(found.level is COUNTS[column] for found in review.findings)
    value = review.scores[column].value
    return float("nan") if value is None else value
