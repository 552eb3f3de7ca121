"""pandas: ``df.toneguard.review()`` and ``series.toneguard.review()``, once this module has been imported.

    import toneguard.integrations.pandas
    reviews = df.toneguard.review(text="body", role="author_role", conversation="ticket_id")
    df.join(reviews[["verdict", "errors", "politeness"]])

Only importing this module imports pandas.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from toneguard.errors import InvalidInput
from toneguard.messages import Conversation, Message, Role, choose
from toneguard.pipeline import Pipeline
from toneguard.reviews import Level, Review

__all__ = ["FrameReviews", "SeriesReviews"]

COUNTS = frozenset(f"{level.value}s" for level in Level)
TEXT = pd.Series(["text"]).dtype
"""What pandas itself makes of texts: str from pandas 3 on, object before."""


@pd.api.extensions.register_series_accessor("toneguard")
class SeriesReviews:
    """``series.toneguard``: reviews of texts that have nothing to do with each other."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def review(
        self, *, role: Role | str = Role.AGENT, standard: str | Path | None = None, tier: str | None = None
    ) -> pd.DataFrame:
        """A row for each text, in order, with the series' index and the columns of ``Review.to_row()``.

        ``standard`` is a standard's path, a preset's name or None (the default one), ``tier`` "fast", "accurate" or
        None (the one that the standard names). Raises :class:`~toneguard.errors.InvalidInput` (a ``ValueError``)
        for a value that is no text, by its position, and for an unknown role or tier, and
        :class:`~toneguard.errors.SettingsError` for a standard that is wrong.
        """
        who = choose(Role, role, "role")
        pipeline = Pipeline.from_standard(standard or "default", tier=tier)
        messages = [message_at(place, value, who) for place, value in enumerate(self._series)]
        found = [result.reviews[0] for result in pipeline.review_many(Conversation("", (one,)) for one in messages)]
        return frame_of(found, self._series.index, pipeline)


@pd.api.extensions.register_dataframe_accessor("toneguard")
class FrameReviews:
    """``df.toneguard``: reviews of the messages of conversations, one a row."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def review(
        self,
        *,
        text: str = "text",
        role: str = "role",
        conversation: str | None = "conversation_id",
        order: str | None = None,
        message_id: str | None = None,
        sent_at: str | None = None,
        author: str | None = None,
        channel: str | None = None,
        language: str | None = None,
        public: str | None = None,
        standard: str | Path | None = None,
        tier: str | None = None,
    ) -> pd.DataFrame:
        """A row for each message, in the frame's order, with its index and the columns of ``Review.to_row()``.

        All but ``standard`` and ``tier`` name columns, those from ``message_id`` on of what a
        :class:`~toneguard.messages.Message` may know besides; ``role`` may also be one of agent, customer, bot, system,
        if all rows have it. Messages of a conversation are read in the order of the
        column ``order`` (a number or a time), or of the frame, each in the light of those before it; with
        ``conversation`` None, or where its value is missing, a row stands alone. ``standard`` and ``tier`` are as
        for a series.

        Raises :class:`~toneguard.errors.InvalidInput` (a ``ValueError``) for a column that there is not and for a
        value that cannot be used, by its row (from 0), and :class:`~toneguard.errors.SettingsError` for a standard
        that is wrong.
        """
        frame = self._frame
        texts = column(frame, text, "text")
        fixed = role not in frame.columns and role in set(Role)
        roles: Sequence[Any] = [role] * len(frame) if fixed else column(frame, role, "role")
        named = {
            "id": message_id,
            "sent_at": sent_at,
            "author": author,
            "channel": channel,
            "language": language,
            "public": public,
        }
        known = {field: column(frame, name, field) for field, name in named.items() if name is not None}
        messages = [
            message_at(place, text, role, **{field: values[place] for field, values in known.items()})
            for place, (text, role) in enumerate(zip(texts, roles, strict=True))
        ]
        groups = self._groups(conversation, order)
        pipeline = Pipeline.from_standard(standard or "default", tier=tier)
        found: list[Review | None] = [None] * len(frame)
        talks = (Conversation("", tuple(messages[place] for place in places)) for places in groups)
        for places, result in zip(groups, pipeline.review_many(talks), strict=True):
            for place, review in zip(places, result.reviews, strict=True):
                found[place] = review
        return frame_of([review for review in found if review], frame.index, pipeline)

    def _groups(self, conversation: str | None, order: str | None) -> list[list[int]]:
        """The rows of each conversation, by position, in the order of writing."""
        frame = self._frame
        places = list(range(len(frame)))
        if order is not None:
            moments = column(frame, order, "order")
            for place, moment in enumerate(moments):
                if missing(moment):
                    raise InvalidInput(f"row {place} (from 0): order: the column {order!r} has no value here")
            try:
                places.sort(key=moments.__getitem__)
            except TypeError:
                raise InvalidInput(f"order: the values of the column {order!r} cannot be put in order") from None
        if conversation is None:
            return [[place] for place in places]
        names = column(frame, conversation, "conversation")
        groups: dict[Any, list[int]] = {}
        for place in places:
            name = names[place]
            if not isinstance(name, Hashable):
                raise InvalidInput(f"row {place} (from 0): conversation: expected a name, got {type(name).__name__}")
            groups.setdefault(("alone", place) if missing(name) else ("named", name), []).append(place)
        return list(groups.values())


def column(frame: Any, name: str, argument: str) -> list[Any]:
    """The values of a column; raises :class:`InvalidInput` if there is no such column, or more than one."""
    number = sum(1 for label in frame.columns if label == name)
    if number != 1:
        there = ", ".join(str(label)[:40] for label in frame.columns[:20])
        what = f"there is no column {name!r}" if not number else f"there are {number} columns {name!r}"
        raise InvalidInput(f"{argument}: {what}; columns: {there}. Name one with {argument}=...")
    values: list[Any] = frame[name].tolist()
    return values


def missing(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT or pandas' NA."""
    return value is None or bool(pd.api.types.is_scalar(value) and pd.isna(value))


def message_at(place: int, text: Any, role: Any, **known: Any) -> Message:
    """The message of a row; raises :class:`InvalidInput` that says which row."""
    try:
        if missing(text):
            raise InvalidInput("text: is missing; drop such rows, or fill them with ''")
        known = {field: value for field, value in known.items() if not missing(value)}
        if "id" in known:
            known["id"] = str(known["id"])  # often a number
        return Message(text, role, **known)
    except InvalidInput as problem:
        raise InvalidInput(f"row {place} (from 0): {problem}") from None


def frame_of(reviews: Sequence[Review], index: pd.Index[Any], pipeline: Pipeline) -> pd.DataFrame:
    """The rows of reviews as a frame whose columns and types do not depend on what the messages say."""
    sample = pipeline.review("")
    measures = list(sample.scores)
    labels = [f"{name}_label" for name in measures]
    columns = [name for name in sample.to_row() if name not in labels] + labels
    frame = pd.DataFrame([review.to_row() for review in reviews], columns=columns)
    kinds = dict.fromkeys(measures, "float64") | dict.fromkeys(COUNTS.intersection(columns), "int64")
    frame = frame.astype({name: kinds.get(name, TEXT) for name in columns})
    frame.index = index
    return frame
