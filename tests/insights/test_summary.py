from __future__ import annotations

import json
import tracemalloc
from functools import partial

from toneguard.findings import Score
from toneguard.insights import Summary
from toneguard.insights.summary import MOST_REASONS, OTHER
from toneguard.messages import Role
from toneguard.reviews import ConversationReview, Level, Provenance, Remark, Review, Scores, Skipped, Verdict

PROVENANCE = Provenance("0", "fast", "shop@3", "0", "0", {})


def review(
    name: str | None,
    role: str = "agent",
    verdict: str | None = "pass",
    rules: dict[str, str] | None = None,
    scores: dict[str, float | str] | None = None,
    skipped: tuple[Skipped, ...] = (),
    times: int = 1,
) -> Review:
    return Review(
        message_id=name,
        role=Role(role),
        language="en",
        verdict=Verdict(verdict) if verdict and role == "agent" else None,
        scores=Scores(
            {
                key: Score(key, None, value) if isinstance(value, str) else Score(key, value, "counted")
                for key, value in (scores or {}).items()
            }
        ),
        findings=tuple(
            Remark(rule, None, "Why.", level=Level(level)) for rule, level in (rules or {}).items() for _ in range(times)
        ),
        skipped=skipped,
        provenance=PROVENANCE,
    )


def summary_of(*conversations: list[Review]) -> Summary:
    summary = Summary()
    for number, reviews in enumerate(conversations):
        summary.add(ConversationReview(f"c{number}", tuple(reviews)))
    return summary


def test_counts() -> None:
    data = summary_of(
        [review("1", "customer"), review("2", verdict="revise"), review("3", verdict="hold")],
        [review("4", "bot"), review("5", verdict="pass")],
        [review("6", "system"), review("7", "customer")],
        [review("8", verdict="unknown"), review("9", verdict="pass")],
    ).to_dict()
    assert data["conversations"] == {
        "total": 4,
        "by_worst_verdict": {"pass": 1, "revise": 0, "hold": 1, "unknown": 1, "no agent message": 1},
    }
    assert data["messages"] == {"total": 9, "by_role": {"customer": 2, "agent": 5, "bot": 1, "system": 1}}
    assert data["verdicts"] == {"pass": 2, "revise": 1, "hold": 1, "unknown": 1}
    assert data["standards"] == ["shop@3"]


def test_the_ten_most_frequent_findings_with_examples() -> None:
    conversations = [
        [review(f"{rule}-{time}", rules={f"plain/r{rule:02}": "suggestion"})] for rule in range(12) for time in range(rule + 1)
    ]
    data = summary_of(*conversations).to_dict()
    assert [found["rule"] for found in data["findings"]] == [f"plain/r{rule:02}" for rule in range(11, 1, -1)]
    assert data["other_rules_found"] == 2
    assert data["findings"][0] == {
        "rule": "plain/r11",
        "level": "suggestion",
        "count": 12,
        "messages": 12,
        "share": round(12 / 78, 4),
        "examples": ["11-0", "11-1", "11-2"],
    }


def test_the_rule_found_most_often_comes_first() -> None:
    often = review("1", rules={"plain/often": "suggestion"}, times=5)
    data = summary_of([often, *[review(str(n), rules={"plain/wide": "error"}) for n in range(2, 5)]]).to_dict()
    assert [(found["rule"], found["count"], found["messages"]) for found in data["findings"]] == [
        ("plain/often", 5, 1),
        ("plain/wide", 3, 3),
    ]


def test_a_rule_found_twice_in_a_message_is_one_message() -> None:
    data = summary_of([review("1", rules={"plain/a": "warning", "plain/b": "error"}, times=2), review(None)]).to_dict()
    assert [(f["count"], f["messages"], f["share"], f["examples"]) for f in data["findings"]] == [(2, 1, 0.5, ["1"])] * 2
    assert data["agent_messages_with"] == {"error": 1, "warning": 1, "suggestion": 0}


def test_notes_are_not_told_and_customers_are_told_apart() -> None:
    summary = summary_of(
        [
            review("1", "customer", rules={"dissatisfaction/leaving": "note", "privacy/email-address": "note", "plain/a": "note"}),
            review("2", rules={"privacy/person-name": "note"}),
            review(None, "customer", rules={"privacy/email-address": "note"}),
            review("4", "bot", rules={"plain/a": "error"}),
        ]
    )
    data = summary.to_dict()
    assert data["findings"] == []
    assert [(found["rule"], found["count"], found["share"], found["examples"]) for found in data["customer_findings"]] == [
        ("privacy/email-address", 2, 1.0, ["1"]),
        ("dissatisfaction/leaving", 1, 0.5, ["1"]),
    ]


def test_distributions_by_role() -> None:
    reviews = [review(str(n), scores={"words": float(n), "grade": f"cannot say: {n} words are fewer than 30"}) for n in range(1, 101)]
    silent = {"words": "cannot say: not English", "brand_voice": "asked of agent messages only", "fog": "not asked for"}
    reviews.append(review("x", "customer", scores=silent))
    data = summary_of(reviews).to_dict()["measures"]
    words = data["words"]["agent"]
    assert (words["n"], words["p10"], words["median"], words["p90"], words["cannot_say"]) == (100, 10.0, 50.0, 90.0, 0)
    assert data["grade"]["agent"] == {
        "n": 0, "p10": None, "median": None, "p90": None,
        "cannot_say": 100, "cannot_say_share": 1.0, "cannot_say_reason": "N words are fewer than 30",
    }  # fmt: skip
    assert data["words"]["customer"]["cannot_say_reason"] == "not English"
    assert "brand_voice" not in data
    assert "fog" not in data


def test_numbers_of_reasons_stay_where_they_never_change() -> None:
    summary = summary_of([review("1", scores={"voice": "cannot say: 3 replies; it needs 20"})] * 2)
    other = summary_of([review("1", scores={"voice": "cannot say: 4 replies; it needs 20"})])
    reason = lambda one: one.to_dict()["measures"]["voice"]["agent"]["cannot_say_reason"]  # noqa: E731
    assert reason(summary) == "3 replies; it needs 20"
    summary.merge(other)
    assert reason(summary) == "N replies; it needs 20"
    assert "  no voice (agent): N replies; it needs 20" in summary.lines()


def test_reasons_stay_few() -> None:
    letters = "abcdefghij"
    reviews = [review("1", scores={"grade": f"cannot say: {a}{b}"}) for a in letters for b in letters]
    summary = summary_of(reviews)
    reasons = summary._values["grade", "agent"].reasons
    assert len(reasons) == MOST_REASONS + 1
    assert reasons[OTHER] == 100 - MOST_REASONS


def test_skipped_analysers() -> None:
    broken = (Skipped("politeness", "raised ValueError"),)
    data = summary_of([review("1", skipped=broken), review("2", skipped=broken), review("3")]).to_dict()
    assert data["skipped"] == [{"analyser": "politeness", "count": 2, "reason": "raised ValueError"}]


def mixed(number: int) -> list[Review]:
    return [
        review(f"{number}a", "customer", scores={"sentiment": -0.3 + number % 7 / 10}, rules={"dissatisfaction/repeat": "note"}),
        review(
            f"{number}b",
            verdict=("pass", "revise", "hold")[number % 3],
            rules={f"plain/r{number % 5}": "warning"} if number % 3 else {},
            scores={"sentiment": number % 11 / 10, "grade": "cannot say: too short" if number % 2 else 8.25},
            skipped=(Skipped("privacy", "raised KeyError"),) if number % 9 == 0 else (),
        ),
    ]


def test_parts_add_up_to_the_whole() -> None:
    conversations = [mixed(number) for number in range(60)]
    whole = summary_of(*conversations)
    first, second = summary_of(*conversations[:25]), summary_of(*conversations[25:])
    first.merge(second)
    first.merge(Summary())
    assert first.to_dict() == whole.to_dict()
    assert second.to_dict() == summary_of(*conversations[25:]).to_dict()


def test_empty_and_json() -> None:
    for summary in (Summary(), summary_of(mixed(1), mixed(2))):
        json.dumps(summary.to_dict(), allow_nan=False)
        assert summary.to_text().endswith("\n")
    assert "0 messages in 0 conversations" in Summary().to_text()


def test_what_a_team_leader_reads() -> None:
    text = summary_of(*[mixed(number) for number in range(60)]).to_text()
    assert text.splitlines()[:2] == [
        "120 messages in 60 conversations, by shop@3",
        "  customer 60, agent 60",
    ]
    for part in ("revise  20  33.3%", "plain/r1", "1b, 11b, 16b", "dissatisfaction/repeat", "50.0% too short", "privacy: 7 messages"):
        assert part in text, text
    assert max(map(len, text.splitlines())) <= 110


def test_ids_do_not_command_a_terminal() -> None:
    text = summary_of([review("\x1b[2J" + "x" * 100, rules={"plain/a": "error"})]).to_text()
    assert "\x1b" not in text
    assert "x" * 50 not in text


def test_memory_does_not_grow() -> None:
    results = [ConversationReview(str(number), tuple(mixed(number))) for number in range(2000)]

    def add(repeats: int) -> None:
        summary = Summary()
        for _ in range(repeats):
            for result in results:
                summary.add(result)

    def peak(repeats: int) -> int:
        tracemalloc.start()
        try:
            partial(add, repeats)()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    add(1)
    assert peak(5) < peak(1) * 1.1 + 20_000
