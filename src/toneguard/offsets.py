"""Offsets of browsers and Java: the one place where code points become UTF-16 code units, for every HTTP door."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toneguard.messages import Message
from toneguard.reviews import Review, Scores

UNIT = "utf-16"
"""What offsets count, beside every answer that holds any."""
MAX_EXPLAINED = 20_000
"""Characters under review where the words behind every score are asked for: some 500 bytes of answer for each."""


class Utf16:
    """The code units of one text: ``Utf16("🙂 no").at(2)`` is 3."""

    __slots__ = ("_astral", "length")

    def __init__(self, text: str) -> None:
        # Only characters above U+FFFF take two units; most texts have none, which max() tells fastest.
        some = max(text, default="") > "\uffff"
        self._astral = [place for place, char in enumerate(text) if char > "\uffff"] if some else []
        self.length = len(text) + len(self._astral)

    def at(self, place: int) -> int:
        """The offset in code units of the code point at ``place`` (0 up to the length of the text)."""
        return place + bisect_left(self._astral, place)

    def span(self, span: Mapping[str, int] | None) -> dict[str, int] | None:
        """A span in JSON form, converted."""
        return {"start": self.at(span["start"]), "end": self.at(span["end"])} if span else None


def review_in_utf16(review: Review, messages: Sequence[Message], *, explain: bool = False) -> dict[str, Any]:
    """``review.to_dict()`` with every span in UTF-16 code units, and ``offsets`` saying so.

    Without ``explain`` the scores go without their contributions, which are most of a review and grow with its text.

    ``messages`` are those that the review rests on, oldest first; the last of them is the one under review.
    """
    return converted(review, [Utf16(message.text) for message in messages], messages, explain)


def reviews_in_utf16(
    reviews: Sequence[Review], messages: Sequence[Message], *, explain: bool = False
) -> list[dict[str, Any]]:
    """The reviews of a conversation, one for each message, as :func:`review_in_utf16` gives them."""
    units = [Utf16(message.text) for message in messages]
    return [
        converted(review, units[: place + 1], messages[: place + 1], explain) for place, review in enumerate(reviews)
    ]


def converted(review: Review, units: Sequence[Utf16], messages: Sequence[Message], explain: bool) -> dict[str, Any]:
    """The data of one review, whose own text is the last of ``units``."""
    data = review.to_dict() if explain else unexplained(review)
    own = units[-1]
    # As documents are named: by their id, or by their place in the conversation.
    named = {message.id or f"#{place + 1}": units[place] for place, message in enumerate(messages)}
    for score in data["scores"].values():
        for contribution in score.get("contributions", ()):
            contribution["span"] = own.span(contribution["span"])
    for finding in data["findings"]:
        finding["span"] = own.span(finding["span"])
        for evidence in finding["evidence"]:
            evidence["span"] = named.get(evidence["message_id"], own).span(evidence["span"])
    return {**data, "offsets": UNIT}


def unexplained(review: Review) -> dict[str, Any]:
    """The data without contributions, which are not worked out either."""
    bare = Scores({name: score._replace(contributions=()) for name, score in review.scores.items()})
    data = replace(review, scores=bare).to_dict()
    for score in data["scores"].values():
        del score["contributions"]
    return data
