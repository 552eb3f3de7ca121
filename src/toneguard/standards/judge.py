"""The judge: what analysers saw, held against a standard, becomes a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from operator import itemgetter

from toneguard.documents import Document
from toneguard.findings import Analysis, Finding, Score, Span
from toneguard.messages import Role
from toneguard.reviews import Level, Provenance, Remark, Review, Scores, Skipped, Verdict, new_review
from toneguard.standards.standard import Bound, Standard

AGENT = Role.AGENT
SCORES, FINDINGS = (itemgetter(Analysis._fields.index(field)) for field in ("scores", "findings"))


def judge(
    document: Document,
    analyses: Sequence[Analysis],
    skipped: tuple[Skipped, ...],
    standard: Standard,
    scores: Mapping[str, Score],
    provenance: Provenance,
) -> Review:
    """The review of one document. ``scores`` holds what stands for measures that no analysis answers."""
    answered = Scores(scores, *map(SCORES, analyses))
    remarks: list[Remark] = []
    message = document.message
    judged = message.role is AGENT
    for finding in chain.from_iterable(map(FINDINGS, analyses)):
        level = level_of(finding, document, standard)
        if level is not Level.OFF:
            remarks.append(remark(finding, level if judged else Level.NOTE))
    if judged:
        for bound in standard.bounds:
            outside = outside_bound(bound, answered.get(bound.measure))
            if outside is not None:
                remarks.append(outside)
    if len(remarks) > 1:
        remarks.sort(key=lambda found: (found.span or Span(-1, -1), found.rule))
    return new_review(
        message.id,
        message.role,
        document.language,
        verdict(remarks, skipped, standard) if judged else None,
        answered,
        tuple(remarks),
        skipped,
        provenance,
    )


def level_of(finding: Finding, document: Document, standard: Standard) -> Level:
    """The level that the standard gives a finding; ``off`` where it is not to be reported."""
    level = standard.levels.get(finding.rule, Level.OFF)
    if level is Level.OFF:
        return level
    if standard.waivers and any(waiver.rule == finding.rule for waiver in standard.waivers):
        sent = document.message.sent_at
        today = sent.date() if sent else date.today()
        if any(waiver.rule == finding.rule and today <= waiver.expires for waiver in standard.waivers):
            return Level.OFF
    if finding.span is not None:
        allowed = standard.allow.get(finding.rule)
        if allowed and document.folded[finding.span.start : finding.span.end].casefold() in allowed:
            return Level.OFF
        if standard.contacts and finding.rule.startswith("privacy/") and own_contact(finding.span, document, standard):
            return Level.OFF
    return level


def own_contact(span: Span, document: Document, standard: Standard) -> bool:
    """Whether an agent's message gives the organisation's own contact: the whole of it, or an address at its domain."""
    if document.message.role is not Role.AGENT:
        return False
    found = document.folded[span.start : span.end]
    squeezed = squeeze(found)
    for contact in standard.contacts:
        folded = contact.casefold()
        if (folded.startswith("@") and found.endswith(folded)) or squeeze(folded) == squeezed:
            return True
    return False


def squeeze(text: str) -> str:
    """Letters and digits only, so that "(03) 5550 1234" is "0355501234"; an Australian +61 counts as 0."""
    kept = "".join(character for character in text if character.isalnum())
    return "0" + kept[2:] if kept.startswith("61") and len(kept) == 11 else kept


def remark(finding: Finding, level: Level) -> Remark:
    """The finding with its level."""
    return Remark(
        finding.rule, finding.span, finding.message, finding.replacements, finding.confidence, finding.evidence, level
    )


def outside_bound(bound: Bound, score: Score | None) -> Remark | None:
    """A remark where a score lies outside its bound: where there is an interval, the whole of it."""
    if score is None or score.value is None or bound.level is Level.OFF:
        return None
    low, high = score.interval or (score.value, score.value)
    if bound.min is not None and high < bound.min:
        rule, text = (
            "bounds/too-low",
            f"{bound.measure} is {score.value:.2f}; the standard asks for at least {bound.min:g}.",
        )
    elif bound.max is not None and low > bound.max:
        rule, text = (
            "bounds/too-high",
            f"{bound.measure} is {score.value:.2f}; the standard asks for at most {bound.max:g}.",
        )
    else:
        return None
    return Remark(rule, None, text, level=bound.level)


def verdict(remarks: Sequence[Remark], skipped: Sequence[Skipped], standard: Standard) -> Verdict:
    """Hold on any error, revise on any warning; no acquittal where a required analyser did not answer."""
    if remarks:
        levels = {found.level for found in remarks}
        if Level.ERROR in levels:
            return Verdict.HOLD
        if Level.WARNING in levels:
            return Verdict.REVISE
    if any(skip.analyser in standard.required for skip in skipped):
        return Verdict.UNKNOWN
    return Verdict.PASS
