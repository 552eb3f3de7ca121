"""Style features: how a reply is written, as numbers with names that a manager understands.

They are counted from the shared Document. None depends on what a reply is about: no topic words, no names,
and not the length of the whole reply, which belongs to the channel more than to the voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from math import log1p, sqrt
from typing import NamedTuple

from toneguard.analysers.brand_voice.features import WORD_CLASSES
from toneguard.documents import Document, Kind, PartKind

# Looking a member up in its enumeration costs more than the rest of a loop's step.
WORD, EMOJI, EMOTICON, HASHTAG = Kind.WORD, Kind.EMOJI, Kind.EMOTICON, Kind.HASHTAG
GREETING, BODY, SIGN_OFF = PartKind.GREETING, PartKind.BODY, PartKind.SIGN_OFF

START = "<s>"
"""Stands before the first token of a sentence, so that "sorry" as an opening is a phrase of its own."""

ENOUGH_WORDS = 5
"""Words below which a reply has no voice to speak of."""

N_CLASSES = len(WORD_CLASSES)
CLASSES: dict[str, tuple[int, ...]] = {}
for _index, _feature in enumerate(WORD_CLASSES):
    for _word in _feature.words.split():
        CLASSES[_word] = (*CLASSES.get(_word, ()), _index)

SUBJECTS = (("i", "we", "you", "they"), ("it", "that", "there", "he", "she"))
VERBS = (("am", "are", "have", "will", "would"), ("is", "has", "will"))
BEFORE_NOT = "do does did could would should is are was were have has had will can"
FULL_FORMS = frozenset(
    [(subject, verb) for subject in SUBJECTS[0] for verb in VERBS[0]]
    + [(subject, verb) for subject in SUBJECTS[1] for verb in VERBS[1]]
    + [(verb, "not") for verb in BEFORE_NOT.split()]
    + [("let", "us")]
)
GREETINGS = "hi hiya hello hey heya dear good greetings morning afternoon evening g'day gday"
NOT_NAMES = "there all team everyone folks again sir madam or and day"
GREETING_WORDS = frozenset(GREETINGS.split())
NO_NAMES = GREETING_WORDS | frozenset(NOT_NAMES.split())
CAPITALS = re.compile(r"[A-Z][A-Z][A-Z]+\b")
LIST_ITEM = re.compile(r"^[ \t]*(?:[-*•·–]|\d{1,2}[.)])[ \t]", re.MULTILINE)
STOPS = frozenset(".,!?;:")
MANY = 200
LOGS = [log1p(number) for number in range(MANY)]
"""Logarithms of one more than a count, for all but the longest replies."""


class Counted(NamedTuple):
    """What was counted in one document.

    ``values`` holds one finite number per feature (0 or more), in the order of ``FEATURES``. ``terms`` are
    the tokens before quoted history, ``pairs`` the same two by two, and ``openers`` the index of each
    sentence's first token. ``words`` says how many tokens are words.
    """

    values: list[float]
    terms: tuple[str, ...]
    pairs: list[tuple[str, str]]
    openers: list[int]
    words: int

    def phrases(self) -> list[str | tuple[str, str]]:
        """Every word, pair of neighbours and sentence opening once, in the order in which they stand."""
        found: dict[str | tuple[str, str], None] = dict.fromkeys(self.terms)
        found.update(dict.fromkeys(self.pairs))
        for opener in self.openers:
            found[START, self.terms[opener]] = None
        return list(found)


def count(document: Document) -> Counted:
    """Count every feature of the writer's own text (quoted history is left out)."""
    terms, kinds, starts, _ = columns(document)
    size = len(terms)
    own_end = document.own_end
    text = document.message.text
    sums = [0] * N_CLASSES
    for classes in filter(None, map(CLASSES.get, terms)):
        for index in classes:
            sums[index] += 1

    openers: list[int] = []
    longest = sentences = lower = previous = 0
    for start, end in document.sentences:
        if start >= own_end:
            break
        upto = bisect_left(starts, end, previous, size)
        if upto > previous:
            openers.append(previous)
            sentences += 1
            if upto - previous > longest:
                longest = upto - previous
            lower += text[start].islower()
            previous = upto

    words = kinds.count(WORD)
    marks = size - words
    pairs = list(zip(terms, terms[1:]))  # noqa: B905, RUF007 (itertools.pairwise is slower here)
    root = sqrt(sentences or 1)
    # A rate per sentence, softened: the second "!" says less than the first.
    values = [LOGS[total] / root for total in sums] if size < MANY else [log1p(n) / root for n in sums]
    ascii_text = document.folded.isascii()
    values += (
        log1p(sum(map(FULL_FORMS.__contains__, pairs))) / root,
        0.0 if ascii_text else log1p(kinds.count(EMOJI)) / root,
        log1p(kinds.count(EMOTICON)) / root if ":" in text or ";" in text or "=" in text else 0.0,
        log1p(kinds.count(HASHTAG)) if "#" in text else 0.0,
        log1p(names_in_passing(terms, kinds, starts, text)) / root,
        log1p(size / (sentences or 1)),
        log1p(longest),
        1.0 if sentences <= 1 else 0.0,
        (sum(map(len, terms)) - marks) / words if words else 0.0,
        log1p(len(CAPITALS.findall(text, 0, own_end))) / root,
        lower / (sentences or 1),
    )
    values += ends(document, terms, starts, own_end)
    return Counted(values, terms, pairs, openers, words)


def columns(document: Document) -> tuple[tuple[str, ...], bytes, tuple[int, ...], tuple[int, ...]]:
    """Terms, kinds, starts and ends of the tokens before quoted history."""
    tokens = document.tokens
    if document.own_end >= len(document.folded):
        return tokens.terms, tokens.kinds, tokens.starts, tokens.ends
    size = bisect_left(tokens.starts, document.own_end)
    return tokens.terms[:size], tokens.kinds[:size], tokens.starts[:size], tokens.ends[:size]


def ends(
    document: Document, terms: tuple[str, ...], starts: tuple[int, ...], own_end: int
) -> tuple[float, ...]:
    """How the reply begins and ends: the last of :data:`OTHERS`."""
    text = document.message.text
    hail = closing = last = ""
    by_name = exclaimed = signs = 0.0
    for part, (start, end) in document.parts:
        if part is BODY:
            last = text[max(start, end - 20) : end].rstrip()[-1:]
        elif part is GREETING:
            hail = "other"
            for term in terms[: bisect_left(starts, end, 0, min(len(starts), 12))]:
                if term in GREETING_WORDS:
                    hail = term if hail == "other" else hail
                elif term not in NO_NAMES and term.isalpha():
                    by_name = 1.0
            exclaimed = 1.0 if "!" in text[start:end] else 0.0
        elif part is SIGN_OFF:
            signs = 1.0
            closing = document.folded[start : min(end, start + 80)]
    lines = text.count("\n", 0, own_end)
    return (
        1.0 if hail else 0.0,
        1.0 if hail == "hi" or hail == "hiya" else 0.0,
        1.0 if hail == "hello" else 0.0,
        1.0 if hail == "hey" or hail == "heya" else 0.0,
        1.0 if hail == "dear" else 0.0,
        by_name,
        exclaimed,
        signs,
        1.0 if "regards" in closing else 0.0,
        1.0 if "thank" in closing or "cheers" in closing else 0.0,
        0.0 if last in ".!?…" else 1.0,
        1.0 if last == "!" else 0.0,
        1.0 if last == "?" else 0.0,
        log1p(lines),
        1.0 if lines and LIST_ITEM.search(text, 0, own_end) else 0.0,
    )


def names_in_passing(
    terms: tuple[str, ...], kinds: bytes, starts: tuple[int, ...], text: str
) -> int:
    """How often a capitalised word stands between a comma and a stop, as in "Thanks, Priya!"."""
    found = 0
    last = len(terms) - 1
    position = -1
    for _ in range(terms.count(",")):
        position = terms.index(",", position + 1)
        following = position + 1
        if (
            following <= last
            and kinds[following] == WORD
            and text[starts[following]].isupper()
            and (following == last or terms[following + 1][0] in STOPS)
        ):
            found += 1
    return found
