"""Dissatisfaction: how likely a customer is dissatisfied, how much, in what way, with what, and what they came for.

All of it comes from trained heads (``models/heads`` or ``models/encoder``; see their cards), fitted on messages to
companies and on service texts of our own; in the fast tier the contributions of ``dissatisfaction`` sum to its
log-odds. Cues with a place (threats, repeated contact, sarcasm, abuse) are findings of the rules in
``rules/packs/dissatisfaction``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, no_options, only_for
from toneguard.analysers.dissatisfaction.cues import SHOWS, cue_rules, cues, kind_of, read_cue_weights
from toneguard.documents import Document
from toneguard.documents.answers import Answers, log_odds, sigmoid
from toneguard.documents.language import is_english
from toneguard.findings import Analysis, Contribution, Deferred, Finding, Measure, Score, new_analysis, new_score
from toneguard.heads.explain import explain
from toneguard.making import rounded

CUSTOMER = frozenset({"customer"})
CARDS = "models/heads/card.md and models/encoder/card.md"
LEVELS = ("none", "slight", "moderate", "strong", "extreme")
MODERATE = LEVELS.index("moderate")

DISSATISFACTION = Measure(
    name="dissatisfaction",
    description="How likely it is that the customer is dissatisfied",
    unit="probability",
    low=0.0,
    high=1.0,
    better="lower",
    source=f"Preoţiuc-Pietro, Gaman & Aletras (2019), ACL; {CARDS}",
    roles=CUSTOMER,
)
LEVEL = Measure(
    name="dissatisfaction_level",
    description="How dissatisfied the customer sounds: none, slight, moderate, strong or extreme",
    unit="level",
    low=0.0,
    high=4.0,
    better="lower",
    source=f"levels of our own, after Jin & Aletras (2021), NAACL; {CARDS}",
    roles=CUSTOMER,
)
KIND = Measure(
    name="dissatisfaction_kind",
    description="The gravest way in which it shows: a threat, abuse, repeated contact, sarcasm, a complaint or none",
    unit="probability",
    low=0.0,
    high=1.0,
    better="neither",
    source=f"kinds of our own; {CARDS}",
    roles=CUSTOMER,
)
CONTACT_TYPE = Measure(
    name="contact_type",
    description="What it is: enquiry, request, difficulty, complaint, compliment, suggestion, abuse or safety",
    unit="probability",
    low=0.0,
    high=1.0,
    better="neither",
    source=f"SIRXCEG006 Provide ongoing quality service, knowledge evidence; {CARDS}",
    roles=CUSTOMER,
)
CAUSE = Measure(
    name="cause",
    description="What went wrong: late, faulty, damaged, price_charge, staff_conduct, ... or none",
    unit="probability",
    low=0.0,
    high=1.0,
    better="neither",
    source=f"causes of our own, after common complaint taxonomies; {CARDS}",
    roles=CUSTOMER,
)
THRESHOLD = 0.5
"""From this probability the label is ``dissatisfied``, and a kind is named."""
COLUMNS = {"dissatisfaction.dissatisfaction": 1.0}
CUE_WEIGHTS: Mapping[str, float] = MappingProxyType(read_cue_weights())
"""What each kind of cue adds to the log-odds (``models/heads``, fitted there on fold 7)."""
GRAVEST = tuple(
    "threat_lawyer threat_regulator threat_to_go_public abuse threat_to_leave repeated_contact sarcasm".split()
)
"""Kinds, the gravest first: one is the label, the reason names all."""


class Dissatisfaction:
    """Scores customers' messages."""

    name = "dissatisfaction"
    version = "2"
    needs = frozenset({"tokens", "sentences", "parts", "language", "before", "answers"})
    measures = (DISSATISFACTION, LEVEL, KIND, CONTACT_TYPE, CAUSE)
    weights: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        self.rules = frozenset(cue_rules().rules)

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """The scores and the cues per customer document; others are not asked."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Analysis:
        role = document.message.role
        if role not in CUSTOMER:
            return NOT_ASKED[role]
        if not is_english(document.language):
            return FOREIGN
        found = tuple(cues(document))
        answers = document.answers
        if answers is None:
            return Analysis(self.name, self.version, EMPTY, found)
        return new_analysis((self.name, self.version, scores(document, answers, found), found))


def scores(document: Document, answers: Answers, found: Sequence[Finding]) -> tuple[Score, ...]:
    """Every measure of one message."""
    shown = tuple(dict.fromkeys(map(kind_of, found)))
    value = with_cues(answers.dissatisfaction, shown)
    unhappy = value >= THRESHOLD
    level = level_of(answers.each("level"), unhappy)
    return (
        new_score(
            (
                DISSATISFACTION.name,
                rounded(value, 1e4),
                because(shown),
                "dissatisfied" if unhappy else "not dissatisfied",
                None,
                contributions(document, found),
            )
        ),
        LEVEL_SCORES[level],
        kind_score(answers, shown, value),
        class_score(CONTACT_TYPE.name, answers),
        class_score(CAUSE.name, answers),
    )


def with_cues(probability: float, shown: Sequence[str]) -> float:
    """The probability, raised by what each kind of cue says on top of the heads."""
    return sigmoid(log_odds(probability) + sum(CUE_WEIGHTS.get(kind, 0.0) for kind in shown)) if shown else probability


def contributions(document: Document, found: Sequence[Finding]) -> Sequence[Contribution]:
    """What the heads and the cues add to the log-odds; where the heads cannot be taken apart, nothing."""
    by_heads = explain(document, COLUMNS)
    if not found or document.answers is None or document.answers.model is None:
        return by_heads
    first = {kind_of(cue): cue for cue in reversed(found)}
    by_cues = tuple(
        Contribution(cue.span, CUE_WEIGHTS[kind], f"shows {kind.replace('-', ' ')}")
        for kind, cue in first.items()
        if kind in CUE_WEIGHTS
    )
    return Deferred(lambda: (*by_cues, *by_heads))


def level_of(shares: Sequence[float], unhappy: bool) -> int:
    """The likeliest level that fits the label: at least moderate where the customer is dissatisfied, else below."""
    first, last = (MODERATE, len(LEVELS)) if unhappy else (0, MODERATE)
    return max(range(first, last), key=shares.__getitem__)


def kind_score(answers: Answers, shown: Sequence[str], dissatisfied: float) -> Score:
    """The gravest kind: what a cue shows is sure, what only the heads see has their probability."""
    sure = {SHOWS[rule]: 1.0 for rule in shown if rule in SHOWS}
    # What only the heads see counts where the customer is dissatisfied: praise is no sarcasm because it gushes.
    chances = {**answers.chances("kinds"), **sure} if dissatisfied >= THRESHOLD else sure
    named = [kind for kind in GRAVEST if chances.get(kind, 0.0) >= THRESHOLD]
    if named:
        said = f"shows {', '.join(named).replace('_', ' ')}"
        return Score(KIND.name, rounded(chances[named[0]], 1e4), said, named[0])
    label = "complaint" if dissatisfied >= THRESHOLD else "none"
    confidence = dissatisfied if label == "complaint" else 1.0 - dissatisfied
    return Score(KIND.name, rounded(confidence, 1e4), "no threat, abuse, repeated contact or sarcasm shows", label)


def class_score(measure: str, answers: Answers) -> Score:
    """The class of the head of the same name with its probability, and the runner-up as reason."""
    label, share, other, next_share = answers.best(measure)
    because = f"next comes {other} ({round(next_share * 100)}%)"
    return new_score((measure, rounded(share, 1e4), because, label, None, ()))


def because(kinds: Sequence[str]) -> str:
    """The kinds of cues, in the order of their first places."""
    names = ", ".join(kind.replace("-", " ") for kind in kinds)
    return f"shows {names}" if names else "judged by its words alone: no cue stands out"


def make(options: Mapping[str, Any]) -> Dissatisfaction:
    """The analyser; it has no options."""
    no_options("dissatisfaction", options)
    return Dissatisfaction()


# What is said of many messages in the same words is made once.
LEVEL_SCORES = tuple(
    Score(LEVEL.name, float(step), f"sounds {level}: one of five levels", level) for step, level in enumerate(LEVELS)
)
EMPTY = tuple(cannot_say(measure.name, NO_TEXT) for measure in Dissatisfaction.measures)
FOREIGN = Analysis(
    Dissatisfaction.name,
    Dissatisfaction.version,
    tuple(cannot_say(measure.name, NOT_ENGLISH) for measure in Dissatisfaction.measures),
)
NOT_ASKED = {
    role: Analysis(Dissatisfaction.name, Dissatisfaction.version, only_for(Dissatisfaction.measures, role))
    for role in ("agent", "bot", "system")
}
