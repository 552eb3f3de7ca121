"""The assembled stack, a block of messages at a time: ``python in_turn.py FILE SIZE``, asked by ``../speed.py``.

Prints its start-up as a line of JSON; then answers each line of its input: a block's number with the CPU seconds that
the block took and its messages, "singles" with the CPU milliseconds of single messages, "memory" with the peak in MB.
"""

import json
import resource
import sys
import time

import assembled_stack
import pandas as pd

START, CPU = assembled_stack.T0, assembled_stack.C0


def main(path: str, size: int) -> None:
    """Serve one caller until its input ends."""
    stack = assembled_stack.Stack()
    stack.one("Hi Sam, thanks for waiting. I have refunded order 1234.", "agent")
    startup = {"startup_wall_s": time.perf_counter() - START, "startup_cpu_s": time.process_time() - CPU}
    rows = assembled_stack.read(path)
    stack.frame(pd.DataFrame(rows[:40]))
    print(json.dumps(startup), flush=True)
    for line in sys.stdin:
        asked = line.strip()
        answer: object
        if asked == "singles":
            answer = singles(stack, rows)
        elif asked == "memory":
            answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        else:
            frame = pd.DataFrame(rows[int(asked) * size : (int(asked) + 1) * size])
            clock = time.process_time()
            stack.frame(frame)
            answer = [time.process_time() - clock, len(frame)]
        print(json.dumps(answer), flush=True)


def singles(stack: assembled_stack.Stack, rows: list[dict[str, str]]) -> list[float]:
    """CPU milliseconds of each of 500 messages, one at a time."""
    times = []
    for row in rows[:500]:
        clock = time.process_time()
        stack.one(row["text"], row["role"])
        times.append((time.process_time() - clock) * 1e3)
    return times


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
