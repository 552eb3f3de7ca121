"""Readability analyser: from a document to its scores and findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say
from toneguard.analysers.readability import measures, passive, textstat_measures
from toneguard.analysers.readability.answer import answer_at
from toneguard.analysers.readability.counts import Borders, Sentence, borders, outline, tally
from toneguard.analysers.readability.formulas import (
    ENOUGH_WORDS,
    FORMULAS,
    SMOG,
    SMOG_SENTENCES,
    SURE_WORDS,
    score,
    sized,
)
from toneguard.documents import Document
from toneguard.documents.language import ENGLISH
from toneguard.documents.sentences import BULLET, WRAP_WIDTH
from toneguard.errors import SettingsError
from toneguard.findings import (
    Analysis,
    Contribution,
    Finding,
    Measure,
    Score,
    Span,
    new_analysis,
    new_contribution,
    new_score,
)
from toneguard.messages import Role
from toneguard.resources.settings import suggest

LONG_SENTENCE = "clarity/long-sentence"
BURIED_ANSWER = "clarity/buried-answer"
WALL_OF_TEXT = "clarity/wall-of-text"
MOST_WORDS_A_SENTENCE = 35
MOST_WORDS_A_PARAGRAPH = 120
BURIED_AFTER = 60
"""Words of greeting and preface after which an answer is buried."""
WIDEST_WRAP = 100
"""Mail program wraps lines before this many characters; a line break after a longer line is its writer's."""

NO_WORDS = "there are no words"
NO_ANSWER = "only greeting, thanks, apology or preface"
OPTIONS = ("smog_sentences", "textstat")

AGENT = Role.AGENT
WORDS_OF = itemgetter(Sentence._fields.index("words"))


class Readability:
    """How hard a message is to read, and where in it the answer stands.

    ``textstat`` names measures of textstat to serve too; ``smog_sentences`` is how many sentences SMOG needs.
    """

    name = "readability"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language"})
    measures: tuple[Measure, ...] = (*measures.OWN, *textstat_measures.MEASURES)
    rules = frozenset({LONG_SENTENCE, BURIED_ANSWER, WALL_OF_TEXT})

    def __init__(self, *, textstat: Sequence[str] = (), smog_sentences: int = SMOG_SENTENCES) -> None:
        self.textstat = tuple(textstat)
        self.smog_sentences = smog_sentences
        self.weights: Mapping[str, str] = {}
        self._unasked = tuple(
            unasked for name, unasked in textstat_measures.UNASKED.items() if name not in self.textstat
        )

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One analysis per document, in order."""
        return [self._analyse(document) for document in documents]

    def _analyse(self, document: Document) -> Analysis:
        edges = borders(document)
        sentences = outline(document, edges)
        if not sentences:
            return Analysis(self.name, self.version, (*self._without_words(document), *self._unasked))
        words = sum(map(WORDS_OF, sentences))
        longest = max(sentences, key=WORDS_OF)
        quoted = document.own_end < len(document.folded)
        scores = [
            count_score("words", words, quoted),
            count_score("sentences", len(sentences), quoted),
            longest_score(longest),
        ]
        if document.language not in ENGLISH:
            return Analysis(self.name, self.version, (*scores, *not_english(self.textstat), *self._unasked))
        prose = [sentence for sentence in sentences if sentence.prose]
        scores += self._grades(document, prose, len(prose) < len(sentences))
        scores.append(passive_score(document, prose))
        answer = answer_at(document, sentences, edges)
        scores.append(answer_score(answer[0], answer[1].span) if answer else UNANSWERED)
        if self.textstat:
            scores += self._textstat(document, prose)
        findings: tuple[Finding, ...] = ()
        if document.message.role is AGENT:
            findings = tuple(find(document, sentences, edges, longest.words, words, answer))
        return new_analysis((self.name, self.version, (*scores, *self._unasked), findings))

    def _without_words(self, document: Document) -> list[Score]:
        """Scores of a message in which nothing was said in words."""
        reason = NO_WORDS if document.folded.strip() else NO_TEXT
        asked = [textstat_measures.PREFIX + name for name in self.textstat]
        names = [measure.name for measure in measures.OWN[1:]] + asked
        return [Score("words", 0.0, reason), *(cannot_say(name, reason) for name in names)]

    def _grades(self, document: Document, prose: Sequence[Sentence], apart: bool) -> Sequence[Score]:
        """Grades of the prose, Flesch, LIX and RIX; ``apart``: a greeting or sign-off stood apart from it."""
        words = sum(map(WORDS_OF, prose))
        if words < ENOUGH_WORDS:
            return too_short(words)
        counts = tally(document, prose)
        note = "; greeting and sign-off not counted" if apart else ""
        basis = sized(words, len(prose))
        short = words < SURE_WORDS
        found: list[Score] = []
        for formula in FORMULAS:
            if formula.measure is not SMOG:
                found.append(score(formula, counts, basis, note, with_interval=short))
            elif len(prose) >= self.smog_sentences:
                few = len(prose) < SMOG_SENTENCES
                below = f"; below McLaughlin's sample of {SMOG_SENTENCES} sentences" if few else ""
                found.append(score(formula, counts, basis, note + below, with_interval=short or few))
            else:
                found.append(smog_needs(len(prose), self.smog_sentences))
        return found

    def _textstat(self, document: Document, prose: Sequence[Sentence]) -> Sequence[Score]:
        """Measures of textstat that were asked for."""
        words = sum(sentence.words for sentence in prose)
        if words < ENOUGH_WORDS:
            reason = f"{words} words; a grade needs {ENOUGH_WORDS}"
            return [cannot_say(textstat_measures.PREFIX + name, reason) for name in self.textstat]
        return textstat_measures.scores(document, prose, self.textstat)


# Scores of short messages come from few values, so they are made once.


@lru_cache(maxsize=2048)
def count_score(measure: str, value: int, quoted: bool) -> Score:
    """Plain count."""
    what = "words and numbers" if measure == "words" else "sentences and list items"
    return Score(measure, float(value), f"{what}; quoted history not counted" if quoted else what)


def longest_score(longest: Sentence) -> Score:
    """Words of the longest sentence, with its place."""
    words = float(longest.words)
    where = (new_contribution((longest.span, words, "the longest sentence")),)
    return new_score(("longest_sentence", words, "the sentence with the most words", None, None, where))


@lru_cache(maxsize=ENOUGH_WORDS)
def too_short(words: int) -> tuple[Score, ...]:
    """Grades of a text that is too short for them."""
    said = f"{words} word{'' if words == 1 else 's'}; a grade needs {ENOUGH_WORDS}"
    return tuple(cannot_say(measure.name, said) for measure in measures.GRADES)


@lru_cache(maxsize=1024)
def smog_needs(sentences: int, needed: int) -> Score:
    """SMOG of too few sentences."""
    said = f"{sentences} sentence{'' if sentences == 1 else 's'}; SMOG needs {needed}"
    return cannot_say(measures.SMOG_INDEX.name, said)


@lru_cache(maxsize=64)
def not_english(asked: tuple[str, ...]) -> tuple[Score, ...]:
    """Every score that only English has."""
    names = [measure.name for measure in (*measures.GRADES, measures.PASSIVE_SENTENCES, measures.WORDS_BEFORE_ANSWER)]
    return tuple(cannot_say(name, NOT_ENGLISH) for name in (*names, *(textstat_measures.PREFIX + n for n in asked)))


NO_PASSIVE = Score("passive_sentences", 0.0, "no sentence has a passive verb")


def passive_score(document: Document, prose: Sequence[Sentence]) -> Score:
    """How many sentences have a passive verb, with the first of each."""
    terms, starts, ends = document.tokens.terms, document.tokens.starts, document.tokens.ends
    if not passive.may_have_one(terms, document.folded):
        return NO_PASSIVE
    found: list[Contribution] = []
    for sentence in prose:
        verb = passive.find(terms, sentence.first, sentence.last)
        if verb:
            found.append(Contribution(Span(starts[verb[0]], ends[verb[1]]), 1.0, "passive verb"))
    if not found:
        return NO_PASSIVE
    because = f"{len(found)} of {len(prose)} sentences"
    return Score("passive_sentences", float(len(found)), because, contributions=tuple(found))


UNANSWERED = cannot_say("words_before_answer", NO_ANSWER)
PRECEDED = "greeting, thanks, apology and preface come before it"


def answer_score(words: int, place: Span) -> Score:
    """Where the answer stands: after how many words, and in which sentence."""
    because = PRECEDED if words else "it comes first"
    where = (new_contribution((place, float(words), "the answer begins here")),)
    return new_score(("words_before_answer", float(words), because, None, None, where))


def find(
    document: Document,
    sentences: Sequence[Sentence],
    edges: Borders,
    longest: int,
    words: int,
    answer: tuple[int, Sentence] | None,
) -> list[Finding]:
    """Find what an agent's message should hear of."""
    found: list[Finding] = []
    if longest > MOST_WORDS_A_SENTENCE:
        for sentence in sentences:
            if sentence.words > MOST_WORDS_A_SENTENCE:
                said = f"This sentence has {sentence.words} words. Split it."
                found.append(Finding(LONG_SENTENCE, sentence.span, said))
    if words > MOST_WORDS_A_PARAGRAPH:
        for span, number in paragraphs(document, sentences, edges[0]):
            if number > MOST_WORDS_A_PARAGRAPH:
                said = f"This paragraph has {number} words. Break it up, or make a list."
                found.append(Finding(WALL_OF_TEXT, span, said))
    if answer and answer[0] >= BURIED_AFTER:
        said = f"The answer comes after {answer[0]} words. Put it first."
        found.append(Finding(BURIED_ANSWER, answer[1].span, said))
    return found


def paragraphs(document: Document, sentences: Sequence[Sentence], own_end: int) -> list[tuple[Span, int]]:
    """Paragraphs with their words: sentences between which no writer began a new line."""
    text = document.message.text
    found: list[tuple[Span, int]] = []
    start, end, words = sentences[0].span.start, sentences[0].span.end, sentences[0].words
    for sentence in sentences[1:]:
        if begins_paragraph(text, end, sentence.span.start):
            found.append((Span(start, min(end, own_end)), words))
            start, words = sentence.span.start, 0
        words += sentence.words
        end = sentence.span.end
    found.append((Span(start, min(end, own_end)), words))
    return found


LINE_BREAK = re.compile(r"\r\n?|\n")


def begins_paragraph(text: str, end: int, start: int) -> bool:
    """Whether a writer began a new line between a sentence's ``end`` and the next one's ``start``."""
    breaks = LINE_BREAK.findall(text[end:start])
    if not breaks:
        return False
    if len(breaks) > 1 or BULLET.match(text, start) or BULLET.match(text, end, start):
        return True
    # One line break: a program may have wrapped the line if it is about as wide as a mail.
    width = end - max(text.rfind("\n", max(0, end - WIDEST_WRAP - 1), end) + 1, end - WIDEST_WRAP - 1, 0)
    return width < WRAP_WIDTH or width > WIDEST_WRAP


def make(options: Mapping[str, Any]) -> Readability:
    """Analyser from a standard's options: ``textstat`` and ``smog_sentences``."""
    for option in options:
        if option not in OPTIONS:
            raise SettingsError(f"readability has no option {option!r}; {suggest(str(option), OPTIONS)}")
    asked = options.get("textstat", ())
    if isinstance(asked, str) or not isinstance(asked, Sequence):
        raise SettingsError("readability: textstat: expected a list of names")
    for name in asked:
        if name not in textstat_measures.OFFERED:
            allowed = list(textstat_measures.OFFERED)
            raise SettingsError(f"readability: textstat: {name!r:.40} is not offered; {suggest(str(name), allowed)}")
    needed = options.get("smog_sentences", SMOG_SENTENCES)
    if isinstance(needed, bool) or not isinstance(needed, int) or not 1 <= needed <= SMOG_SENTENCES:
        raise SettingsError(f"readability: smog_sentences: expected a whole number from 1 to {SMOG_SENTENCES}")
    # A name given twice would give its score twice.
    return Readability(textstat=tuple(dict.fromkeys(asked)), smog_sentences=needed)
