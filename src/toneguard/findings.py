"""What is seen: spans, measures, scores, findings. Frozen, plain data, JSON both ways; no policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple, overload


class Span(NamedTuple):
    """A place in ``message.text``: code points from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def to_dict(self) -> dict[str, int]:
        """Plain data for JSON."""
        return {"start": self.start, "end": self.end}


new_span = partial(tuple.__new__, Span)
"""A span of its two places, given as one tuple: in half the time, for what is made of every message."""


class Contribution(NamedTuple):
    """How much one place (or, where ``span`` is None, one property of the whole) moved a score, and why."""

    span: Span | None
    amount: float
    reason: str


new_contribution = partial(tuple.__new__, Contribution)
"""A contribution of its three fields, given as one tuple."""


class Deferred(Sequence[Contribution]):
    """Contributions that are worked out when somebody first looks at them; equal to, and pickled as, their tuple.

    Whoever scores an archive looks at few of them, and working them out costs as much as the score itself.
    """

    __slots__ = ("_items", "_work")

    def __init__(self, work: Callable[..., tuple[Contribution, ...]], *arguments: Any) -> None:
        self._work: tuple[Callable[..., tuple[Contribution, ...]], tuple[Any, ...]] | None = (work, arguments)
        self._items: tuple[Contribution, ...]  # not before they are worked out

    def _all(self) -> tuple[Contribution, ...]:
        work = self._work
        if work is not None:  # two threads may both do this, with the same outcome
            function, arguments = work
            self._items = function(*arguments)
            self._work = None
        return self._items

    @overload
    def __getitem__(self, index: int) -> Contribution: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Contribution, ...]: ...
    def __getitem__(self, index: int | slice) -> Contribution | tuple[Contribution, ...]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Deferred) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._all(),)


class Evidence(NamedTuple):
    """A place in a message that a finding rests on; ``message_id`` None means the message under review."""

    message_id: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is measured, declared once beside its analyser.

    ``low`` and ``high`` bound the value (None: unbounded); ``better`` says which way is better for a reader.
    ``roles`` are the roles whose messages it is asked of (empty: every role).
    """

    name: str
    description: str
    unit: str
    low: float | None
    high: float | None
    better: Literal["higher", "lower", "neither"]
    source: str
    roles: frozenset[str] = frozenset()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "name": self.name,
            "description": self.description,
            "unit": self.unit,
            "range": [self.low, self.high],
            "better": self.better,
            "source": self.source,
            "roles": sorted(self.roles),
        }


class Score(NamedTuple):
    """The value of one measure for one message, with what it rests on.

    ``value`` is None where nothing can be said; ``because`` then holds the reason. ``label`` is the class where
    the measure has classes. ``interval`` bounds the value where the text is too short for a point. ``contributions``
    is a tuple, or behaves as one.
    """

    measure: str
    value: float | None
    because: str
    label: str | None = None
    interval: tuple[float, float] | None = None
    contributions: Sequence[Contribution] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "value": self.value,
            "label": self.label,
            "because": self.because,
            "interval": list(self.interval) if self.interval else None,
            "contributions": [
                {"span": c.span.to_dict() if c.span else None, "amount": round(c.amount, 6), "reason": c.reason}
                for c in self.contributions
            ],
        }

    @classmethod
    def from_dict(cls, measure: str, data: Mapping[str, Any]) -> Score:
        """A score from :meth:`to_dict` data."""
        return cls(
            measure=measure,
            value=data["value"],
            because=data["because"],
            label=data["label"],
            interval=(data["interval"][0], data["interval"][1]) if data["interval"] else None,
            contributions=tuple(
                Contribution(read_span(c["span"]), c["amount"], c["reason"]) for c in data["contributions"]
            ),
        )


new_score = partial(tuple.__new__, Score)
"""A score of all its six fields, given as one tuple: in half the time, for what is made of every message."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth saying about one place in a message (``span`` None: about something absent).

    ``message`` is for the writer and never quotes the customer; ``replacements`` are texts to put in place of the
    span, best first; ``confidence`` is in 0..1; ``evidence`` names places in this or earlier messages.
    """

    rule: str
    span: Span | None
    message: str
    replacements: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "rule": self.rule,
            "span": self.span.to_dict() if self.span else None,
            "message": self.message,
            "replacements": list(self.replacements),
            "confidence": self.confidence,
            "evidence": [
                {"message_id": e.message_id, "span": e.span.to_dict() if e.span else None} for e in self.evidence
            ],
        }

    @staticmethod
    def fields_from(data: Mapping[str, Any]) -> dict[str, Any]:
        """Constructor arguments from :meth:`to_dict` data."""
        return {
            "rule": data["rule"],
            "span": read_span(data["span"]),
            "message": data["message"],
            "replacements": tuple(data["replacements"]),
            "confidence": data["confidence"],
            "evidence": tuple(Evidence(e["message_id"], read_span(e["span"])) for e in data["evidence"]),
        }


class Analysis(NamedTuple):
    """What one analyser says of one document."""

    analyser: str
    version: str
    scores: tuple[Score, ...] = ()
    findings: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; ``from_dict`` gives the same analysis back."""
        return {
            "analyser": self.analyser,
            "version": self.version,
            "scores": {score.measure: score.to_dict() for score in self.scores},
            "findings": [finding.to_dict() for finding in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Analysis:
        """An analysis from :meth:`to_dict` data."""
        return cls(
            analyser=data["analyser"],
            version=data["version"],
            scores=tuple(Score.from_dict(name, score) for name, score in data["scores"].items()),
            findings=tuple(Finding(**Finding.fields_from(finding)) for finding in data["findings"]),
        )


new_analysis = partial(tuple.__new__, Analysis)
"""An analysis of its four fields, given as one tuple: in half the time, for what is made of every message."""


def read_span(data: Mapping[str, int] | None) -> Span | None:
    """A span from its JSON form."""
    return Span(data["start"], data["end"]) if data else None
