"""One scan over a text for all the patterns of many keys (rules, contexts, cues)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from toneguard.documents.folding import spaced
from toneguard.rules.phrases import COMMON, Pattern, rare

SURROGATES = re.compile("[\ud800-\udfff]")


class Scanner:
    """Patterns by key; :meth:`find` gives matches, running only the expressions whose literals stand in the text.

    The literals of all phrases are found in one pass (Aho-Corasick), those of raw expressions in another. An expression
    is tried where all the literals that it requires were met, and compiled when that first happens; so a hundred more
    rules cost next to nothing on a text that has none of their words.
    """

    def __init__(self, patterns: Mapping[str, Iterable[Pattern]]) -> None:
        self.patterns = {key: tuple(given) for key, given in patterns.items()}
        self.keys: list[str] = []
        self.sources: list[Pattern] = []
        self.needs: list[tuple[frozenset[int], ...]] = []
        self.compiled: list[re.Pattern[str] | None] = []
        numbers: dict[tuple[bool, str], int] = {}
        self.owners: list[list[int]] = []
        for key, given in self.patterns.items():
            for pattern in given:
                index = len(self.keys)
                self.keys.append(key)
                self.sources.append(pattern)
                self.compiled.append(None)
                first = rare(pattern.required)
                words = pattern.bare is not None
                sets = []
                # Words that stand everywhere tell nothing, unless a pattern is made of nothing else.
                only_common = not first.isdisjoint(COMMON)
                telling = (
                    need for need in pattern.required if need is not first and (only_common or need.isdisjoint(COMMON))
                )
                for need in (first, *telling):
                    for literal in need:
                        if (words, literal) not in numbers:
                            numbers[words, literal] = len(numbers)
                            self.owners.append([])
                    sets.append(frozenset(numbers[words, literal] for literal in need))
                for number in sets[0]:
                    self.owners[number].append(index)
                self.needs.append(tuple(sets[1:]))
        self.words = Automaton({literal: number for (words, literal), number in numbers.items() if words})
        self.texts = Automaton({literal: number for (words, literal), number in numbers.items() if not words})

    def __getstate__(self) -> dict[str, Any]:
        return {"patterns": self.patterns}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["patterns"])  # type: ignore[misc]

    def candidates(self, folded: str, words: str) -> list[int]:
        """Indexes of the patterns that may match, in their order."""
        # Lone surrogates have no UTF-8 form, which the automaton works on; among ``words`` there are none.
        text = folded if folded.isascii() else SURROGATES.sub("\ufffd", folded)
        met = self.words.met(words) | self.texts.met(text)
        needs = self.needs
        found = [
            index
            for number in met
            for index in self.owners[number]
            if not needs[index] or not any(need.isdisjoint(met) for need in needs[index])
        ]
        return sorted(set(found))

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
        for index in self.candidates(folded, spaced(folded) if words is None else words):
            pattern = self.sources[index]
            expression = self.compiled[index]
            if expression is None:
                expression = self.compiled[index] = re.compile(pattern.bare or pattern.source)
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
        numbers = self._numbers
        return {numbers[match[0]] for match in self._automaton.find_matches_as_indexes(text, overlapping=True)}


def is_word(character: str) -> bool:
    """Whether a regular expression would call the character part of a word."""
    return character.isalnum() or character == "_"


def longest_first(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that overlap an earlier one; of several that begin together the longest."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
