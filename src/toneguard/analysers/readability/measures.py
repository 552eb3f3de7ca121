"""Measures of readability, each with its formula and where it was published."""

from __future__ import annotations

from functools import partial

from toneguard.findings import Measure

EASE = partial(Measure, unit="points", better="higher")
GRADE = partial(Measure, unit="US school grade", high=None, better="lower")
COUNT = partial(Measure, low=0.0, high=None)

WORDS = COUNT(
    name="words",
    description="Words and numbers written here; links, addresses, handles and order numbers are not words.",
    unit="words",
    better="neither",
    source="ToneGuard's own count",
)
SENTENCES = COUNT(
    name="sentences",
    description="Sentences and list items that hold a word.",
    unit="sentences",
    better="neither",
    source="ToneGuard's own count",
)
LONGEST_SENTENCE = COUNT(
    name="longest_sentence",
    description="Words in the longest sentence.",
    unit="words",
    better="lower",
    source="ToneGuard's own count",
)
FLESCH_READING_EASE = EASE(
    name="flesch_reading_ease",
    description="206.835 - 1.015 words/sentences - 84.6 syllables/words",
    low=None,
    high=206.835 - 1.015 - 84.6,
    source="Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32, 221-233.",
)
FLESCH_KINCAID_GRADE = GRADE(
    name="flesch_kincaid_grade",
    description="0.39 words/sentences + 11.8 syllables/words - 15.59",
    low=0.39 + 11.8 - 15.59,
    source="Kincaid, J. P. et al. (1975). Derivation of new readability formulas for Navy enlisted personnel."
    " Research Branch Report 8-75, Naval Technical Training Command.",
)
SMOG_INDEX = GRADE(
    name="smog_index",
    description="1.0430 sqrt(30 words of three or more syllables / sentences) + 3.1291",
    low=3.1291,
    source="McLaughlin, G. H. (1969). SMOG grading: a new readability formula. Journal of Reading 12, 639-646.",
)
GUNNING_FOG = GRADE(
    name="gunning_fog",
    description="0.4 (words/sentences + 100 complex words/words)",
    low=0.4,
    source="Gunning, R. (1952). The Technique of Clear Writing. McGraw-Hill.",
)
AUTOMATED_READABILITY_INDEX = GRADE(
    name="automated_readability_index",
    description="4.71 letters and digits/words + 0.5 words/sentences - 21.43",
    low=4.71 + 0.5 - 21.43,
    source="Smith, E. A. & Senter, R. J. (1967). Automated Readability Index. AMRL-TR-66-220.",
)
COLEMAN_LIAU_INDEX = GRADE(
    name="coleman_liau_index",
    description="0.0588 letters per 100 words - 0.296 sentences per 100 words - 15.8",
    low=-29.6 - 15.8,
    source="Coleman, M. & Liau, T. L. (1975). A computer readability formula designed for machine scoring."
    " Journal of Applied Psychology 60, 283-284.",
)
LIX = Measure(
    name="lix",
    description="words/sentences + 100 words of seven or more letters/words; needs no syllables",
    unit="points",
    low=1.0,
    high=None,
    better="lower",
    source="Björnsson, C. H. (1968). Läsbarhet. Liber.",
)
RIX = Measure(
    name="rix",
    description="words of seven or more letters/sentences; needs no syllables",
    unit="long words a sentence",
    low=0.0,
    high=None,
    better="lower",
    source="Anderson, J. (1983). Lix and Rix: variations on a little-known readability index."
    " Journal of Reading 26, 490-496.",
)
PASSIVE_SENTENCES = COUNT(
    name="passive_sentences",
    description="Sentences with a passive verb (was sent, got charged); each contribution shows one.",
    unit="sentences",
    better="lower",
    source="ToneGuard's own patterns",
)
WORDS_BEFORE_ANSWER = COUNT(
    name="words_before_answer",
    description="Words before the first sentence that is no greeting, thanks, apology, empathy or preface.",
    unit="words",
    better="lower",
    source="ToneGuard's own patterns",
)

GRADES = (
    FLESCH_READING_EASE,
    FLESCH_KINCAID_GRADE,
    SMOG_INDEX,
    GUNNING_FOG,
    AUTOMATED_READABILITY_INDEX,
    COLEMAN_LIAU_INDEX,
    LIX,
    RIX,
)
OWN = (WORDS, SENTENCES, LONGEST_SENTENCE, *GRADES, PASSIVE_SENTENCES, WORDS_BEFORE_ANSWER)
