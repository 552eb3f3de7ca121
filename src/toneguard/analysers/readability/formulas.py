"""Published formulas, exactly, and how far a short text can be from its writer's usual value.

Every formula but SMOG is a sum of ratios of counts, written down as data. The interval of a text under 100
words answers: had the writer gone on in the same manner, between which bounds would the score have settled,
nine times in ten? It is a delta method over sentences:

* each sentence *pulls* the score by ``sum(weight * (upper - ratio * lower) / (lower in all / sentences))``;
  the variance of a score over S sentences is the variance of the pulls divided by S;
* few sentences tell little of that variance (one tells nothing), so it is steadied by ``TYPICAL_WEIGHT``
  typical sentences, whose lengths vary by ``TYPICAL_VARIATION`` of their mean and whose words vary as this
  text's words do;
* the bounds are Student's 90 % quantiles with S - 1 + ``TYPICAL_WEIGHT`` degrees of freedom, cut to the
  measure's range.

On made-up writers of one to eight sentences the bounds hold the writer's value in 89 to 100 of 100 drafts.
No random numbers: the same text always gets the same bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from toneguard.analysers.readability import measures
from toneguard.analysers.readability.counts import Prose, Tally
from toneguard.findings import Contribution, Deferred, Measure, Score, new_score
from toneguard.making import rounded

ENOUGH_WORDS = 30
"""Below this many words of prose there is no grade."""
SURE_WORDS = 100
"""Below this many words of prose a grade carries an interval: the formulas rest on samples of 100 words."""
SMOG_SENTENCES = 30
"""McLaughlin's sample."""

TYPICAL_VARIATION = 0.6
TYPICAL_WEIGHT = 3
# Student's t, 5 % in each tail, by degrees of freedom from 3; beyond the last the normal value does.
STUDENT = (
    2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740,
    1.734, 1.729, 1.725, 1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697,
)  # fmt: skip
NORMAL = 1.645

SENTENCES, WORDS, SYLLABLES, CHARACTERS, LETTERS, COMPLEX, POLYSYLLABLES, LONG = range(8)


class Ratio(NamedTuple):
    """``weight * upper / lower``: one term of a formula, counts by their position in a tally."""

    weight: float
    upper: int
    lower: int
    name: str


class Formula(NamedTuple):
    """``constant`` and the terms to add; ``counted`` says, for ``because``, what was counted beside words."""

    measure: Measure
    constant: float
    ratios: tuple[Ratio, ...]
    counted: tuple[int, str]


def sentence_length(weight: float) -> Ratio:
    """Words per sentence with a weight."""
    return Ratio(weight, WORDS, SENTENCES, "words per sentence")


SAID = (SYLLABLES, "syllables")
LONG_WORDS = (LONG, "words of seven or more letters")
FORMULAS = (
    Formula(
        measures.FLESCH_READING_EASE,
        206.835,
        (sentence_length(-1.015), Ratio(-84.6, SYLLABLES, WORDS, "syllables per word")),
        SAID,
    ),
    Formula(
        measures.FLESCH_KINCAID_GRADE,
        -15.59,
        (sentence_length(0.39), Ratio(11.8, SYLLABLES, WORDS, "syllables per word")),
        SAID,
    ),
    Formula(
        measures.SMOG_INDEX,
        3.1291,
        (Ratio(30.0, POLYSYLLABLES, SENTENCES, "words of three or more syllables per sentence"),),
        (POLYSYLLABLES, "words of three or more syllables"),
    ),
    Formula(
        measures.GUNNING_FOG,
        0.0,
        (sentence_length(0.4), Ratio(40.0, COMPLEX, WORDS, "complex words per word")),
        (COMPLEX, "complex words"),
    ),
    Formula(
        measures.AUTOMATED_READABILITY_INDEX,
        -21.43,
        (Ratio(4.71, CHARACTERS, WORDS, "letters and digits per word"), sentence_length(0.5)),
        (CHARACTERS, "letters and digits"),
    ),
    Formula(
        measures.COLEMAN_LIAU_INDEX,
        -15.8,
        (
            Ratio(5.88, LETTERS, WORDS, "letters per word"),
            Ratio(-29.6, SENTENCES, WORDS, "sentences per word"),
        ),
        (LETTERS, "letters"),
    ),
    Formula(
        measures.LIX,
        0.0,
        (sentence_length(1.0), Ratio(100.0, LONG, WORDS, "long words per word")),
        LONG_WORDS,
    ),
    Formula(measures.RIX, 0.0, (Ratio(1.0, LONG, SENTENCES, "long words per sentence"),), LONG_WORDS),
)
SMOG, SMOG_FACTOR = measures.SMOG_INDEX, 1.0430


def evaluate(formula: Formula, total: Tally) -> float:
    """Value of a formula for counts."""
    raw = 0.0
    for weight, upper, lower, _ in formula.ratios:
        raw += weight * total[upper] / total[lower]
    return finish(formula, raw)


def finish(formula: Formula, raw: float) -> float:
    """Value from the sum of the ratios: plus the constant; for SMOG under its root first."""
    if formula.measure is SMOG:
        raw = SMOG_FACTOR * sqrt(max(raw, 0.0))
    return formula.constant + raw


def score(formula: Formula, prose: Prose, basis: str, note: str, *, with_interval: bool) -> Score:
    """Score of a formula with its arithmetic; ``because`` is ``basis``, what was counted, and ``note``."""
    total = prose.total
    position, name = formula.counted
    contributions: Sequence[Contribution] = ()
    if formula.measure is not SMOG:
        contributions = Deferred(lambda: parts(formula, total))
    return new_score(
        (
            formula.measure.name,
            rounded(evaluate(formula, total), 1e6),
            f"{basis}, {total[position]} {name}{note}",
            None,
            interval(formula, prose) if with_interval else None,
            contributions,
        )
    )


def parts(formula: Formula, total: Tally) -> tuple[Contribution, ...]:
    """What each ratio adds to the value."""
    return tuple(
        Contribution(None, weight * (mean := total[upper] / total[lower]), f"{mean:.2f} {said}")
        for weight, upper, lower, said in formula.ratios
    )


def sized(words: int, sentences: int) -> str:
    """Return "53 words in 3 sentences"."""
    return f"{words} word{'s' if words != 1 else ''} in {sentences} sentence{'s' if sentences != 1 else ''}"


def interval(formula: Formula, prose: Prose) -> tuple[float, float]:
    """Bounds of the score (see the head of this module)."""
    total, number = prose.total, prose.total.sentences
    raw = 0.0
    # A sentence's pull is a sum of its counts, each times a factor.
    factors = [0.0] * len(total)
    for weight, upper, lower, _ in formula.ratios:
        mean = total[upper] / total[lower]
        raw += weight * mean
        scale = weight * number / total[lower]
        factors[upper] += scale
        factors[lower] -= scale * mean
    # Every formula is made of sentences (each counts one), words, and what else it counts.
    counted = formula.counted[0]
    base, by_word, by_count = factors[SENTENCES], factors[WORDS], factors[counted]
    observed = 0.0
    for row in prose.sentences:
        pull = base + by_word * row[WORDS] + by_count * row[counted]
        observed += pull * pull
    freedom = number - 1 + TYPICAL_WEIGHT
    # The pulls sum to nought, so their squares have S - 1 degrees of freedom.
    variance = (observed + TYPICAL_WEIGHT * typical_variance(formula, total, prose.squares)) / freedom
    quantile = STUDENT[freedom - 3] if freedom - 3 < len(STUDENT) else NORMAL
    reach = quantile * sqrt(variance / number)
    return within(formula.measure, finish(formula, raw - reach), finish(formula, raw + reach))


def within(measure: Measure, one: float, other: float) -> tuple[float, float]:
    """Two ends of an interval, the lower first, cut to the measure's range."""
    low, high = (one, other) if one < other else (other, one)
    if measure.low is not None and low < measure.low:
        low = measure.low
    if measure.high is not None and high > measure.high:
        high = measure.high
    return rounded(low, 1e6), rounded(high, 1e6)


def typical_variance(formula: Formula, total: Tally, squares: Mapping[int, int]) -> float:
    """Variance of the pull of a typical sentence: by its length, and by the words that stand in it."""
    sentences, words = total.sentences, total.words
    length = words / sentences
    by_length = by_words = 0.0
    for weight, upper, lower, _ in formula.ratios:
        if lower == SENTENCES:
            by_length += weight * total[upper] / sentences
        elif upper == SENTENCES:
            by_length -= weight / length
        if upper > WORDS:
            if upper in squares:
                mean = total[upper] / words
                spread = squares[upper] / words - mean * mean
            else:  # a share of words; none seen does not mean that there are none, hence Laplace's rule
                share = (total[upper] + 1) / (words + 2)
                spread = share * (1 - share)
            by_words += weight**2 * spread * (length if lower == SENTENCES else 1 / length)
    return (by_length * TYPICAL_VARIATION) ** 2 + by_words
