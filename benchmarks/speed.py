"""Speed, start-up and memory beside the assembled stack: ``python benchmarks/speed.py DATA [--n 2000] [--rounds 3]``.

Both tools run in turn, each in a process and an environment of its own, pinned to one core. The ratio of each round is
printed, so that a machine whose speed drifts shows, and the ratio of both tools' best rounds, which drift disturbs
least. DATA holds conversations/support_conversations.jsonl.gz (Customer Support on Twitter, CC BY-NC-SA 4.0, rebuilt
from github.com/Sophie-X31/JSC270-Assignment4 @ 39ac119), brand_voice and dissatisfaction (the stack fits two
classifiers on them).
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

HERE = Path(__file__).resolve().parent
FILE = "conversations/support_conversations.jsonl.gz"
SINGLES = 500


def worker(path: str) -> None:
    """Time ToneGuard on the messages of a file; prints one JSON line like the stack's."""
    wall, cpu = time.perf_counter(), time.process_time()
    import toneguard
    from toneguard.pipeline import keep_loaded

    pipeline = toneguard.Pipeline()
    pipeline.review("Hi Sam, thanks for waiting. I have refunded order 1234.")
    startup = {"startup_wall_s": time.perf_counter() - wall, "startup_cpu_s": time.process_time() - cpu}
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    conversations: dict[object, list[toneguard.Message]] = {}
    for row in rows:
        conversations.setdefault(row["conversation_id"], []).append(
            toneguard.Message(text=row["text"], role=row["role"])
        )
    given = [toneguard.Conversation(id=str(name), messages=tuple(messages)) for name, messages in conversations.items()]
    for _ in pipeline.review_many(given[:20]):
        pass
    keep_loaded()  # as toneguard score does
    # Expressions are compiled when a text first calls for them, so the second half is read by a warm process. It holds
    # other messages: a text that was read before would be no test.
    rates = []
    for half in (given[: len(given) // 2], given[len(given) // 2 :]):
        cpu = time.process_time()
        count = sum(len(result.reviews) for result in pipeline.review_many(half))
        rates.append(round(count / (time.process_time() - cpu), 1))
    singles = []
    for row in rows[:SINGLES]:
        cpu = time.process_time()
        pipeline.review(row["text"], role=row["role"])
        singles.append((time.process_time() - cpu) * 1e3)
    singles.sort()
    print(
        json.dumps(
            {
                "n": len(rows),
                "messages_per_cpu_s": rates[0],
                "warm_messages_per_cpu_s": rates[1],
                "single_cpu_ms_p50": round(singles[len(singles) // 2], 3),
                "single_cpu_ms_p99": round(singles[int(len(singles) * 0.99)], 3),
                **{key: round(value, 2) for key, value in startup.items()},
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


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


def run(command: list[str], data: str) -> dict[str, float]:
    """The last line of a command, as JSON; on one core where the system can pin."""
    pin = ["taskset", "-c", "0"] if Path("/usr/bin/taskset").exists() else []
    environment = {**os.environ, "DATA": data, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([*pin, *command], capture_output=True, text=True, check=True, env=environment)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Run both tools in turn and print the figures and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="?", default=os.environ.get("DATA", "data"))
    parser.add_argument("--n", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="ToneGuard only")
    parser.add_argument("--worker", metavar="FILE", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        worker(arguments.worker)
        return
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as sample:
        with gzip.open(Path(arguments.data) / FILE, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(2 * arguments.n), lines, strict=False):
                sample.write(line)
        sample.flush()
        ours, theirs = [], []
        for _ in range(arguments.rounds):
            ours.append(run([sys.executable, __file__, "--worker", sample.name], arguments.data))
            if not arguments.alone:
                stack = [
                    peers_python(),
                    str(HERE / "peers" / "assembled_stack.py"),
                    "bench",
                    sample.name,
                    "--n",
                    str(arguments.n),
                ]
                theirs.append(run(stack, arguments.data))
    width = 7 * arguments.rounds + 4
    print(f"{'best of the rounds':24}{'ToneGuard':>12}{'stack':>12}{'ratio':>8}{'ratio by round':>{width}}")
    for key, bigger_is_better in (
        ("messages_per_cpu_s", True),
        ("warm_messages_per_cpu_s", True),
        ("single_cpu_ms_p50", False),
        ("single_cpu_ms_p99", False),
        ("startup_cpu_s", False),
        ("startup_wall_s", False),
        ("peak_mb", False),
    ):
        best = max if bigger_is_better else min
        mine = best(round_[key] for round_ in ours)
        same = key.removeprefix("warm_")  # the stack compiles everything at its start
        other = best(round_[same] for round_ in theirs) if theirs else float("nan")
        ratio = mine / other if bigger_is_better else other / mine
        pairs = list(zip(ours, theirs, strict=False))
        ratios = [a[key] / b[same] if bigger_is_better else b[same] / a[key] for a, b in pairs]
        by_round = "  ".join(f"{given:.1f}x" for given in ratios)
        print(f"{key:24}{mine:12g}{other:12g}{ratio:7.1f}x{by_round:>{width}}")


if __name__ == "__main__":
    main()
