"""The look of what was written here: marks and capitals, counted once for every analyser that asks."""

from __future__ import annotations

import re

from toneguard.documents.document import Document

REPEATED = re.compile("[!?]{2,}")
CAPITALS_ALONE = bytes(ord("A") if "A" <= chr(code) <= "Z" else ord(" ") for code in range(256))
SHOUTED = re.compile(r"\b[A-Z]{4,}\b")


def capitals(text: str) -> bytes:
    """An A for each capital (A to Z), a space for any other character: rows of them are found in this in no time."""
    return text.encode("ascii", "replace").translate(CAPITALS_ALONE)


def look(document: Document) -> dict[str, int]:
    """How many question marks, exclamation marks, runs of them ("!!", "?!") and words in capitals (four and more)."""
    text, folded, end = document.message.text, document.folded, document.own_end
    questions, exclamations = folded.count("?", 0, end), folded.count("!", 0, end)
    return {
        "question_marks": questions,
        "exclamation_marks": exclamations,
        "repeated_marks": len(REPEATED.findall(folded, 0, end)) if questions + exclamations > 1 else 0,
        "shouting": len(SHOUTED.findall(text, 0, end)) if b"AAAA" in capitals(text) else 0,
    }
