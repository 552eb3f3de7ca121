"""``python -m toneguard.training MODEL... --data DIR [--models DIR]``: retrain models from named data.

``encoder`` also takes ``--base`` and ``--work``; it goes on from its checkpoint where it was killed. ``heads`` learns
from the encoder's soft labels in ``--out``, which ``soft`` writes (and ``heads`` itself where they are missing or
another encoder's). ``blend`` fits how both speak together in the tier "accurate" and is due after either of them.
``transfers`` measures politeness across communities for the encoder's card, ``student-transfers`` what students learn
of these for the card of the heads.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def encoder(arguments: argparse.Namespace) -> Any:
    """Train the encoder (torch is imported here, not before)."""
    from toneguard.training.encoder.train import train_encoder

    return train_encoder(arguments.models / "encoder", arguments.data, arguments.base, arguments.work)


def transfers(arguments: argparse.Namespace) -> Any:
    """Measure politeness across communities; the next training puts it on the card."""
    from toneguard.training.encoder.train import train_transfers

    return train_transfers(arguments.models / "encoder", arguments.data, arguments.base, arguments.work)


def student_transfers(arguments: argparse.Namespace) -> Any:
    """Measure what students of these transfers learn; the next training of the heads puts it on their card."""
    from toneguard.training.student_transfers import train_student_transfers

    return train_student_transfers(
        arguments.models / "heads", arguments.models / "encoder", arguments.data, arguments.work
    )


def soft(arguments: argparse.Namespace) -> Any:
    """Write the encoder's soft labels."""
    from toneguard.training.encoder.soft import write_soft_labels
    from toneguard.training.students import StudentRecipe

    cap = StudentRecipe.read(arguments.models / "heads").soft_cap
    return {"texts": write_soft_labels(arguments.models / "encoder", arguments.data, arguments.out, cap=cap)}


def heads(arguments: argparse.Namespace) -> Any:
    """Train the linear heads on gold and soft labels."""
    from toneguard.heads.encoder import load_encoder
    from toneguard.training.encoder.soft import are_of
    from toneguard.training.students import train_heads

    if not are_of(arguments.out, arguments.models / "encoder"):
        soft(arguments)
    encoder = load_encoder()
    return train_heads(
        arguments.models / "heads",
        arguments.models / "encoder",
        arguments.data,
        arguments.out,
        work=arguments.work,
        lower=lambda word: encoder.run(word)[1],
    )


def blend(arguments: argparse.Namespace) -> Any:
    """Fit the blend of encoder and linear heads."""
    from toneguard.training.blend import train_blend

    return train_blend(arguments.models / "encoder", arguments.models / "heads", arguments.data, arguments.work)


def names(arguments: argparse.Namespace) -> Any:
    """Train the model that says which candidates are names of people."""
    from toneguard.training.names import train_names

    return train_names(arguments.models / "names", arguments.data)


MODELS: Mapping[str, Callable[[argparse.Namespace], Any]] = {
    "encoder": encoder,
    "heads": heads,
    "blend": blend,
    "names": names,
}
TASKS = {**MODELS, "transfers": transfers, "student-transfers": student_transfers, "soft": soft}


def main() -> int:
    """Train the named models (default: all) and print their metrics as JSON."""
    parser = argparse.ArgumentParser(prog="python -m toneguard.training", description=__doc__)
    parser.add_argument(
        "model", nargs="*", metavar="MODEL", help=f"one or more of {', '.join(TASKS)} (default: {', '.join(MODELS)})"
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the labelled data")
    parser.add_argument(
        "--models", type=Path, default=Path("models"), help="the folder of the models (default: models)"
    )
    parser.add_argument(
        "--base", type=Path, default=Path("out/base"), help="where the base encoder's package lies (default: out/base)"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("out/encoder"), help="checkpoints of the encoder (default: out/encoder)"
    )
    parser.add_argument("--out", type=Path, default=Path("out/soft.npz"), help="soft labels (default: out/soft.npz)")
    arguments = parser.parse_args()
    unknown = set(arguments.model) - set(TASKS)
    if unknown:
        parser.error(f"there is no model {sorted(unknown)[0]!r}; there are {', '.join(TASKS)}")
    for name in arguments.model or MODELS:
        report = TASKS[name](arguments)
        sys.stdout.write(json.dumps({name: report}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
