"""``python -m toneguard.training MODEL... --data DIR [--models DIR]``: retrain models from named data."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from toneguard.training.heads import Recipe
from toneguard.training.recipes import RECIPES


def main() -> int:
    """Train the named models (default: all) and print their metrics as JSON."""
    parser = argparse.ArgumentParser(prog="python -m toneguard.training", description=__doc__)
    parser.add_argument("model", nargs="*", metavar="MODEL", help=f"one or more of {', '.join(RECIPES)} (default: all)")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the labelled data")
    parser.add_argument(
        "--models", type=Path, default=Path("models"), help="the folder of the models (default: models)"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.model) - set(RECIPES)
    if unknown:
        parser.error(f"there is no model {sorted(unknown)[0]!r}; there are {', '.join(RECIPES)}")
    for name in arguments.model or RECIPES:
        report = RECIPES[name](Recipe.read(arguments.models / name), arguments.data)
        sys.stdout.write(json.dumps({name: report}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
