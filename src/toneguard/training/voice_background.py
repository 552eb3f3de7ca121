"""Writes ``resources/data/voice_background.json``: the service replies that a brand voice is held against.

    python -m toneguard.training.voice_background [--corpora DIR] [--check]

Read are replies that were written for this project: ``clean/replies.jsonl`` and the agents' messages of
``demo/archive.jsonl``. Written are counts, never a text: in how many replies each common phrase occurs,
without names and numbers, and for every second reply its style features and the numbers of its common
phrases. The same corpora give the same bytes; ``--check`` writes nothing and exits 1 if the file is not what
would be written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from toneguard.analysers.brand_voice.features import FEATURES, VERSION
from toneguard.analysers.brand_voice.fit import BACKGROUND
from toneguard.analysers.brand_voice.style import ENOUGH_WORDS, count
from toneguard.analysers.brand_voice.vocabulary import (
    ENOUGH_REPLIES,
    document_counts,
    may_be_learnt,
    names_in,
    shown,
)
from toneguard.documents import parse
from toneguard.messages import Message

FILES = ("clean/replies.jsonl", "demo/archive.jsonl")
EVERY = 2
"""Every second reply is kept as counts: enough negatives for a fit, half the size."""


def main() -> int:
    """Write the file, or with ``--check`` compare it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--corpora", type=Path, default=Path("corpora"), help="the folder of the corpora (default: corpora)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs")
    arguments = parser.parse_args()
    wanted = (json.dumps(build(arguments.corpora), separators=(",", ":")) + "\n").encode("ascii")
    if arguments.check:
        return int(not BACKGROUND.exists() or BACKGROUND.read_bytes() != wanted)
    BACKGROUND.parent.mkdir(exist_ok=True)
    BACKGROUND.write_bytes(wanted)
    sys.stdout.write(f"{BACKGROUND}: {len(wanted)} bytes\n")
    return 0


def build(corpora: Path) -> dict[str, Any]:
    """Give the content of the file."""
    documents = [parse(Message(text)) for text in replies(corpora)]
    counted = [count(document) for document in documents]
    kept = [
        (document, counts)
        for document, counts in zip(documents, counted, strict=True)
        if counts.words >= ENOUGH_WORDS
    ]
    totals = document_counts(counts.phrases() for _, counts in kept)
    names = names_in([document for document, _ in kept])
    phrases = [p for p, number in totals.items() if number >= ENOUGH_REPLIES and may_be_learnt(p, names)]
    phrases.sort(key=shown)
    index = {phrase: number for number, phrase in enumerate(phrases)}
    rows = [
        {
            "values": [[place, round(value, 3)] for place, value in enumerate(counts.values) if value],
            "phrases": [index[phrase] for phrase in counts.phrases() if phrase in index],
        }
        for _, counts in kept[::EVERY]
    ]
    return {
        "sources": {name: hashlib.sha256((corpora / name).read_bytes()).hexdigest() for name in FILES},
        "features": VERSION,
        "size": len(kept),
        "styles": [feature.name for feature in FEATURES],
        "phrases": [shown(phrase) for phrase in phrases],
        "counts": [totals[phrase] for phrase in phrases],
        "replies": rows,
    }


def replies(corpora: Path) -> list[str]:
    """Give the agents' texts of the corpora, in their order."""
    texts = []
    for name in FILES:
        for line in (corpora / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("author_role", "agent") == "agent":
                texts.append(row["text"])
    return texts


if __name__ == "__main__":
    sys.exit(main())
