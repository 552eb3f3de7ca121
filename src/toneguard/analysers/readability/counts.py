"""What the formulas count: words by sentence, then syllables, letters, hard and long words of the prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from toneguard.documents import Document, Kind, PartKind
from toneguard.findings import Span
from toneguard.resources import syllables

# Looking up a member of an enumeration costs more than counting a word.
WORD, NUMBER = Kind.WORD, Kind.NUMBER
BODY, GREETING, SIGN_OFF, QUOTED = PartKind.BODY, PartKind.GREETING, PartKind.SIGN_OFF, PartKind.QUOTED
LONG_WORD = 7
"""Letters of a long word in LIX and RIX ("more than six letters")."""
POLYSYLLABLE = 3
SAID_ENDINGS = ("ing", "ted", "ded", "ses", "zes", "xes", "ches", "shes", "ges", "ces")
"""Endings -ing, -ed and -es where they are a syllable."""


Borders = tuple[int, int, int]
"""Where the own text ends, the greeting ends and the sign-off begins."""


class Sentence(NamedTuple):
    """Sentence that holds a word: its place, its tokens ``first`` up to ``last``, and how many are words."""

    span: Span
    first: int
    last: int
    words: int
    prose: bool
    """Not wholly in greeting or sign-off: such sentences are what the formulas measure."""


new_sentence = partial(tuple.__new__, Sentence)
"""A sentence of its five fields, given as one tuple."""


class Tally(NamedTuple):
    """Counts of one sentence, or of many added up. Formulas name a count by its position."""

    sentences: int
    words: int
    syllables: int
    characters: int
    letters: int
    complex_words: int
    polysyllables: int
    long_words: int


class Prose(NamedTuple):
    """Counts of the prose: in all, by sentence, and the squares (by position) that a variance needs."""

    total: Tally
    sentences: tuple[Tally, ...]
    squares: dict[int, int]


def outline(document: Document, edges: Borders | None = None) -> list[Sentence]:
    """Sentences that were written here and hold a word, in order; quoted history is left out.

    ``edges`` are the document's, where somebody has found them already.
    """
    starts = document.tokens.starts
    kinds = document.tokens.kinds
    count, size = kinds.count, len(kinds)
    own_end, greeting_end, sign_off = edges or borders(document)
    found: list[Sentence] = []
    first = 0
    for span in document.sentences:
        start, end = span
        if start >= own_end:
            break
        if end > own_end:
            end = own_end
            span = Span(start, end)
        if first < size and starts[first] < start:
            first = bisect_left(starts, start, first)
        last = bisect_left(starts, end, first)
        if last - first > 2 and kinds[first] == NUMBER and numbers_an_item(document, first):
            first += 1
        words = count(WORD, first, last) + count(NUMBER, first, last)
        if words:
            found.append(new_sentence((span, first, last, words, end > greeting_end and start < sign_off)))
        first = last
    return found


def borders(document: Document) -> Borders:
    """Where the own text ends, the greeting ends and the sign-off begins."""
    own_end = sign_off = len(document.folded)
    if len(document.parts) == 1 and document.parts[0].kind is BODY:  # as of most messages
        return own_end, 0, own_end
    greeting_end = 0
    for kind, span in document.parts:
        if kind is GREETING:
            greeting_end = span.end
        elif kind is SIGN_OFF:
            sign_off = span.start
        elif kind is QUOTED:
            own_end = span.start
    return own_end, greeting_end, sign_off if sign_off < own_end else own_end


def numbers_an_item(document: Document, first: int) -> bool:
    """Whether the number that begins a sentence only numbers a list item ("1. Open the app") and is no word."""
    tokens = document.tokens
    return (
        tokens.terms[first + 1] in (".", ")")
        and tokens.starts[first + 1] == tokens.ends[first]
        and tokens.ends[first] - tokens.starts[first] < 3
    )


def tally(document: Document, sentences: Sequence[Sentence]) -> Prose:
    """Count these sentences."""
    rows: list[Tally] = []
    squares = {2: 0, 3: 0, 4: 0}
    for sentence in sentences:
        row = tally_sentence(document, sentence, squares)
        rows.append(row)
    return Prose(Tally(*map(sum, zip(*rows, strict=True))), tuple(rows), squares)


def tally_sentence(document: Document, sentence: Sentence, squares: dict[int, int]) -> Tally:
    """Count one sentence; add the squares of its words to ``squares``."""
    text, folded, tokens = document.message.text, document.folded, document.tokens
    (start, end), first, last, words, _ = sentence
    # In a shouted sentence capitals tell neither acronyms nor names.
    shouted = words > 2 and text[start:end].isupper()
    said = lettered = digits = complex_words = polysyllables = long_words = 0
    said_squares = lettered_squares = digits_squares = 0
    first_word = True
    cached = syllables.count_cached  # without the check of length, which costs a call a word
    longest = syllables.LONGEST_WORD
    for word, kind, start, end in zip(
        tokens.terms[first:last], tokens.kinds[first:last], tokens.starts[first:last], tokens.ends[first:last],
        strict=True,
    ):  # fmt: skip
        if kind == WORD:
            surface = word if shouted else text[start:end]
            letters = len(word) if word.isalpha() else sum(map(str.isalpha, word))
        elif kind == NUMBER:
            surface = folded[start:end]
            letters = sum(map(str.isalpha, surface))
            characters = sum(map(str.isalnum, surface))
            digits += characters - letters
            digits_squares += characters * characters - letters * letters
        else:
            continue
        number = cached(surface) if end - start <= longest else syllables.count(surface)
        if number >= POLYSYLLABLE:
            polysyllables += 1
            # Numerals are no hard words; capitals inside a sentence are names, and so are
            # acronyms at its start.
            named = not shouted and surface[0].isupper() and (not first_word or (len(word) > 1 and surface.isupper()))
            if kind == WORD and not named and is_complex(word, number):
                complex_words += 1
        if letters >= LONG_WORD:
            long_words += 1
        said += number
        lettered += letters
        said_squares += number * number
        lettered_squares += letters * letters
        first_word = False
    squares[2] += said_squares
    squares[3] += lettered_squares + digits_squares
    squares[4] += lettered_squares
    return Tally(1, words, said, lettered + digits, lettered, complex_words, polysyllables, long_words)


def is_complex(word: str, number: int) -> bool:
    """Whether Gunning would count this word of ``number`` (three or more) syllables as hard.

    He leaves out what is three syllables long only by its ending (creat-ed, process-es, process-ing) and
    combinations of short words, which here are the hyphenated ones.
    """
    if word.endswith(SAID_ENDINGS):
        number -= 1
    if number < POLYSYLLABLE:
        return False
    return "-" not in word or any(syllables.count(part) >= POLYSYLLABLE for part in word.split("-") if part)
