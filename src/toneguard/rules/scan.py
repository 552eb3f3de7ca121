"""One scan over a text for all the patterns of many keys (rules, contexts, cues)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from operator import itemgetter
from typing import Any

from toneguard.documents.folding import spaced
from toneguard.findings import Span
from toneguard.rules.phrases import COMMON, Pattern, rare

SURROGATES = re.compile("[\ud800-\udfff]")


class Scanner:
    """Patterns by key; :meth:`find` gives matches, running only the expressions whose literals stand in the text.

    The literals of all patterns are found in one pass (Aho-Corasick) over the text's words; those with punctuation need
    another, over the text itself. An expression is tried where all the literals that it requires were
    met, and compiled when that first happens; so a hundred more rules cost next to nothing on a text that has none of
    their words.
    """

    def __init__(self, patterns: Mapping[str, Iterable[Pattern]]) -> None:
        self.patterns = {key: tuple(given) for key, given in patterns.items()}
        self.keys: list[str] = []
        self.sources: list[Pattern] = []
        self.compiled: list[re.Pattern[str] | None] = []
        numbers: dict[tuple[bool, str], int] = {}
        owners: list[list[tuple[int, tuple[frozenset[int], ...]]]] = []
        self.orders: list[tuple[Step, ...]] = []
        for key, given in self.patterns.items():
            for pattern in given:
                index = len(self.keys)
                self.keys.append(key)
                self.sources.append(pattern)
                self.compiled.append(None)
                first = rare(pattern.required)
                phrase = pattern.bare is not None
                sets: dict[frozenset[str], frozenset[int]] = {}
                # Words that stand everywhere tell nothing, unless a pattern is made of nothing else.
                only_common = not first.isdisjoint(COMMON)
                telling = (
                    need for need in pattern.required if need is not first and (only_common or need.isdisjoint(COMMON))
                )
                for need in (first, *telling):
                    looked_for = {(True, literal) if phrase else by_words(literal) for literal in need}
                    for literal in looked_for:
                        if literal not in numbers:
                            numbers[literal] = len(numbers)
                            owners.append([])
                    sets[need] = frozenset(numbers[literal] for literal in looked_for)
                for number in sets[first]:
                    owners[number].append((index, tuple(also for need, also in sets.items() if need is not first)))
                several = len(pattern.required) > 1
                self.orders.append(tuple((need, sets.get(need)) for need in pattern.required) if several else ())
        self.literals = [literal for _, literal in numbers]
        self.owners = [tuple(owned) for owned in owners]
        """By literal, the patterns to try where it is met, each with what else must be."""
        self.words = Automaton({literal: number for (words, literal), number in numbers.items() if words})
        signs = {literal: number for (words, literal), number in numbers.items() if not words}
        self.signs = Signs(signs) if signs else None

    def __getstate__(self) -> dict[str, Any]:
        return {"patterns": self.patterns}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["patterns"])  # type: ignore[misc]

    def candidates(self, folded: str, words: str) -> list[int]:
        """Indexes of the patterns that may match, in their order: all that they require stands there, in its order."""
        if not self.sources:
            return []
        met = self.words.met(words)
        if self.signs is not None:
            met |= self.signs.met(folded)
        found: list[int] = []
        owners = self.owners
        for number in met:
            for index, needs in owners[number]:
                for need in needs:
                    if need.isdisjoint(met):
                        break
                else:
                    found.append(index)
        orders = self.orders
        return [index for index in sorted(set(found)) if not orders[index] or self.in_order(index, met, words)]

    def in_order(self, index: int, met: Set[int], words: str) -> bool:
        """Whether what a pattern requires stands among the words in its order; ``met`` are the literals that do."""
        return in_order(
            (
                need if numbers is None else [self.literals[number] for number in numbers & met]
                for need, numbers in self.orders[index]
            ),
            words,
        )

    def find(
        self,
        folded: str,
        start: int = 0,
        end: int | None = None,
        *,
        words: str | None = None,
        written: str | None = None,
    ) -> Iterator[tuple[str, int, int]]:
        """Key, start and end of every match in ``folded[start:end]``, pattern by pattern, in their order.

        ``words`` are ``Document.spaced``, if at hand; ``written`` is the text before it was folded, for expressions in
        which case matters.
        Matches of one pattern do not overlap; those of several patterns of a key may.
        """
        stop = len(folded) if end is None else end
        if words is None:
            words = spaced(folded)
        for index in self.candidates(folded, words):
            pattern = self.sources[index]
            expression = self.compiled[index]
            if expression is None:
                expression = self.compiled[index] = compiled(pattern.bare or pattern.source)
            subject = written if pattern.exact and written is not None else folded
            position = start
            search = expression.search
            while match := search(subject, position, stop):
                began, ended = match.span()
                if pattern.bare is not None and began and is_word(folded[began - 1]):
                    position = began + 1
                    continue
                if ended > began:
                    yield self.keys[index], began, ended
                position = max(ended, began + 1)


Step = tuple[frozenset[str], frozenset[int] | None]
"""Literals of which one is required, and their numbers, if the automata look for them."""


@cache
def compiled(source: str) -> re.Pattern[str]:
    """The expression, compiled once for all that share it."""
    return re.compile(source)


def in_order(required: Iterable[Iterable[str]], words: str) -> bool:
    """Whether the words that a phrase requires stand in its order; ``words`` are ``Document.spaced``.

    Two in three texts that have the words of a long phrase have them somewhere else, and asking here costs much less
    than compiling the phrase's expression and running it.
    """
    find = words.find
    position = 0
    for need in required:
        nearest = -1
        for literal in need:
            place = find(literal, position)
            if place >= 0 and (nearest < 0 or place < nearest):
                nearest = place
        if nearest < 0:
            return False
        position = nearest + 1  # the next may begin with the space that this one ends with
    return True


def by_words(literal: str) -> tuple[bool, str]:
    """How to look for a literal of a raw expression: words (in a row) among the words, anything else in the text."""
    return all(map(is_word, literal.replace(" ", ""))), literal


LITERAL = itemgetter(0)
"""Which literal a match is of."""


class Automaton:
    """Literals, each with a number; says which of them stand in a text."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        from ahocorasick_rs import AhoCorasick

        self._numbers = list(numbers.values())
        self._automaton = AhoCorasick(list(numbers)) if numbers else None

    def met(self, text: str) -> set[int]:
        """The numbers of the literals that stand in ``text``."""
        if self._automaton is None:
            return set()
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return set(map(self._numbers.__getitem__, map(LITERAL, matches)))


class Signs:
    """Literals with punctuation or emoji in them, each with a number.

    Texts in ASCII, which are most, have few of the signs that these literals have: it is quicker to look for these.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._any = Automaton(numbers)
        by_sign: dict[str, list[tuple[str, int]]] = {}
        for literal, number in numbers.items():
            if literal.isascii():
                sign = next(character for character in literal if not is_word(character) and character != " ")
                by_sign.setdefault(sign, []).append((literal, number))
        self._by_sign = tuple(by_sign.items())

    def met(self, text: str) -> set[int]:
        """The numbers of the literals that stand in ``text``."""
        if not text.isascii():
            # Lone surrogates have no UTF-8 form, which the automaton works on.
            return self._any.met(SURROGATES.sub("\ufffd", text))
        found: set[int] = set()
        for sign, literals in self._by_sign:
            if sign in text:
                found.update([number for literal, number in literals if literal in text])
        return found


def is_word(character: str) -> bool:
    """Whether a regular expression would call the character part of a word."""
    return character.isalnum() or character == "_"


def longest_first(spans: Sequence[Span]) -> Sequence[Span]:
    """The spans without those that overlap an earlier one; of several that begin together the longest."""
    if len(spans) < 2:
        return spans
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
