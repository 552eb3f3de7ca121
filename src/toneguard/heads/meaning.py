"""What columns of many documents mean, worked out for all of them at once: the same as ``Plan.meant`` by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toneguard.documents.answers import Plan

if TYPE_CHECKING:
    import numpy as np

FURTHEST = 700.0
"""Log-odds as far out as this have the probability that further ones have, and no overflow."""


class Meaning:
    """Turns columns (documents by columns) into probabilities and values, as a plan says.

    Every number is worked out from its own row alone, so a document's are the same in any batch. Columns of no head of
    the plan stay as they are.
    """

    def __init__(self, plan: Plan, width: int) -> None:
        import numpy as np

        starts: list[int] = []
        owners: list[int] = []
        odds: list[int] = []
        values: list[int] = []
        low, high = np.full(width, -np.inf), np.full(width, np.inf)
        self._slopes, self._offsets = np.ones(width), np.zeros(width)
        heads = {head.first: head for head in plan.heads.values()}
        place = 0
        while place < width:
            head = heads.get(place)
            last = head.last if head else place + 1
            if head is None or head.kind == "value":
                values.append(place)
            elif head.kind != "classes":
                odds += range(place, last)
            if head is not None:
                low[place:last], high[place:last] = head.low, head.high
                self._slopes[place:last], self._offsets[place:last] = head.slopes, head.offsets
            owners += [len(starts)] * (last - place)
            starts.append(place)
            place = last
        self._starts, self._owners = np.array(starts), np.array(owners)
        self._odds, self._values = np.array(odds, dtype=np.int64), np.array(values, dtype=np.int64)
        self._low, self._high = low[self._values], high[self._values]
        self._settled = bool((self._slopes == 1.0).all() and (self._offsets == 0.0).all())

    def __call__(self, columns: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Probabilities of classes (which sum to 1) and of labels, and values within their bounds."""
        import numpy as np

        if not self._settled:
            columns = columns * self._slopes + self._offsets
        owner = self._owners
        powers = np.exp(columns - np.maximum.reduceat(columns, self._starts, axis=1)[:, owner])
        meant: np.ndarray[Any, np.dtype[np.float64]] = powers / np.add.reduceat(powers, self._starts, axis=1)[:, owner]
        odds = np.clip(columns[:, self._odds], -FURTHEST, FURTHEST)
        meant[:, self._odds] = 1.0 / (1.0 + np.exp(-odds))
        meant[:, self._values] = np.clip(columns[:, self._values], self._low, self._high)
        return meant
