"""What the dissatisfaction head sees beside words: cues (rules of the pack), feeling words, the look of a message."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from toneguard.documents import Document, Kind
from toneguard.findings import Finding, Span
from toneguard.rules import RuleSet, builtin_rules

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
    return sorted(cue_rules().find(document, {}), key=lambda finding: (finding.span or Span(0, 0), finding.rule))


def kind_of(cue: Finding) -> str:
    """What a cue shows: the last step of its rule's name."""
    return cue.rule.rpartition("/")[2]


def features(document: Document, found: Sequence[Finding], valences: Mapping[str, float]) -> dict[str, float]:
    """Feature values in about 0..3; counts enter as square roots, so that the fifth of a kind adds little."""
    counts: dict[str, float] = {}
    for cue in found:
        counts[kind_of(cue)] = counts.get(kind_of(cue), 0.0) + 1.0
    tokens = document.tokens
    text = document.text
    own_end = document.own_end
    positive = negative = 0.0
    first = ""
    negated = 0
    for index, kind in enumerate(tokens.kinds):
        start = tokens.starts[index]
        if start >= own_end:
            break
        term = tokens.terms[index]
        if kind is Kind.PUNCTUATION:
            if "?" in term:
                counts["question_marks"] = counts.get("question_marks", 0.0) + 1.0
            if "!" in term:
                counts["exclamation_marks"] = counts.get("exclamation_marks", 0.0) + 1.0
            if len(term) > 1 and term[0] in "!?":
                counts["repeated_marks"] = counts.get("repeated_marks", 0.0) + 1.0
            continue
        if kind is Kind.WORD:
            first = first or term
            negated = 3 if term in NEGATIONS else negated - 1
            if term in THANKS:
                counts["thanks"] = counts.get("thanks", 0.0) + 1.0
                continue
            end = tokens.ends[index]
            if end - start > 3 and text[start:end].isupper():
                counts["shouting"] = counts.get("shouting", 0.0) + 1.0
        valence = valences.get(term, 0.0)
        if valence:
            if negated > 0 and kind is Kind.WORD and term not in NEGATIONS:
                valence *= -0.74  # VADER's factor for a negated word
            if valence > 0:
                positive += valence
            else:
                negative -= valence
    values = {name: math.sqrt(count) for name, count in counts.items()}
    if positive:
        values["positive_feeling"] = math.sqrt(positive) / 2
    if negative:
        values["negative_feeling"] = math.sqrt(negative) / 2
    if first in ASKING:
        values["begins_asking"] = 1.0
    return values
