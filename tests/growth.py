"""How time grows with a text, measured so that a busy machine fails nothing: no test here holds a number of seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

GROWTH = 8
"""How many times longer the long text is: a quadratic answer takes 64 times as long, a linear one about 8."""
MOST = 30
FLOOR = 0.02
"""CPU-seconds below which the short text's time is mostly noise."""


def assert_linear(run: Callable[[int], Callable[[], object]], size: int, what: str = "") -> None:
    """``run(size)`` prepares a call on a text of ``size``; it may take ``MOST`` times as long on ``GROWTH`` times the text."""

    def seconds(length: int) -> float:
        call = run(length)
        taken = []
        for _ in range(3):
            gc.collect()
            gc.disable()  # the collector's own passes grow faster than any text
            try:
                began = time.process_time()
                call()
                taken.append(time.process_time() - began)
            finally:
                gc.enable()
            if taken[-1] < FLOOR:
                break
        return min(taken)

    short, long = seconds(size), seconds(size * GROWTH)
    assert long < MOST * max(short, FLOOR), f"{what!r}: {short:.3f} s, then {long:.3f} s for {GROWTH} times as much"
