"""Writes ``resources/data/english.txt``: words of ordinary written service, by which English is told cheaply.

    python -m toneguard.training.english_words [--corpora DIR] [--check]

Read are texts that were written for this project: ``clean/replies.jsonl`` and ``service/train``. Written are words of
four letters and more that at least two texts hold; shorter ones stand in too many languages. The same corpora give the
same bytes; ``--check`` writes nothing and exits 1 if the file is not what would be written.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from toneguard.documents.folding import fold
from toneguard.resources.english import DATA

FILES = ("clean/replies.jsonl", "service/train/customers.jsonl", "service/train/replies.jsonl")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
LETTERS = 4
TEXTS = 2


def main() -> int:
    """Write the file, or with ``--check`` compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpora", type=Path, default=Path("corpora"), help="the folder of the corpora (default: corpora)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs")
    arguments = parser.parse_args()
    wanted = ("\n".join(build(arguments.corpora)) + "\n").encode("ascii")
    if arguments.check:
        return int(not DATA.exists() or DATA.read_bytes() != wanted)
    DATA.write_bytes(wanted)
    sys.stdout.write(f"{DATA}: {len(wanted)} bytes\n")
    return 0


def build(corpora: Path) -> list[str]:
    """The words, in alphabetical order."""
    found: Counter[str] = Counter()
    for name in FILES:
        for line in (corpora / name).read_text(encoding="utf-8").splitlines():
            found.update(set(WORD.findall(fold(json.loads(line)["text"]))))
    return sorted(word for word, texts in found.items() if texts >= TEXTS and len(word) >= LETTERS)


if __name__ == "__main__":
    sys.exit(main())
