"""The look of what was written here: marks and capitals, counted once for every analyser that asks."""

from __future__ import annotations

import re

from toneguard.documents.document import Document

REPEATED = re.compile("[!?]{2,}")
FOUR_CAPITALS = re.compile("[A-Z]{4}")
SHOUTED = re.compile(r"\b[A-Z]{4,}\b")


def look(document: Document) -> dict[str, int]:
    """How many question marks, exclamation marks, runs of them ("!!", "?!") and words in capitals (four and more)."""
    text, folded, end = document.text, document.folded, document.own_end
    questions, exclamations = folded.count("?", 0, end), folded.count("!", 0, end)
    return {
        "question_marks": questions,
        "exclamation_marks": exclamations,
        "repeated_marks": len(REPEATED.findall(folded, 0, end)) if questions + exclamations > 1 else 0,
        "shouting": len(SHOUTED.findall(text, 0, end)) if FOUR_CAPITALS.search(text, 0, end) else 0,
    }
