"""How time grows with a text, measured so that a busy machine fails nothing: no test here holds a number of seconds."""

from __future__ import annotations

import gc
import itertools
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

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


DOUBLED = 2.3
"""How much more work twice the text may be: quadratic work is four times as much."""
FEW = 3_000
"""Lines below which what is done once a message weighs too much."""


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of ToneGuard's own code a call runs: the same on every machine, however busy.

    What one line may hide, an expression over the whole text, is for :func:`assert_linear` to see.
    """
    count = 0

    def inside(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return inside

    def entered(frame: FrameType, _event: str, _argument: Any) -> Any:
        return inside if "toneguard" in frame.f_code.co_filename else None

    outer = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(outer)
    return count


def assert_doubles(run: Callable[[int], Callable[[], object]], size: int, what: str = "") -> None:
    """A call on twice the text may run at most ``DOUBLED`` times as many lines, and again on four times the text."""
    counts = [lines_run(run(size * times)) for times in (1, 2, 4)]
    for short, long in itertools.pairwise(counts):
        assert long < max(short * DOUBLED, FEW), f"{what!r}: {counts} lines for one, two and four times as much"
