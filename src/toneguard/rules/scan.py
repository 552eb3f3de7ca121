"""One scan over a text for all the patterns of many keys (rules, contexts, cues)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from toneguard.rules.phrases import Pattern


class Scanner:
    """Patterns by key; :meth:`find` gives matches, running only the expressions whose literals stand in the text.

    The literals are found in one pass (Aho-Corasick), so a hundred more rules cost next to nothing on a text that
    has none of their words.
    """

    def __init__(self, patterns: Mapping[str, Iterable[Pattern]]) -> None:
        self.patterns = {key: tuple(given) for key, given in patterns.items()}
        by_literal: dict[str, list[int]] = {}
        self.expressions: list[re.Pattern[str]] = []
        self.keys: list[str] = []
        for key, given in self.patterns.items():
            if not given:
                continue
            index = len(self.keys)
            self.keys.append(key)
            self.expressions.append(re.compile("|".join(f"(?:{pattern.source})" for pattern in given)))
            for literal in frozenset().union(*(pattern.literals for pattern in given)):
                by_literal.setdefault(literal, []).append(index)
        self.literals = list(by_literal)
        self.owners = [tuple(by_literal[literal]) for literal in self.literals]
        self.automaton = self.build()

    def build(self) -> Any:
        """The automaton over the literals (it cannot be pickled, so it is made anew on the other side)."""
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self.literals) if self.literals else None

    def __getstate__(self) -> dict[str, Any]:
        return {"patterns": self.patterns}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["patterns"])  # type: ignore[misc]

    def candidates(self, folded: str) -> list[int]:
        """Indexes of the keys that may match, in their order."""
        if self.automaton is None:
            return []
        hit: set[int] = set()
        # Lone surrogates have no UTF-8 form; a stand-in of the same length keeps every offset.
        text = folded if folded.isascii() else SURROGATES.sub("\ufffd", folded)
        for literal, _, _ in self.automaton.find_matches_as_indexes(text, overlapping=True):
            hit.update(self.owners[literal])
        return sorted(hit)

    def find(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
        """Key, start and end of every match in ``folded[start:end]``, key by key, in their order."""
        stop = len(folded) if end is None else end
        for index in self.candidates(folded):
            key = self.keys[index]
            for match in self.expressions[index].finditer(folded, start, stop):
                if match.end() > match.start():
                    yield key, match.start(), match.end()

    def first(self, folded: str, start: int = 0, end: int | None = None) -> dict[str, tuple[int, int]]:
        """The first match of each key that matches."""
        found: dict[str, tuple[int, int]] = {}
        stop = len(folded) if end is None else end
        for index in self.candidates(folded):
            match = self.expressions[index].search(folded, start, stop)
            if match and match.end() > match.start():
                found[self.keys[index]] = match.span()
        return found


SURROGATES = re.compile("[\ud800-\udfff]")
