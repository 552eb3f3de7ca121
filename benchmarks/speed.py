"""Speed, start-up and memory beside the assembled stack: ``python benchmarks/speed.py DATA [--n 8000] [--rounds 4]``.

Both tools run in a process and an environment of their own, pinned to one core, and read the same messages in turn, a
block of some 500 each time: a machine's speed drifts by half within minutes, hardly within the second that a pair of
blocks takes. Of the ratios of all pairs the median is told, with the middle half. DATA holds
conversations/support_conversations.jsonl.gz (Customer Support on Twitter, CC BY-NC-SA 4.0, rebuilt from
github.com/Sophie-X31/JSC270-Assignment4 @ 39ac119), brand_voice and dissatisfaction (the stack fits two classifiers
on them).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

HERE = Path(__file__).resolve().parent
FILE = "conversations/support_conversations.jsonl.gz"
BLOCK = 500
SINGLES = 500


def worker(path: str, size: int) -> None:
    """ToneGuard, a block at a time: start-up as a line of JSON, then an answer to each line as ``peers/in_turn.py``."""
    wall, cpu = time.perf_counter(), time.process_time()
    import toneguard
    from toneguard.pipeline import keep_loaded

    pipeline = toneguard.Pipeline()
    pipeline.review("Hi Sam, thanks for waiting. I have refunded order 1234.")
    startup = {"startup_wall_s": time.perf_counter() - wall, "startup_cpu_s": time.process_time() - cpu}
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    blocks = [conversations(rows[start : start + size]) for start in range(0, len(rows), size)]
    for _ in pipeline.review_many(blocks[0][:20]):
        pass
    keep_loaded()  # as toneguard score does
    print(json.dumps(startup), flush=True)
    for line in sys.stdin:
        asked = line.strip()
        answer: object
        if asked == "singles":
            answer = []
            for row in rows[:SINGLES]:
                clock = time.process_time()
                pipeline.review(row["text"], role=row["role"])
                answer.append((time.process_time() - clock) * 1e3)
        elif asked == "memory":
            answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        else:
            clock = time.process_time()
            count = sum(len(result.reviews) for result in pipeline.review_many(blocks[int(asked)]))
            answer = [time.process_time() - clock, count]
        print(json.dumps(answer), flush=True)


def conversations(rows: list[dict[str, Any]]) -> list[Any]:
    """The conversations that rows belong to."""
    import toneguard

    found: dict[object, list[toneguard.Message]] = {}
    for row in rows:
        message = toneguard.Message(text=row["text"], role=row["role"])
        found.setdefault(row["conversation_id"], []).append(message)
    return [toneguard.Conversation(id=str(name), messages=tuple(messages)) for name, messages in found.items()]


class Tool:
    """One of the two, in a process of its own on one core."""

    def __init__(self, command: list[str], data: str) -> None:
        pin = ["taskset", "-c", "0"] if Path("/usr/bin/taskset").exists() else []
        environment = {**os.environ, "DATA": data, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [*pin, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.startup: dict[str, float] = self.read()

    def read(self) -> Any:
        """The next line of its answers."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args!r} ended early; what it said stands above")
        return json.loads(line)

    def ask(self, what: str) -> Any:
        """Its answer to one question; it is idle before and after."""
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        return self.read()

    def close(self) -> None:
        """Let it end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def peers_python() -> str:
    """The interpreter of the stack's environment, which is made at first need."""
    folder = HERE.parent / ".venv-peers"
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making {folder} for the assembled stack ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        requirements = HERE / "peers" / "requirements.txt"
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(requirements)], check=True)
    return str(python)


def main() -> None:
    """Run both tools in turn and print the figures and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="?", default=os.environ.get("DATA", "data"))
    parser.add_argument("--n", type=int, default=8000, help="messages (%(default)s)")
    parser.add_argument("--rounds", type=int, default=4, help="fresh starts of both (%(default)s)")
    parser.add_argument("--worker", metavar="FILE", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        worker(arguments.worker, BLOCK)
        return
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as sample:
        with gzip.open(Path(arguments.data) / FILE, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(arguments.n), lines, strict=False):
                sample.write(line)
        sample.flush()
        commands = (
            [sys.executable, __file__, "--worker", sample.name],
            [peers_python(), str(HERE / "peers" / "in_turn.py"), sample.name, str(BLOCK)],
        )
        rounds = [one_round(commands, arguments.data, arguments.n) for _ in range(arguments.rounds)]
    half = max(1, arguments.n // BLOCK // 2)
    print(f"{'':44}{'ToneGuard':>10}{'stack':>10}{'ratio':>8}{'middle half':>14}{'pairs':>7}")
    # Expressions are compiled when a text first calls for them, so the second half is read by a warm process. It holds
    # other messages: a text that was read before would be no test.
    show("batch, all: CPU us a message", [pair for found in rounds for pair in found["blocks"]])
    show("batch, first half", [pair for found in rounds for pair in found["blocks"][:half]])
    show("batch, second half", [pair for found in rounds for pair in found["blocks"][half:]])
    for name in ("one message: CPU ms, median", "one message: CPU ms, 99th percentile", "start-up: CPU s",
                 "start-up: wall s", "peak memory: MB"):  # fmt: skip
        show(name, [found[name] for found in rounds])


def one_round(commands: tuple[list[str], list[str]], data: str, n: int) -> dict[str, Any]:
    """Both tools from a fresh start: pairs of figures, ours first, by what they are of."""
    tools = [Tool(command, data) for command in commands]
    ours, theirs = tools
    blocks = []
    for block in range((n + BLOCK - 1) // BLOCK):
        (mine, count), (other, same) = (tool.ask(str(block)) for tool in tools)
        assert count == same, "both read the same messages"
        blocks.append((mine / count * 1e6, other / count * 1e6))
    singles = [sorted(tool.ask("singles")) for tool in tools]
    found = {
        "blocks": blocks,
        "one message: CPU ms, median": tuple(times[len(times) // 2] for times in singles),
        "one message: CPU ms, 99th percentile": tuple(times[int(len(times) * 0.99)] for times in singles),
        "start-up: CPU s": (ours.startup["startup_cpu_s"], theirs.startup["startup_cpu_s"]),
        "start-up: wall s": (ours.startup["startup_wall_s"], theirs.startup["startup_wall_s"]),
        "peak memory: MB": tuple(tool.ask("memory") for tool in tools),
    }
    for tool in tools:
        tool.close()
    return found


def show(name: str, pairs: list[tuple[float, float]]) -> None:
    """A line: both medians, the median of the ratios, and their middle half."""
    ratios = [theirs / ours for ours, theirs in pairs]
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else (ratios[0],) * 3
    mine, other = (median(column) for column in zip(*pairs, strict=True))
    print(f"{name:44}{mine:10.4g}{other:10.4g}{median(ratios):7.2f}x{low:8.2f}-{high:.2f}{len(pairs):7}")


if __name__ == "__main__":
    main()
