"""Politeness: how polite a message is to its reader, and which strategies make it so.

The score is that of a trained head (``models/heads`` or ``models/encoder``; see their cards), fitted on requests that
five people each had rated and on service texts of our own. Its reason are the strategies of Danescu-Niculescu-Mizil et
al. (2013); in the fast tier its contributions sum to the log-odds of "polite rather than impolite".

An agent who blames, brushes off or silences a customer is not polite for having said please: phrases of rules that are
so named lower the score, and no thanks outweighs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, no_options
from toneguard.documents import Document
from toneguard.documents.answers import Answers, sigmoid
from toneguard.documents.language import is_english
from toneguard.findings import Analysis, Contribution, Deferred, Finding, Measure, Score, Span, new_analysis, new_score
from toneguard.heads.explain import explain
from toneguard.heads.features import Seen, sources
from toneguard.heads.strategies import strategies
from toneguard.making import rounded
from toneguard.messages import Role
from toneguard.rules import RuleSet, Shown, builtin_rules

MEASURE = Measure(
    name="politeness",
    description="How polite the message is to its reader",
    unit="probability of being rated polite rather than impolite",
    low=0.0,
    high=1.0,
    better="higher",
    source="Danescu-Niculescu-Mizil, Sudhof, Jurafsky, Leskovec & Potts (2013), ACL; models/heads/card.md",
)
POLITE, IMPOLITE = 0.6, 0.4
"""From where a message is labelled polite, and up to where impolite; the middle half of the ratings lies between."""


COLUMN = {"politeness.politeness": 1.0}
"""What contributions are of: its log-odds."""
RUDE = frozenset(
    f"respect/{step}"
    for step in (
        "accusation-of-lying", "as-i-already-said", "blame-customer", "calm-down", "dismissive", "guilt",
        "nobody-else-complains", "shuts-the-door", "threat-or-detriment",
    )
)  # fmt: skip
"""Rules whose phrases are rude whatever stands around them; "you need to call ..." and a policy recited need not be."""
RUDE_WEIGHT = -2.5
"""What each of up to two kinds of rudeness adds to the log-odds: all 19 of our own labelled replies that hold such a
phrase were rated impolite; shrunk, for they are few."""
MOST_KINDS, MOST_GRACE = 2, 2.0
"""Kinds that count; and the log-odds that all other words together may give a message that holds one."""
AGENT = Role.AGENT
FOREIGN, NO_WORDS = cannot_say(MEASURE.name, NOT_ENGLISH), cannot_say(MEASURE.name, NO_TEXT)


class Politeness:
    """Scores every role's messages; the strategies that were used are its reason."""

    name = "politeness"
    version = "3"
    needs = frozenset({"tokens", "sentences", "parts", "language", "answers"})
    measures = (MEASURE,)
    rules: frozenset[str] = frozenset()
    weights: Mapping[str, str] = MappingProxyType({})

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One politeness score per document."""
        return [new_analysis((self.name, self.version, (self._score(document),), ())) for document in documents]

    def _score(self, document: Document) -> Score:
        answers = document.answers
        if answers is None:
            return NO_WORDS if is_english(document.language) else FOREIGN
        used = answers.seen.used if isinstance(answers.seen, Seen) else strategies(document, sources()[0])
        value = answers.probability("politeness")
        why, given = because(tuple(used)), explain(document, COLUMN)
        if document.message.role is AGENT and (rude := rudeness(document)):
            value, given = lowered(answers, rude, given)
            why = f"{why}; but {', '.join(kind.rpartition('/')[2].replace('-', ' ') for kind in rude)}"
        label = "polite" if value >= POLITE else "impolite" if value <= IMPOLITE else "neutral"
        return new_score((MEASURE.name, rounded(value, 1e4), why, label, None, given))


@lru_cache(maxsize=1)
def rude_rules() -> RuleSet:
    """The rules of :data:`RUDE`, whatever level a standard gives them."""
    return RuleSet((rule for rule in builtin_rules().values() if rule.name in RUDE), {})


def rudeness(document: Document) -> dict[str, Finding]:
    """The rude phrases of an agent's message: the first of each rule, in the order of the text."""
    rules = rude_rules()
    found = rules.find(document, Shown(rules.contexts))
    if len(found) > 1:
        found.sort(key=lambda finding: (finding.span or Span(0, 0), finding.rule))
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(finding.rule, finding)
    return first


def lowered(
    answers: Answers, rude: Mapping[str, Finding], by_heads: Sequence[Contribution]
) -> tuple[float, Sequence[Contribution]]:
    """The probability with what rude phrases take from it, and what moved it."""
    before = float(answers.plan.heads["politeness"].inputs(answers.columns)[0])
    after = min(before, MOST_GRACE) + RUDE_WEIGHT * min(len(rude), MOST_KINDS)
    if answers.model is None:
        return sigmoid(after), by_heads
    share = (after - before) / len(rude)
    return sigmoid(after), Deferred(
        lambda: (*by_heads, *(Contribution(found.span, share, f"rude: {found.rule}") for found in rude.values()))
    )


@lru_cache(maxsize=4096)
def because(used: tuple[str, ...]) -> str:
    """The strategies that were used, in the order of their first use."""
    names = ", ".join(name.replace("_", " ") for name in used)
    return f"uses {names}" if names else "uses no politeness strategy"


def make(options: Mapping[str, Any]) -> Politeness:
    """The analyser; it has no options."""
    no_options("politeness", options)
    return Politeness()
