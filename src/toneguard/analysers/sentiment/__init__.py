"""Sentiment: how pleased or displeased a message sounds, word by word.

Each word of feeling has a valence from VADER's lexicon (Hutto & Gilbert 2014), adjusted by what stands
around it: a booster, a negation, capitals, "but". These adjusted valences, and what exclamation marks add,
are the contributions of the score, and they explain it exactly::

    score = total / sqrt(total ** 2 + 15),    total = the sum of the amounts of all contributions

The label comes from two cut-offs on the score. What is quoted from earlier messages is not read; greetings
and closing formulas carry no feeling, whoever writes them.

On plain sentences this is what the vaderSentiment package gives, within 0.001. It differs on purpose where
the package errs; each difference has a name here and examples in the tests:

* ``so-and-this``: "so" and "this" count as "never so" only after a "never", and no longer switch a negation
  off (the package gives "not really so helpful" +0.61). "Haven't been this late", "never had such service"
  are compared too.
* ``boosters-in-between``: a booster does not use up the three words within which a negation works.
* ``curly-quotes``: "don’t" is "don't", and full-width letters are letters.
* ``own-sentence``: a negation or booster works in its own sentence.
* ``but``: weighs its own sentence, and the one before where it opens one; "nothing but", "last but not
  least" and "not only ..., but" are no contrast.
* ``no-denial``: "not only", "not just" and "nothing but" deny nothing.
* ``no-no``: "no no no" is not a double negation.
* ``idioms``: are read anywhere in a sentence, count once, can be negated, and do not rub off on the next
  word; so do the dampeners "kind of", "sort of" and "just enough", which the package adds to displeasure.
* ``lexicon-phrases``: entries of two words ("fed up", "can't stand") are found.
* ``short-words``: "ok," and "ty." are seen beside punctuation.
* ``joined-words``: "great...thanks", "good/bad", "thanks:)" are two words each.
* ``faces``: emoticons and emoji are neither negated nor boosted ("not happy :(" is no joke), and end what
  stood before; ":D" is not in capitals.
* ``emoji``: glued, tinted and variant emoji count; a "but" in an emoji's name is no contrast.
* ``no-words``: numbers, order codes, addresses, handles and labels ("86", "Option D:") are not words of
  feeling.
* ``capitals``: only words decide whether capitals stand out, and a word without feeling gains none by them.
* ``questions``: two questions are no outcry; only marks that stand together ("??") are.
* ``parts``: greeting, closing formulas and quoted history.

What service adds to this (``service.toml``) can be left out with ``sense="plain"``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say
from toneguard.heads.feeling.lexicon import load
from toneguard.heads.feeling.reading import normalise, read
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Measure, Score

SENSES = ("service", "plain")
NEGATIVE_BELOW = -0.05
POSITIVE_FROM = 0.35
"""Class cut-offs: the pair, in steps of 0.05, with the best mean macro-recall over SemEval 2013-16 tweets,
GoEmotions, and VADER's rated tweets and film reviews, folds 0-7 (GoEmotions: train split) of each;
``benchmarks/quality/sentiment.py --fit`` finds it again. The package has -0.05 and 0.05: one mild word
of praise makes a message positive."""

MEASURE = Measure(
    name="sentiment",
    description="how pleased or displeased a message sounds",
    unit="normalised sum of rated words",
    low=-1.0,
    high=1.0,
    better="higher",
    source=(
        "Hutto, C. J. & Gilbert, E. E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis"
        " of Social Media Text. ICWSM-14; service sense by the ToneGuard authors"
    ),
)


# What is said of many messages in the same words is made once.
FOREIGN = cannot_say(MEASURE.name, NOT_ENGLISH)
UNSPOKEN = cannot_say(MEASURE.name, NO_TEXT)
UNMOVED = Score(MEASURE.name, 0.0, "it has no words of feeling", "neutral")


class Sentiment:
    """Scores how pleased or displeased a message sounds; every role is scored.

    ``sense`` is "service" or "plain": with or without what words mean in service.
    """

    name = "sentiment"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language"})
    measures: tuple[Measure, ...] = (MEASURE,)
    rules: frozenset[str] = frozenset()

    def __init__(self, sense: str = "service") -> None:
        self._lexicon = load(sense)
        self.weights: Mapping[str, str] = {"sentiment_lexicon": self._lexicon.digest}

    def __reduce__(self) -> tuple[type[Sentiment], tuple[str]]:
        return Sentiment, (self._lexicon.sense,)

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Give one score for each document."""
        return [Analysis(self.name, self.version, (self._score(document),)) for document in documents]

    def _score(self, document: Document) -> Score:
        if not is_english(document.language):
            return FOREIGN
        total, positive, negative, contributions, spoken = read(document, self._lexicon)
        if not (positive or negative):
            return UNMOVED if spoken else UNSPOKEN
        value = round(normalise(total), 6) + 0.0  # never -0.0
        label = "negative" if value < NEGATIVE_BELOW else "positive" if value >= POSITIVE_FROM else "neutral"
        because = f"{positive} positive and {negative} negative words or phrases add up to {total:+.2f}"
        return Score(MEASURE.name, value, because, label, None, contributions)


def make(options: Mapping[str, Any]) -> Sentiment:
    """Make the analyser from a standard's options: ``sense``, "service" (the default) or "plain"."""
    unknown = set(options) - {"sense"}
    if unknown:
        raise SettingsError(f"sentiment has no option {sorted(unknown)[0]!r}; allowed: sense")
    sense = options.get("sense", "service")
    if sense not in SENSES:
        raise SettingsError(f"sentiment: sense must be one of {', '.join(SENSES)}")
    return Sentiment(sense)
