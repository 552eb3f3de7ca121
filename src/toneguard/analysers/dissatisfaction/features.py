"""What the dissatisfaction head sees beside words: cues (rules of the pack), feeling words, the look of a message."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from toneguard.documents import Document
from toneguard.documents.look import look
from toneguard.findings import Finding, Span
from toneguard.rules import RuleSet, Shown, builtin_rules

PACK = "dissatisfaction"
DESCRIPTIONS: Mapping[str, str] = {
    "positive_feeling": "positive feeling",
    "negative_feeling": "negative feeling",
    "thanks": "thanks",
    "question_marks": "asks",
    "exclamation_marks": "exclamation marks",
    "repeated_marks": "repeated punctuation (!!, ??)",
    "shouting": "words in capitals",
    "begins_asking": "begins with a question",
}
THANKS = frozenset("thank thanks thankyou thx ty cheers appreciate appreciated ta grateful".split())
ASKING = frozenset("do does can could is are will would what when where how which who may hi hello".split())
NEGATIONS = frozenset(
    "not no never without isn't wasn't don't didn't doesn't can't won't cannot nothing hardly isnt dont".split()
)


@lru_cache(maxsize=1)
def cue_rules() -> RuleSet:
    """The rules of the dissatisfaction pack, whatever level a standard gives them."""
    return RuleSet((rule for rule in builtin_rules().values() if rule.pack == PACK), {})


def cues(document: Document) -> list[Finding]:
    """Every cue in what was written here: findings of the pack's rules, in the order of the text."""
    rules = cue_rules()
    return sorted(
        rules.find(document, Shown(rules.contexts)), key=lambda finding: (finding.span or Span(0, 0), finding.rule)
    )


def kind_of(cue: Finding) -> str:
    """What a cue shows: the last step of its rule's name."""
    return cue.rule.rpartition("/")[2]


def features(document: Document, found: Sequence[Finding], valences: Mapping[str, float]) -> dict[str, float]:
    """Feature values in about 0..3; counts enter as square roots, so that the fifth of a kind adds little."""
    counts = look(document)
    for cue in found:
        kind = kind_of(cue)
        counts[kind] = counts.get(kind, 0) + 1
    terms = document.tokens.terms[: document.own_tokens]
    positive = negative = 0.0
    thanks = 0
    for index, term in enumerate(terms):
        if term in THANKS:
            thanks += 1
        elif term in valences:
            valence = valences[term]
            if term not in NEGATIONS and not NEGATIONS.isdisjoint(terms[max(0, index - 2) : index]):
                valence *= -0.74  # VADER's factor for a negated word
            if valence > 0:
                positive += valence
            else:
                negative -= valence
    counts["thanks"] = thanks
    values = {name: math.sqrt(count) for name, count in counts.items() if count}
    if positive:
        values["positive_feeling"] = math.sqrt(positive) / 2
    if negative:
        values["negative_feeling"] = math.sqrt(negative) / 2
    if terms and terms[0] in ASKING:
        values["begins_asking"] = 1.0
    return values
