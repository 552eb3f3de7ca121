"""What small words do to the words of feeling around them: which negate, which only compare, which contrast.

All take the terms (and kinds) of a document and positions in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from toneguard.documents import Kind
from toneguard.heads.feeling.published import NEGATED, NEVER_SO, WINDOW

COMPARING = frozenset({"never", "haven't", "hasn't", "hadn't", "havent", "hasnt", "hadnt"})
BEEN_THIS = (("been", "this"), ("felt", "this"))
ONLY = frozenset({"only", "just", "merely", "simply"})
NOT_CONTRASTING = frozenset({"nothing", "anything", "everything", "all", "none", "last"})
"""Before "but", these make it mean "except" ("nothing but trouble", "last but not least")."""
LOOK_BACK = 8
"""Terms before a "but" in which a "not only" is looked for."""


def negation(terms: tuple[str, ...], index: int, distance: int, first: int) -> float:
    """Say what the negation at ``index`` multiplies words of feeling by that begin at ``first``."""
    term = terms[index]
    between = terms[index + 1 : first]
    if term == "least":
        before = terms[index - 1] if index else ""
        return 1.0 if distance or before in ("at", "very", "not") else NEGATED
    if not between:
        return NEGATED
    if term in COMPARING and (
        between[0] == "this" or "so" in between or "such" in between or between[-2:] in BEEN_THIS
    ):
        return NEVER_SO  # "never so happy", "never had such poor service": a comparison, no denial
    if (
        (term == "without" and "doubt" in between)
        or (term == "nothing" and between[0] == "but")
        or (term == "not" and between[0] == "least")
        or denies_only(term, between[0])
    ):
        return 1.0
    return NEGATED


def denies_only(term: str, following: str) -> bool:
    """Say whether these are "not only", "isn't just" and the like."""
    return following in ONLY and (term == "not" or term.endswith("n't"))


def is_answer(kinds: bytes, index: int) -> bool:
    """Say whether the "no" here is an answer ("No, thanks"): a comma or stop comes after it."""
    return index + 1 < len(kinds) and kinds[index + 1] == Kind.PUNCTUATION


def no_negates(terms: Sequence[str], kinds: bytes, first: int, floor: int) -> bool:
    """Say whether a "no" up to two words before ``first``, or three with "or" in between, negates it."""
    words: list[int] = []
    index = first - 1
    while index >= floor and len(words) < WINDOW:
        if kinds[index] != Kind.PUNCTUATION:
            words.append(index)
        index -= 1
    reach = WINDOW if words and terms[words[0]] in ("or", "nor") else WINDOW - 1
    return any(terms[word] == "no" and not is_answer(kinds, word) for word in words[:reach])


def contrasts(terms: Sequence[str], index: int) -> bool:
    """Say whether the "but" here sets what follows against what came before."""
    if index and terms[index - 1] in NOT_CONTRASTING:
        return False
    return not any(denies_only(*pair) for pair in pairwise(terms[max(0, index - LOOK_BACK) : index]))
