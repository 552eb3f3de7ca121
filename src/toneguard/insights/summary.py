"""A summary that a team leader can read, counted while results pass by."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from toneguard.findings import Score
from toneguard.insights.histogram import Histogram
from toneguard.insights.plain import render
from toneguard.messages import Role
from toneguard.reviews import ConversationReview, Level, Remark, Review, Verdict

TOP = 10
"""How many of the most frequent findings are told."""
EXAMPLES = 3
MOST_REASONS = 50
"""Different reasons that are counted apart, for each measure and role; others are counted together."""
OTHER = "other reasons"
NO_VERDICT = "no agent message"
CUSTOMER_PACKS = ("dissatisfaction/", "privacy/")
"""The findings in customers' messages that are told, by the start of their names."""
NOT_ASKED = ("asked of ", "not asked ", "cannot say: asked of ", "cannot say: not asked ")
"""How the reason begins where a measure is not for a role or not wanted by a standard: no lack of an answer."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
HOLE = "\0"
"""Stands for a number in a reason."""
SOME = "N"
"""Stands for several numbers in a reason that is told."""
Numbers = tuple[str, ...]


@dataclass(slots=True)
class RuleCount:
    """One rule: how often it was found, in how many messages, where for example, and its highest level."""

    count: int = 0
    messages: int = 0
    level: Level = Level.OFF
    examples: list[str] = field(default_factory=list)

    def merge(self, other: RuleCount) -> None:
        """Count what ``other`` has counted; its examples come after these."""
        self.count += other.count
        self.messages += other.messages
        self.level = max(self.level, other.level, key=lambda level: level.rank)
        self.examples.extend(other.examples[: EXAMPLES - len(self.examples)])


@dataclass(slots=True)
class Values:
    """One measure in the messages of one role: its values, and why there were none."""

    histogram: Histogram = field(default_factory=Histogram)
    unsaid: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, Numbers] = field(default_factory=dict)

    def add(self, score: Score) -> None:
        """Count one score."""
        if score.value is not None:
            self.histogram.add(score.value)
            return
        self.unsaid += 1
        self.note(*reason_of(score.because), 1)

    def note(self, reason: str, numbers: Numbers, count: int) -> None:
        """Count a reason, apart while there are few. Of its numbers those that are always the same are kept."""
        if reason not in self.reasons and len(self.reasons) >= MOST_REASONS:
            reason, numbers = OTHER, ()
        self.reasons[reason] += count
        known = self.numbers.setdefault(reason, numbers)
        if known != numbers:
            pairs = zip(known, numbers, strict=True)
            self.numbers[reason] = tuple(one if one == other else SOME for one, other in pairs)

    def top_reason(self) -> str | None:
        """The most frequent reason, with the numbers that never changed."""
        reason = most_frequent(self.reasons)
        if reason is None:
            return None
        numbers = iter(self.numbers[reason])
        return "".join(next(numbers) if sign == HOLE else sign for sign in reason)

    def merge(self, other: Values) -> None:
        """Count what ``other`` has counted."""
        self.histogram.merge(other.histogram)
        self.unsaid += other.unsaid
        for reason, count in other.reasons.items():
            self.note(reason, other.numbers[reason], count)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        asked = self.histogram.count + self.unsaid
        return {
            "n": self.histogram.count,
            "p10": self.histogram.quantile(0.1),
            "median": self.histogram.quantile(0.5),
            "p90": self.histogram.quantile(0.9),
            "cannot_say": self.unsaid,
            "cannot_say_share": share(self.unsaid, asked),
            "cannot_say_reason": self.top_reason(),
        }


class Summary:
    """What many reviews say. Give it every result with :meth:`add`; memory does not grow with their number.

    It holds names of rules, measures and standards, numbers, and up to three message ids per rule; never a
    text. The same results in the same order give the same summary. Summaries of parts of an archive add up
    with :meth:`merge`.
    """

    def __init__(self) -> None:
        self._conversations: Counter[str] = Counter()
        self._messages: Counter[str] = Counter()
        self._verdicts: Counter[str] = Counter()
        self._levels: Counter[str] = Counter()
        self._agent: dict[str, RuleCount] = {}
        self._customer: dict[str, RuleCount] = {}
        self._values: dict[tuple[str, str], Values] = {}
        self._skipped: dict[str, Counter[str]] = {}
        self._standards: dict[str, None] = {}

    def add(self, result: ConversationReview) -> None:
        """Count one conversation."""
        verdict = result.verdict
        self._conversations[verdict.value if verdict else NO_VERDICT] += 1
        for review in result.reviews:
            self._add_review(review)

    def _add_review(self, review: Review) -> None:
        role = review.role.value
        self._messages[role] += 1
        self._standards[review.provenance.standard] = None
        if review.verdict is not None:
            self._verdicts[review.verdict.value] += 1
        if review.role is Role.AGENT:
            told = [finding for finding in review.findings if finding.level.barks]
            self._count(self._agent, review, told)
            for level in {finding.level for finding in told}:
                self._levels[level.value] += 1
        elif review.role is Role.CUSTOMER:
            told = [finding for finding in review.findings if finding.rule.startswith(CUSTOMER_PACKS)]
            self._count(self._customer, review, told)
        for name, score in review.scores.items():
            if score.value is not None or not score.because.startswith(NOT_ASKED):
                values = self._values.get((name, role))
                if values is None:
                    values = self._values[name, role] = Values()
                values.add(score)
        for skipped in review.skipped:
            self._skipped.setdefault(skipped.analyser, Counter())[skipped.reason] += 1

    @staticmethod
    def _count(rules: dict[str, RuleCount], review: Review, findings: list[Remark]) -> None:
        example = [review.message_id] if review.message_id is not None else []
        by_rule: dict[str, RuleCount] = {}
        for finding in findings:
            here = by_rule.setdefault(finding.rule, RuleCount(0, 1, Level.OFF, example))
            here.merge(RuleCount(1, 0, finding.level))
        for name, found in by_rule.items():
            rules.setdefault(name, RuleCount()).merge(found)

    def merge(self, other: Summary) -> None:
        """Count what ``other`` has counted, as if its results had come after these."""
        self._conversations.update(other._conversations)
        self._messages.update(other._messages)
        self._verdicts.update(other._verdicts)
        self._levels.update(other._levels)
        self._standards.update(other._standards)
        for mine, theirs in ((self._agent, other._agent), (self._customer, other._customer)):
            for rule, count in theirs.items():
                mine.setdefault(rule, RuleCount()).merge(count)
        for key, values in other._values.items():
            self._values.setdefault(key, Values()).merge(values)
        for analyser, reasons in other._skipped.items():
            self._skipped.setdefault(analyser, Counter()).update(reasons)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; shares are 0..1, None where there is nothing to share."""
        agent, customer = self._messages[Role.AGENT.value], self._messages[Role.CUSTOMER.value]
        measures: dict[str, dict[str, Any]] = {}
        for name, _ in self._values:
            measures.setdefault(name, {})
        for name in measures:
            for role in Role:
                if (name, role.value) in self._values:
                    measures[name][role.value] = self._values[name, role.value].to_dict()
        return {
            "standards": list(self._standards),
            "conversations": {
                "total": self._conversations.total(),
                "by_worst_verdict": in_order(self._conversations, [*VERDICTS, NO_VERDICT]),
            },
            "messages": {
                "total": self._messages.total(),
                "by_role": in_order(self._messages, [role.value for role in Role]),
            },
            "verdicts": in_order(self._verdicts, VERDICTS),
            "agent_messages_with": in_order(self._levels, ["error", "warning", "suggestion"]),
            "findings": told(self._agent, agent)[:TOP],
            "other_rules_found": max(0, len(self._agent) - TOP),
            "customer_findings": told(self._customer, customer),
            "measures": measures,
            "skipped": [
                {"analyser": analyser, "count": reasons.total(), "reason": most_frequent(reasons)}
                for analyser, reasons in sorted(self._skipped.items())
            ],
        }

    def lines(self) -> list[str]:
        """The summary as lines of plain text, none wider than 100 characters unless an id or a name is."""
        return render(self.to_dict())

    def to_text(self) -> str:
        """The summary as plain text."""
        return "\n".join(self.lines()) + "\n"


VERDICTS = [Verdict.PASS.value, Verdict.REVISE.value, Verdict.HOLD.value, Verdict.UNKNOWN.value]


def told(rules: dict[str, RuleCount], messages: int) -> list[dict[str, Any]]:
    """Rules as data, the one found most often first; ``share`` is that of ``messages`` in which it was found."""
    ranked = sorted(rules.items(), key=lambda item: (-item[1].count, -item[1].messages, item[0]))
    return [
        {
            "rule": rule,
            "level": found.level.value,
            "count": found.count,
            "messages": found.messages,
            "share": share(found.messages, messages),
            "examples": list(found.examples),
        }
        for rule, found in ranked
    ]


@lru_cache(maxsize=1024)
def reason_of(because: str) -> tuple[str, Numbers]:
    """A reason, and apart from it its numbers: "9 words" and "10 words" must not be two reasons, without end."""
    reason = because.removeprefix("cannot say: ").replace(HOLE, "")
    return NUMBER.sub(HOLE, reason), tuple(NUMBER.findall(reason))


def most_frequent(reasons: Counter[str]) -> str | None:
    """The reason that was met most often, the first in the alphabet of several; None of none."""
    return min(reasons, key=lambda reason: (-reasons[reason], reason), default=None)


def in_order(counts: Counter[str], names: list[str]) -> dict[str, int]:
    """Counts by name, each of ``names`` in its place, also those that were never met."""
    return {name: counts[name] for name in names}


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` with four decimals; None of nothing."""
    return round(part / whole, 4) if whole else None
