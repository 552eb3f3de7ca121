"""What trained heads say of a document: columns of numbers, and how they become probabilities, classes and values.

Both tiers give the same columns, each with a calibration of its own, so whoever reads answers need not know the tier.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

CERTAIN = 1e-6
"""Probabilities are kept this far from 0 and 1 where their log-odds are asked for."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a head's columns become what is told: ``slopes`` and ``offsets`` by column, then by the head's ``kind``.

    ``kind`` is "classes" (one of the columns), "labels" (any of them), "probability" (of the only one) or "value".
    ``decision`` is added to the logarithms of classes' probabilities before the label is chosen. Values are bounded by
    ``low`` and ``high``.
    """

    name: str
    kind: str
    columns: tuple[str, ...]
    first: int
    slopes: tuple[float, ...]
    offsets: tuple[float, ...]
    decision: tuple[float, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    scalings: tuple[tuple[int, float, float], ...] = field(init=False, repr=False)
    """Place, slope and offset of each column: what is asked of every message is looked up once. Empty where no column
    is changed by them."""
    last: int = field(init=False, repr=False)
    """Where the columns of the next head begin."""
    factors: tuple[float, ...] = field(init=False, repr=False)
    """What the decision multiplies each share by; empty without one."""
    places: Mapping[str, int] = field(init=False, repr=False)
    """Where each column stands among those of the head."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "last", self.first + len(self.columns))
        scalings = tuple(zip(range(self.first, self.last), self.slopes, self.offsets, strict=True))
        scaled = any(slope != 1.0 or offset != 0.0 for _, slope, offset in scalings)
        object.__setattr__(self, "scalings", scalings if scaled else ())
        factors = tuple(map(math.exp, self.decision)) if any(self.decision) else ()
        object.__setattr__(self, "factors", factors)
        object.__setattr__(self, "places", {column: place for place, column in enumerate(self.columns)})

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Calibration:
        """A head of a model's manifest; raises KeyError, TypeError or ValueError where it lacks something."""
        return cls(
            table["name"],
            table["kind"],
            tuple(table["columns"]),
            int(table["first"]),
            tuple(map(float, table["slopes"])),
            tuple(map(float, table["offsets"])),
            tuple(map(float, table.get("decision", ()))),
            *map(float, table.get("bounds", (-math.inf, math.inf))),
        )

    def settled(self) -> Calibration:
        """The same for columns that are scaled already."""
        size = len(self.columns)
        return replace(self, slopes=(1.0,) * size, offsets=(0.0,) * size)

    def inputs(self, columns: Sequence[float]) -> Sequence[float]:
        """The head's columns, scaled."""
        if not self.scalings:
            return columns[self.first : self.last]
        return [slope * columns[place] + offset for place, slope, offset in self.scalings]

    def shares(self, columns: Sequence[float]) -> dict[str, float]:
        """Probabilities of classes, which sum to 1."""
        return dict(zip(self.columns, softmax(self.inputs(columns)), strict=True))

    def chances(self, columns: Sequence[float]) -> dict[str, float]:
        """Probabilities of labels, each on its own."""
        return dict(zip(self.columns, map(sigmoid, self.inputs(columns)), strict=True))

    def probability(self, columns: Sequence[float]) -> float:
        """The probability of the only column."""
        return sigmoid(self.inputs(columns)[0])

    def value(self, columns: Sequence[float]) -> float:
        """The value of the only column, within its bounds."""
        return min(max(self.inputs(columns)[0], self.low), self.high)

    def meant(self, columns: Sequence[float]) -> Sequence[float]:
        """What each column means: probabilities of classes or labels, or the value."""
        if self.kind == "classes":
            return softmax(self.inputs(columns))
        if self.kind == "value":
            return (self.value(columns),)
        return list(map(sigmoid, self.inputs(columns)))

    def best(self, shares: Sequence[float]) -> tuple[str, float, str, float]:
        """The class to call it by with its probability, and of the others the likeliest with its own."""
        heard = self.heard(shares)
        at = heard.index(max(heard))
        others = list(shares)
        others[at] = -1.0
        other = others.index(max(others))
        return self.columns[at], shares[at], self.columns[other], shares[other]

    def heard(self, shares: Sequence[float]) -> Sequence[float]:
        """The shares that the class goes by (they sum to 1): rare ones get more of a hearing."""
        if not self.factors:
            return shares
        powers = [share * factor for share, factor in zip(shares, self.factors, strict=True)]
        total = sum(powers)
        return [power / total for power in powers]


@dataclass(frozen=True, slots=True)
class Blend:
    """Dissatisfaction: log-odds that three heads give, weighed and added up."""

    level: float
    complaint: float
    sentiment: float
    bias: float

    def probability(self, level: Mapping[str, float], complaint: float, sentiment: Mapping[str, float]) -> float:
        """The probability of a customer who is at least moderately dissatisfied."""
        of_level, of_complaint, of_sentiment = self.inputs(level, complaint, sentiment)
        return sigmoid(
            self.bias + self.level * of_level + self.complaint * of_complaint + self.sentiment * of_sentiment
        )

    @staticmethod
    def inputs(
        level: Mapping[str, float], complaint: float, sentiment: Mapping[str, float]
    ) -> tuple[float, float, float]:
        """The log-odds of a level of moderate and more, of a complaint, and of negative sentiment."""
        _none, _slight, *more = level.values()
        return log_odds(sum(more)), log_odds(complaint), log_odds(sentiment["negative"])


@dataclass(frozen=True, slots=True)
class Plan:
    """What the columns of a model mean: a calibration by head, and a blend where dissatisfaction has none."""

    heads: Mapping[str, Calibration]
    blend: Blend | None = None

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Plan:
        """The plan of a model's manifest; raises KeyError, TypeError or ValueError where it lacks something."""
        blend = table.get("dissatisfaction")
        return cls({head["name"]: Calibration.read(head) for head in table["heads"]}, Blend(**blend) if blend else None)

    def settled(self) -> Plan:
        """The same for columns that are scaled already."""
        return Plan({name: head.settled() for name, head in self.heads.items()}, self.blend)

    def meant(self, columns: Sequence[float]) -> list[float]:
        """What each column means, in its place."""
        given = list(columns)
        for head in self.heads.values():
            given[head.first : head.last] = head.meant(columns)
        return given

    @property
    def told_names(self) -> list[str]:
        """The names of what :meth:`told` gives: "head.column"."""
        names = [f"{head.name}.{column}" for head in self.heads.values() for column in head.columns]
        return names if self.blend is None else [*names, "dissatisfaction.dissatisfaction"]

    def told(self, columns: Sequence[float]) -> list[float]:
        """Columns, calibrated, as a student learns them: log-odds (of classes up to a constant) and values."""
        values = [value for head in self.heads.values() for value in head.inputs(columns)]
        return values if self.blend is None else [*values, log_odds(Answers(self, columns).dissatisfaction)]


class Encoded(NamedTuple):
    """A document as the lower layers of an encoder see it: a ``vector``, and the ``digest`` of the encoder."""

    digest: str
    vector: Any


class Answers:
    """What the heads say of one document; every probability is calibrated on messages that nothing was fitted on.

    Heads: ``sentiment``, ``level`` (of dissatisfaction), ``contact_type`` and ``cause`` have classes; ``kinds`` (of
    dissatisfaction) labels of which any may be true; ``politeness`` (rated polite rather than impolite) and
    ``complaint`` a probability; ``valence`` (-1 to 1), ``formality``, ``warmth``, ``enthusiasm`` and ``assertiveness``
    (1 to 5) a value. ``seen`` is what the heads looked at and ``model`` who can say how much it moved them, where they
    are of a kind that can; ``encoded`` is what an encoder made of the document, where there is one.
    """

    __slots__ = ("columns", "encoded", "meant", "model", "plan", "seen")

    def __init__(
        self,
        plan: Plan,
        columns: Sequence[float],
        seen: Any = None,
        model: Any = None,
        meant: Sequence[float] | None = None,
        *,
        encoded: Encoded | None = None,
    ) -> None:
        """``meant`` is what the columns mean, where it was worked out for many documents at once."""
        self.plan = plan
        self.columns = columns
        self.meant: Sequence[float] = plan.meant(columns) if meant is None else meant
        self.seen = seen
        self.model = model
        self.encoded = encoded

    def each(self, head: str) -> list[float]:
        """What each column of a head means: probabilities, in the order of its columns."""
        calibration = self.plan.heads[head]
        return list(self.meant[calibration.first : calibration.last])

    def shares(self, head: str) -> dict[str, float]:
        """The probability of each class."""
        return dict(zip(self.plan.heads[head].columns, self.each(head), strict=True))

    def label(self, head: str) -> str:
        """The class to call it by."""
        return self.best(head)[0]

    def best(self, head: str) -> tuple[str, float, str, float]:
        """The class to call it by with its probability, and of the others the likeliest with its own."""
        return self.plan.heads[head].best(self.each(head))

    def chances(self, head: str) -> dict[str, float]:
        """The probability of each label."""
        return self.shares(head)

    def probability(self, head: str) -> float:
        """The probability that a head of one gives."""
        return self.meant[self.plan.heads[head].first]

    def value(self, head: str) -> float:
        """The value that a head of one gives."""
        return self.meant[self.plan.heads[head].first]

    def values(self, heads: Sequence[str]) -> list[float]:
        """The values that heads of one give."""
        meant, plan = self.meant, self.plan.heads
        return [meant[plan[head].first] for head in heads]

    @property
    def feeling(self) -> tuple[str, float, float]:
        """The class of sentiment with its probability, and the share of positive less that of negative.

        By the shares that the class goes by, so that no message is called negative at a value above nought.
        """
        calibration = self.plan.heads["sentiment"]
        shares = self.meant[calibration.first : calibration.last]
        heard = calibration.heard(shares)
        at = heard.index(max(heard))
        places = calibration.places
        return calibration.columns[at], shares[at], heard[places["positive"]] - heard[places["negative"]]

    @property
    def dissatisfaction(self) -> float:
        """The probability of a customer who is at least moderately dissatisfied."""
        blend = self.plan.blend
        if blend is None:
            return self.probability("dissatisfaction")
        return blend.probability(self.shares("level"), self.probability("complaint"), self.shares("sentiment"))


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that sum to 1."""
    highest = max(values)
    exp = math.exp
    powers = [exp(value - highest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]


def sigmoid(value: float) -> float:
    """The logistic function, without overflow."""
    return 1.0 / (1.0 + math.exp(-value)) if value >= 0 else math.exp(value) / (1.0 + math.exp(value))


def log_odds(probability: float) -> float:
    """The log-odds of a probability, kept finite."""
    bounded = min(max(probability, CERTAIN), 1 - CERTAIN)
    return math.log(bounded / (1 - bounded))
