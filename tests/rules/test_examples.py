"""Every rule raises itself on its failing examples and not on its passing ones; no rule barks at a good reply."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from toneguard.documents import parse
from toneguard.messages import Conversation, Message, Role
from toneguard.pipeline import Pipeline
from toneguard.rules import Example, Rule, builtin_contexts, builtin_rules
from toneguard.rules.match import ContextReader

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = Path(__file__).parent / "everything.toml"
CASES = [
    pytest.param(rule, example, fires, id=f"{rule.name}-{'fails' if fires else 'passes'}-{position}")
    for rule in builtin_rules().values()
    if not rule.name.startswith("presidio/")  # an extra, with tests of its own
    for fires, examples in ((True, rule.fails), (False, rule.passes))
    for position, example in enumerate(examples)
]


@lru_cache(maxsize=1)
def everything() -> Pipeline:
    """A pipeline under whose standard every rule can be raised."""
    return Pipeline(EVERYTHING)


def raised(example: Example) -> set[str]:
    message = Message(text=example.text, role=example.role, public=example.public)
    review = everything().review(message, before=list(example.before))
    return {finding.rule for finding in review.findings}


@pytest.mark.parametrize(("rule", "example", "fires"), CASES)
def test_example(rule: Rule, example: Example, fires: bool) -> None:
    assert (rule.name in raised(example)) is fires


def test_there_are_enough_rules() -> None:
    packs = Counter(name.split("/")[0] for name in builtin_rules())
    assert sum(packs[pack] for pack in ("respect", "clarity", "empathy", "plain")) >= 40
    assert packs["law"] >= 7


@pytest.mark.parametrize("name", builtin_contexts())
def test_context(name: str) -> None:
    context = builtin_contexts()[name]
    reader = ContextReader(builtin_contexts())
    role = Role(min(context.roles))
    for text in context.fails:
        assert name in reader.read(parse(Message(text=text, role=role))), text
    for text in context.passes:
        assert name not in reader.read(parse(Message(text=text, role=role))), text


def good_replies() -> list[Conversation]:
    rows = (ROOT / "corpora/clean/replies.jsonl").read_text(encoding="utf-8").splitlines()
    conversations = []
    for row in map(json.loads, rows):
        messages = [Message(text=earlier["text"], role=earlier["role"]) for earlier in row["before"]]
        messages.append(Message(text=row["text"], role=Role.AGENT, channel=row["channel"], id=row["id"]))
        conversations.append(Conversation(id=row["id"], messages=tuple(messages)))
    return conversations


def test_no_rule_barks_at_a_good_reply() -> None:
    replies = good_replies()
    assert len(replies) >= 300
    barks = [
        (result.conversation_id, finding.rule)
        for result in Pipeline().review_many(replies)
        for finding in result.reviews[-1].findings
        if finding.level.barks
    ]
    assert not barks
