"""What agents do with personal data: the reasons, places and suggestions beside the rules' own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear

from toneguard.analysers.privacy import Privacy
from toneguard.analysers.privacy.conduct import ANOTHERS, CONDUCT, LOOK_BACK, PUBLIC, REPEATS, TOO_SOON, UNANSWERED
from toneguard.documents import parse_conversation
from toneguard.findings import Finding, Span
from toneguard.messages import Channel, Message


def found(*turns: tuple[str, str], **last: object) -> list[Finding]:
    messages = [Message(text=text, role=role, id=f"m{n}") for n, (role, text) in enumerate(turns, 1)]
    role, text = turns[-1]
    messages[-1] = Message(text=text, role=role, id=f"m{len(turns)}", **last)  # type: ignore[arg-type]
    return [f for f in Privacy().analyse(parse_conversation(messages))[-1].findings if f.rule in CONDUCT]


def test_a_repeated_number_is_shown_where_it_stands_and_where_it_came_from() -> None:
    [finding] = found(
        ("customer", "TFN is 123 456 782"), ("agent", "Removed, thanks."), ("customer", "ok"), ("agent", "So TFN 123456782?")
    )
    assert finding.rule == REPEATS
    assert finding.span == Span(7, 16)
    assert [(e.message_id, e.span) for e in finding.evidence] == [("m1", Span(7, 18))]
    assert "123" not in repr(finding).replace("Span", "")


def test_oversharing_gets_a_sentence_to_send_that_holds_no_data() -> None:
    [finding] = found(("customer", "pay it with 4111 1111 1111 1111"), ("agent", "All paid, thanks!"))
    assert finding.rule == UNANSWERED
    assert finding.span is None
    assert finding.replacements[0].startswith("Please don't send card numbers in a message.")
    assert found(("customer", "pay it with 4111 1111 1111 1111"), ("agent", f"All paid. {finding.replacements[0]}")) == []


def test_only_agents_are_asked_and_only_about_the_latest_messages() -> None:
    turns = (("customer", "my password is Wombat77!"), ("agent", "Please change that password."), ("customer", "done"))
    assert found(*turns) == []
    assert found(*turns, ("agent", "Great, you're in.")) == []
    assert found(("customer", "my password is Wombat77!"), ("bot", "An agent will be with you.")) == []


@pytest.mark.parametrize(
    ("last", "public"),
    [({"public": True}, True), ({"channel": Channel.REVIEW}, True), ({"channel": "review", "public": False}, False), ({}, False)],
)
def test_an_answer_to_a_review_is_public_unless_it_is_not(last: dict[str, object], public: bool) -> None:
    rules = [f.rule for f in found(("customer", "One star."), ("agent", "Your order TF-204417 was late, sorry."), **last)]
    assert rules == ([PUBLIC] if public else [])


def test_another_name_than_the_customer_s_own() -> None:
    asked = ("customer", "Where is it?\n\nThanks,\nPriya Raman")
    assert [f.rule for f in found(asked, ("agent", "Hi Stavros,\n\nit left today."))] == [ANOTHERS]
    assert found(asked, ("agent", "Hi Priya,\n\nit left today.")) == []
    assert found(asked, ("agent", "Hi there,\n\nit left today.")) == []
    assert found(("customer", "Where is it?"), ("agent", "Hi Stavros,\n\nit left today.")) == []


def test_a_detail_is_told_too_soon_only_while_nobody_knows_who_asks() -> None:
    told = ("agent", "We have your mobile as 0491 570 156.")
    assert [f.rule for f in found(("customer", "which number do you have"), told)] == [TOO_SOON]
    assert found(("customer", "order TF-204417, which number do you have"), told) == []
    assert found(("customer", "which number do you have"), ("agent", "Ring the depot on 0491 570 156.")) == []


def test_time_grows_with_the_length_of_a_conversation() -> None:
    def run(size: int) -> Callable[[], object]:
        turns = [Message("my card is 4111 1111 1111 1111", "customer"), Message("Removed, thanks.", "agent")] * size
        documents = parse_conversation(turns)
        return lambda: Privacy().analyse(documents)

    assert LOOK_BACK < 200
    assert_linear(run, 100)
