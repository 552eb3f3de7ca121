"""What goes out: levels, verdicts, reviews of a message and of a conversation, as data, JSON and table rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from toneguard.findings import Finding, Score
from toneguard.making import maker
from toneguard.messages import Role

SCHEMA_VERSION = 1
"""Version of the JSON form, in every result as ``schema_version``; the schema is ``review.schema.json``."""


class Level(StrEnum):
    """How much a finding matters, from ``off`` (not reported) to ``error``."""

    OFF = "off"
    NOTE = "note"
    SUGGESTION = "suggestion"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for off up to 4 for error."""
        return RANKS[self]

    @property
    def barks(self) -> bool:
        """Whether a writer is bothered with it: suggestion and above."""
        return RANKS[self] >= RANKS[Level.SUGGESTION]


RANKS = {level: rank for rank, level in enumerate(Level)}


class Verdict(StrEnum):
    """What to do with a draft."""

    PASS = "pass"  # noqa: S105
    REVISE = "revise"
    HOLD = "hold"
    UNKNOWN = "unknown"


MEASURE = itemgetter(Score._fields.index("measure"))


class Places(dict[str, int]):
    """Where each of these ``measures`` stands."""

    __slots__ = ("measures",)

    def __init__(self, measures: tuple[str, ...]) -> None:
        super().__init__(zip(measures, range(len(measures)), strict=True))
        self.measures = measures


places_of = lru_cache(maxsize=256)(Places)
"""Reviews by one standard share them."""


class Scores(Mapping[str, Score]):
    """Scores by measure, in the order of the catalogue. Read-only and picklable."""

    __slots__ = ("_given", "_places")

    _given: tuple[Score, ...]
    _places: Places

    def __init__(self, scores: Mapping[str, Score], *answered: Sequence[Score]) -> None:
        """``answered`` are scores that take the place of those in ``scores``."""
        given = tuple(chain.from_iterable(answered))
        measures = tuple(map(MEASURE, given))
        places = scores._places if isinstance(scores, Scores) else None
        if places is None or places.measures != measures:
            merged = dict(scores)
            merged.update(zip(measures, given, strict=True))
            places, given = places_of(tuple(merged)), tuple(merged.values())
        # else every analyser answered what it was asked, as is usual
        self._given = given
        self._places = places

    def __getitem__(self, measure: str) -> Score:
        try:
            return self._given[self._places[measure]]
        except KeyError:
            raise KeyError(f"no measure {measure!r}; there are {', '.join(self._places)}") from None

    def __contains__(self, measure: object) -> bool:
        return measure in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._given)

    def __repr__(self) -> str:
        given = {score.measure: score.value for score in self._given if score.value is not None}
        return f"Scores({given})"

    def __hash__(self) -> int:
        return hash(self._given)

    def __reduce__(self) -> tuple[Any, ...]:
        return Scores, (dict(self),)


@dataclass(frozen=True, slots=True)
class Remark(Finding):
    """A finding with the level that the standard gives it."""

    level: Level = Level.NOTE

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        # Not super(): a slotted dataclass is a new class, and the zero-argument form would look for the old one.
        return {**Finding.to_dict(self), "level": self.level.value}


@dataclass(frozen=True, slots=True)
class Skipped:
    """An analyser that gave no answer for a message, and why."""

    analyser: str
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a review can be re-run with: the same of all of these and the same text give the same bytes."""

    toneguard: str
    tier: str
    standard: str
    standard_digest: str
    rules_digest: str
    weights: Mapping[str, str]
    waivers: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "toneguard": self.toneguard,
            "tier": self.tier,
            "standard": self.standard,
            "standard_digest": self.standard_digest,
            "rules_digest": self.rules_digest,
            "weights": dict(self.weights),
            "waivers": list(self.waivers),
        }


@dataclass(frozen=True, slots=True)
class Review:
    """What ToneGuard says of one message.

    ``verdict`` is None for messages of customers, bots and systems: only agents' messages are judged.
    ``findings`` stand in the order of the text, those about something absent first.
    """

    message_id: str | None
    role: Role
    language: str | None
    verdict: Verdict | None
    scores: Scores
    findings: tuple[Remark, ...]
    skipped: tuple[Skipped, ...]
    provenance: Provenance

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; offsets are code points. :meth:`from_dict` gives the same review back."""
        return {
            "schema_version": SCHEMA_VERSION,
            "message_id": self.message_id,
            "role": self.role.value,
            "language": self.language,
            "verdict": self.verdict.value if self.verdict else None,
            "scores": {name: score.to_dict() for name, score in self.scores.items()},
            "findings": [finding.to_dict() for finding in self.findings],
            "skipped": [{"analyser": s.analyser, "reason": s.reason} for s in self.skipped],
            "provenance": self.provenance.to_dict(),
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """A JSON text that fits ``review.schema.json``."""
        return dump(self.to_dict(), indent)

    def to_row(self) -> dict[str, str | float | None]:
        """One flat row for tables: a column per measure, and no text of the message.

        ``findings`` holds the rules that were found, with levels, as ``level:rule`` joined by spaces.
        """
        row: dict[str, str | float | None] = {
            "message_id": self.message_id,
            "role": self.role.value,
            "language": self.language,
            "verdict": self.verdict.value if self.verdict else None,
        }
        for level in (Level.ERROR, Level.WARNING, Level.SUGGESTION, Level.NOTE):
            row[f"{level.value}s"] = sum(1 for finding in self.findings if finding.level is level)
        row["findings"] = " ".join(f"{finding.level.value}:{finding.rule}" for finding in self.findings)
        for name, score in self.scores.items():
            row[name] = score.value
            if score.label is not None:
                row[f"{name}_label"] = score.label
        row["skipped"] = " ".join(s.analyser for s in self.skipped)
        row["standard"] = self.provenance.standard
        return row

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Review:
        """A review from :meth:`to_dict` data of this schema version."""
        return cls(
            message_id=data["message_id"],
            role=Role(data["role"]),
            language=data["language"],
            verdict=Verdict(data["verdict"]) if data["verdict"] else None,
            scores=Scores({name: Score.from_dict(name, score) for name, score in data["scores"].items()}),
            findings=tuple(
                Remark(**Finding.fields_from(finding), level=Level(finding["level"])) for finding in data["findings"]
            ),
            skipped=tuple(Skipped(**skipped) for skipped in data["skipped"]),
            provenance=Provenance(**{**data["provenance"], "waivers": tuple(data["provenance"]["waivers"])}),
        )


new_review = maker(Review)


@dataclass(frozen=True, slots=True)
class ConversationReview:
    """Reviews of the messages of one conversation, in their order: one for each, always."""

    conversation_id: str
    reviews: tuple[Review, ...]

    @property
    def verdict(self) -> Verdict | None:
        """The worst verdict of its agent messages: hold, then revise, then unknown, then pass; None without any."""
        given = {review.verdict for review in self.reviews}
        for verdict in (Verdict.HOLD, Verdict.REVISE, Verdict.UNKNOWN, Verdict.PASS):
            if verdict in given:
                return verdict
        return None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "schema_version": SCHEMA_VERSION,
            "conversation_id": self.conversation_id,
            "verdict": self.verdict.value if self.verdict else None,
            "reviews": [review.to_dict() for review in self.reviews],
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """A JSON text that fits ``review.schema.json#/$defs/conversation``."""
        return dump(self.to_dict(), indent)


def dump(data: object, indent: int | None = None) -> str:
    """JSON as every door writes it: UTF-8 as it is, but lone surrogates escaped so that it can be encoded."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(data, ensure_ascii=True, indent=indent, allow_nan=False)
    return text
