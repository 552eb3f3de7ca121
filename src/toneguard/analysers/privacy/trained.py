"""Names that a trained spaCy pipeline reads: a layer that a standard may ask for, beside our own cues.

Pipelines for general English take brands and places for people and miss names in small letters, so what only they see
is the weakest kind of finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import PACK, POSSIBLE, Entity
from toneguard.documents import Document
from toneguard.findings import Span
from toneguard.resources.names import NOT_NAMES, TITLES

PERSONS = frozenset({"PERSON", "PER"})
"""What pipelines call people: those trained on OntoNotes, and on most other corpora."""
READ_BY_PIPELINE = "read as a person by a trained pipeline"
TAIL = re.compile(r"(?:['’]s)?[\W_]*\Z")
NO_NAME = re.compile(r"[\d@/<>_#:]")
WORD = re.compile(r"[^\W\d_]+")


def find_trained_names(document: Document) -> Iterator[Entity]:
    """People among the layer ``entities``, without titles, signs and a possessive at their edges."""
    for seen in document.entities:
        if seen.label in PERSONS and (place := trimmed(document.folded, *seen.span)):
            value = " ".join(document.folded[slice(*place)].replace(".", " ").split())
            yield Entity(PACK + "person-name", place, value, POSSIBLE, (READ_BY_PIPELINE,))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The place of the name itself, or None where there is none."""
    for match in WORD.finditer(text, start, end):
        if match.group() not in TITLES:
            break
        start = match.end()
    written = text[start:end]
    left = next((index for index, character in enumerate(written) if character.isalpha()), len(written))
    name = TAIL.sub("", written[left:])
    words = WORD.findall(name)
    if len(name) < 2 or NO_NAME.search(name) or NOT_NAMES.issuperset(words):
        return None
    return Span(start + left, start + left + len(name))
