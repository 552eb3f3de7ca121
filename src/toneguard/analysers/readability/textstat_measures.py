"""Measures that textstat computes and ToneGuard does not, on request only.

textstat 0.7 looks syllables up in a dictionary that NLTK downloads at first use. Nothing of ToneGuard may
open a socket, so textstat is asked in a language tag of our own, ``en_AU_toneguard``, whose dictionary is
our syllable data; what others in the same process ask of textstat goes where it always went. It is fed our
words and sentences, without links, handles and identifiers, so that its splitting does not matter, except
that it still passes over sentences of one or two words.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from math import isfinite, sqrt
from typing import Any

from toneguard.analysers.base import cannot_say
from toneguard.analysers.readability.counts import Sentence
from toneguard.analysers.readability.formulas import NORMAL, STUDENT, SURE_WORDS, sized
from toneguard.documents import Document, Kind
from toneguard.findings import Measure, Score
from toneguard.resources import syllables

LANGUAGE = "en_AU_toneguard"
PREFIX = "textstat_"
NOT_ASKED = "not asked for by the standard"
NO_BACKEND = "this version of textstat cannot be given our dictionary; install 0.7.13"
MS_A_CHARACTER = 14.69  # textstat's default
# Name in textstat: what it says, and its unit.
OFFERED: dict[str, tuple[str, str]] = {
    "dale_chall_readability_score": (
        "New Dale-Chall score; inflected easy words count as difficult",
        "points",
    ),
    "difficult_words": ("Words of two or more syllables that are not on the Dale-Chall list", "words"),
    "linsear_write_formula": ("Linsear Write, on the first 100 words", "US school grade"),
    "mcalpine_eflaw": ("McAlpine EFLAW: words and words of up to three letters per sentence", "points"),
    "reading_time": ("Time to read at 14.69 ms a character", "seconds"),
    "spache_readability": ("Spache score, with the Dale-Chall list", "US school grade"),
    "text_standard": ("The grade on which most of textstat's formulas agree", "US school grade"),
}
MEASURES = tuple(
    Measure(PREFIX + name, description, unit, None, None, "lower", f"textstat, {name}")
    for name, (description, unit) in OFFERED.items()
)
UNASKED = {name: Score(PREFIX + name, None, NOT_ASKED) for name in OFFERED}

_lock = threading.Lock()


class Pronunciations:
    """Our syllable counts in the shape of NLTK's dictionary: one stressed phone a syllable."""

    def __getitem__(self, word: str) -> list[tuple[str, ...]]:
        return [("1",) * syllables.count(word)]


def scores(document: Document, prose: Sequence[Sentence], asked: Sequence[str]) -> list[Score]:
    """Asked scores of a document whose prose has at least ``ENOUGH_WORDS`` words."""
    if backend() is None:
        return [cannot_say(PREFIX + name, NO_BACKEND) for name in asked]
    texts = [plain(document, sentence) for sentence in prose]
    words = sum(sentence.words for sentence in prose)
    found: list[Score] = []
    for name in asked:
        measure = PREFIX + name
        value = compute(name, texts)
        bounds = None
        because = f"{sized(words, len(prose))}, by textstat"
        if words < SURE_WORDS and name not in (
            "difficult_words",
            "reading_time",
        ):  # those two are plain counts
            if len(texts) < 2:
                found.append(cannot_say(measure, f"{words} words in one sentence; its interval needs two"))
                continue
            bounds = jackknife(value, [compute(name, texts[:i] + texts[i + 1 :]) for i in range(len(texts))])
        if not isfinite(value):
            found.append(cannot_say(measure, "textstat gives no number"))
            continue
        found.append(Score(measure, round(value, 6), because, interval=bounds))
    return found


def plain(document: Document, sentence: Sentence) -> str:
    """Words of a sentence with one full stop, and no stop inside a number that would end it."""
    tokens, text = document.tokens, document.message.text
    words = [
        text[tokens.starts[i] : tokens.ends[i]].replace(".", "")
        for i in range(sentence.first, sentence.last)
        if tokens.kinds[i] in (Kind.WORD, Kind.NUMBER)
    ]
    return " ".join(words) + "."


def jackknife(value: float, without: Sequence[float]) -> tuple[float, float]:
    """90 % bounds of ``value`` from its values without each sentence in turn (Tukey's jackknife)."""
    number = len(without)
    mean = sum(without) / number
    error = sqrt((number - 1) / number * sum((one - mean) ** 2 for one in without))
    freedom = number - 1
    quantile = {1: 6.314, 2: 2.920}.get(freedom) or (STUDENT[freedom - 3] if freedom - 3 < len(STUDENT) else NORMAL)
    return round(value - quantile * error, 6), round(value + quantile * error, 6)


def compute(name: str, texts: Sequence[str]) -> float:
    """Value that textstat gives for sentences."""
    modules = backend()
    assert modules is not None
    metrics, counts = modules
    text = " ".join(texts)
    calls: dict[str, Callable[[], Any]] = {
        "dale_chall_readability_score": lambda: metrics.dale_chall_readability_score(text, LANGUAGE),
        "difficult_words": lambda: counts.count_difficult_words(text, LANGUAGE, 2, False),
        "linsear_write_formula": lambda: metrics.linsear_write_formula(text, LANGUAGE, False, True),
        "mcalpine_eflaw": lambda: metrics.mcalpine_eflaw(text),
        "reading_time": lambda: metrics.reading_time(text, MS_A_CHARACTER),
        "spache_readability": lambda: metrics.spache_readability(text, LANGUAGE),
        "text_standard": lambda: metrics.text_standard(text, LANGUAGE),
    }
    return float(calls[name]())


def backend() -> tuple[Any, Any] | None:
    """Functions of textstat, imported at first need, with our dictionary behind our language tag.

    None where its inside is not as we know it: then it might go to the network, so it is not asked at all.
    """
    try:
        from textstat.backend import counts, metrics
        from textstat.backend.counts import _count_syllables as reader
    except ImportError:
        return None
    with _lock:
        theirs = getattr(reader, "get_cmudict", None)
        if theirs is None:
            return None
        if not hasattr(theirs, "toneguard"):
            ours = Pronunciations()

            def get_cmudict(lang: str) -> Any:
                return ours if lang == LANGUAGE else theirs(lang)

            get_cmudict.toneguard = True  # type: ignore[attr-defined]
            reader.get_cmudict = get_cmudict
    return metrics, counts
