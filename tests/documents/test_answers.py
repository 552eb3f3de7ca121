"""What trained heads say: calibrations, decisions, blends, and what of them a student is told."""

from __future__ import annotations

import math
from typing import Any

import pytest

from toneguard.documents.answers import CERTAIN, Answers, Blend, Calibration, Plan, log_odds, sigmoid, softmax

SENTIMENT: dict[str, Any] = {
    "name": "sentiment", "kind": "classes", "columns": ["negative", "neutral", "positive"], "first": 0,
    "slopes": [2.0, 2.0, 2.0], "offsets": [0.5, 0.0, -0.5], "decision": [0.4, 0.0, 0.0],
}  # fmt: skip
LEVEL: dict[str, Any] = {
    "name": "level", "kind": "classes", "columns": ["none", "slight", "moderate", "strong", "extreme"], "first": 3,
    "slopes": [1.0] * 5, "offsets": [0.0] * 5,
}  # fmt: skip
COMPLAINT: dict[str, Any] = {
    "name": "complaint", "kind": "probability", "columns": ["complaint"], "first": 8, "slopes": [3.0], "offsets": [-1.0],
}  # fmt: skip
KINDS: dict[str, Any] = {
    "name": "kinds", "kind": "labels", "columns": ["sarcasm", "abuse"], "first": 9, "slopes": [1.0, 2.0], "offsets": [0.0, -1.0],
}  # fmt: skip
WARMTH: dict[str, Any] = {
    "name": "warmth", "kind": "value", "columns": ["warmth"], "first": 11, "slopes": [1.5], "offsets": [3.0], "bounds": [1.0, 5.0],
}  # fmt: skip
UNHAPPY: dict[str, Any] = {
    "name": "dissatisfaction", "kind": "probability", "columns": ["dissatisfaction"], "first": 12, "slopes": [2.0], "offsets": [0.5],
}  # fmt: skip
HEADS = [SENTIMENT, LEVEL, COMPLAINT, KINDS, WARMTH]
BLEND = {"level": 0.7, "complaint": 0.4, "sentiment": 0.2, "bias": -0.3}
COLUMNS = [1.2, -0.3, 0.4, 0.1, 0.2, 0.9, -0.5, -1.0, 0.6, 0.25, 0.75, -0.4, 0.3]


def test_classes_share_one_and_are_scaled_by_column() -> None:
    shares = Calibration.read(SENTIMENT).shares(COLUMNS)
    weights = [math.exp(value) for value in (2 * 1.2 + 0.5, 2 * -0.3, 2 * 0.4 - 0.5)]
    assert shares == pytest.approx(dict(zip(SENTIMENT["columns"], [w / sum(weights) for w in weights], strict=True)))
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)


def test_labels_stand_each_on_its_own() -> None:
    kinds = Calibration.read(KINDS)
    chances = kinds.chances(COLUMNS)
    assert chances == pytest.approx({"sarcasm": sigmoid(0.25), "abuse": sigmoid(0.5)})
    other = kinds.chances([*COLUMNS[:10], -9.0, *COLUMNS[11:]])
    assert other["sarcasm"] == chances["sarcasm"]
    assert other["abuse"] < chances["abuse"]


def test_a_probability_is_that_of_its_only_column() -> None:
    complaint = Calibration.read(COMPLAINT)
    assert complaint.probability(COLUMNS) == pytest.approx(1 / (1 + math.exp(-0.8)))
    assert complaint.probability([0.0] * 8 + [1 / 3] + [0.0] * 4) == pytest.approx(0.5)


@pytest.mark.parametrize(("column", "value"), [(-0.4, 2.4), (50.0, 5.0), (-50.0, 1.0), (4 / 3, 5.0)])
def test_values_stay_within_their_bounds(column: float, value: float) -> None:
    assert Calibration.read(WARMTH).value([*COLUMNS[:11], column]) == pytest.approx(value)


def test_without_bounds_a_value_may_be_anything() -> None:
    free = Calibration.read({key: value for key, value in WARMTH.items() if key != "bounds"})
    assert free.value([*COLUMNS[:11], 1000.0]) == pytest.approx(1503)


def test_only_the_head_s_own_columns_count() -> None:
    level = Calibration.read(LEVEL)
    assert level.shares(COLUMNS) == level.shares([9.0, 9.0, 9.0, *COLUMNS[3:8], 9.0, 9.0])


def test_too_few_columns_are_an_error_and_no_guess() -> None:
    with pytest.raises(IndexError):
        Calibration.read(SENTIMENT).shares([1.0, 2.0])


def test_a_decision_moves_the_label_and_no_probability() -> None:
    close = [0.0, 0.2, 0.0]
    level = {**SENTIMENT, "offsets": [0.0, 0.0, 0.0], "decision": []}
    plain, moved = Calibration.read(level), Calibration.read({**level, "decision": [0.5, 0.0, 0.0]})
    assert plain.shares(close) == moved.shares(close)
    assert plain.best([*plain.shares(close).values()])[0] == "neutral"
    assert moved.best([*moved.shares(close).values()])[0] == "negative"
    assert moved.best([0.0, 0.0, 1.0])[:2] == ("positive", 1.0)  # finite where a share is 0


def test_a_plan_is_read_from_its_manifest() -> None:
    plan = Plan.read({"heads": HEADS, "dissatisfaction": BLEND})
    assert list(plan.heads) == ["sentiment", "level", "complaint", "kinds", "warmth"]
    assert plan.blend == Blend(0.7, 0.4, 0.2, -0.3)
    assert Plan.read({"heads": HEADS}).blend is None


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"heads": None},
        {"heads": [{key: value for key, value in SENTIMENT.items() if key != "slopes"}]},
        {"heads": [{**SENTIMENT, "slopes": "much"}]},
        {"heads": [{**SENTIMENT, "first": "here"}]},
        {"heads": [{**WARMTH, "bounds": [1.0, 2.0, 3.0]}]},
        {"heads": HEADS, "dissatisfaction": {"level": 1.0}},
        {"heads": HEADS, "dissatisfaction": {**BLEND, "mood": 1.0}},
    ],
)
def test_a_plan_that_lacks_something_is_an_error(table: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Plan.read(table)


def test_what_is_told_fits_its_names_and_says_the_same() -> None:
    plan = Plan.read({"heads": HEADS, "dissatisfaction": BLEND})
    told = dict(zip(plan.told_names, plan.told(COLUMNS), strict=True))
    answers = Answers(plan, COLUMNS)
    assert plan.told_names[0] == "sentiment.negative"
    assert plan.told_names[-1] == "dissatisfaction.dissatisfaction"
    assert len(told) == 13
    assert sigmoid(told["complaint.complaint"]) == pytest.approx(answers.probability("complaint"))
    assert sigmoid(told["dissatisfaction.dissatisfaction"]) == pytest.approx(answers.dissatisfaction)
    assert told["warmth.warmth"] == pytest.approx(answers.value("warmth"))
    sentiment = softmax([told[f"sentiment.{name}"] for name in SENTIMENT["columns"]])
    assert sentiment == pytest.approx(list(answers.shares("sentiment").values()))


def test_without_a_blend_nothing_is_told_twice() -> None:
    plan = Plan.read({"heads": [*HEADS, UNHAPPY]})
    assert plan.told_names.count("dissatisfaction.dissatisfaction") == 1
    assert len(plan.told(COLUMNS)) == len(plan.told_names) == 13


def test_dissatisfaction_comes_from_its_head_where_there_is_one() -> None:
    answers = Answers(Plan.read({"heads": [*HEADS, UNHAPPY]}), COLUMNS)
    assert answers.dissatisfaction == pytest.approx(sigmoid(1.1))
    assert answers.dissatisfaction == answers.probability("dissatisfaction")


def test_dissatisfaction_is_blended_where_it_has_no_head() -> None:
    answers = Answers(Plan.read({"heads": HEADS, "dissatisfaction": BLEND}), COLUMNS)
    level, complaint, feeling = answers.shares("level"), answers.probability("complaint"), answers.shares("sentiment")
    more = level["moderate"] + level["strong"] + level["extreme"]
    wanted = -0.3 + 0.7 * log_odds(more) + 0.4 * log_odds(complaint) + 0.2 * log_odds(feeling["negative"])
    assert answers.dissatisfaction == pytest.approx(sigmoid(wanted))


def test_more_of_any_ingredient_means_more_dissatisfaction() -> None:
    plan = Plan.read({"heads": HEADS, "dissatisfaction": BLEND})
    given = Answers(plan, COLUMNS).dissatisfaction
    for place in (0, 6, 8):  # negative, strong, complaint
        more = [*COLUMNS[:place], COLUMNS[place] + 1, *COLUMNS[place + 1 :]]
        assert Answers(plan, more).dissatisfaction > given


def test_answers_label_by_the_decision() -> None:
    answers = Answers(Plan.read({"heads": HEADS}), [0.0, 0.4, 0.0, *COLUMNS[3:]])
    shares = answers.shares("sentiment")
    assert max(shares, key=shares.__getitem__) == "neutral"
    assert answers.label("sentiment") == "negative"
    assert answers.label("level") == "moderate"
    assert answers.chances("kinds")["abuse"] == pytest.approx(sigmoid(0.5))


@pytest.mark.parametrize("values", [[1000.0, 0.0], [-1000.0, -1000.0], [1e308, -1e308], [5.0], [0.0] * 17])
def test_softmax_sums_to_one_at_its_ends(values: list[float]) -> None:
    shares = softmax(values)
    assert sum(shares) == pytest.approx(1, abs=1e-12)
    assert all(0 <= share <= 1 for share in shares)
    assert shares.index(max(shares)) == values.index(max(values))


@pytest.mark.parametrize("value", [0.0, 1e-9, 3.0, 40.0, 750.0, 1e308])
def test_sigmoid_is_symmetric_and_never_overflows(value: float) -> None:
    assert 0.5 <= sigmoid(value) <= 1
    assert sigmoid(-value) == pytest.approx(1 - sigmoid(value), abs=1e-15)


@pytest.mark.parametrize("probability", [0.001, 0.25, 0.5, 0.9, 0.999])
def test_log_odds_undo_the_logistic_function(probability: float) -> None:
    assert sigmoid(log_odds(probability)) == pytest.approx(probability, abs=1e-12)


def test_log_odds_are_finite_at_the_ends() -> None:
    assert log_odds(0.0) == log_odds(CERTAIN / 2) == pytest.approx(-math.log(1 / CERTAIN), rel=1e-5)
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0), rel=1e-9)
    assert log_odds(-3.0) == log_odds(0.0)  # rounding may leave a probability just outside
