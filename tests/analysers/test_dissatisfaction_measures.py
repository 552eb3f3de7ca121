"""The measures of dissatisfaction: values and labels agree, cues make a kind sure, and only customers are asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH
from toneguard.analysers.dissatisfaction import GRAVEST, LEVELS, THRESHOLD, Dissatisfaction, kind_score, make
from toneguard.analysers.dissatisfaction.cues import PACK, SHOWS, cue_rules
from toneguard.documents import add_answers, parse
from toneguard.documents.answers import Answers, Calibration, Plan
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Score
from toneguard.heads.load import Reader, load_reader
from toneguard.messages import Message, Role

MEASURES = ("dissatisfaction", "dissatisfaction_level", "dissatisfaction_kind", "contact_type", "cause")
ANGRY = "This is the third time I've asked and nobody has replied. My order is three weeks late and I want my money back now."
HAPPY = "Just wanted to say a huge thank you to your team, the new kettle arrived this morning and it is perfect!"
MESSAGES = (
    ANGRY,
    HAPPY,
    "Do you deliver to Kununurra, and how long does it take?",
    "The zip on the tent broke the second time I used it.",
    "Could you please change the delivery day of my order to Friday?",
    "I'll be leaving a one-star review and taking my business elsewhere.",
    "You will be hearing from my solicitor about the double charge.",
    "It'd be handy if the app remembered my Flybuys number.",
    "The heater sparked when I plugged it in, my daughter nearly got burnt!",
    "Thanks for nothing.",
    "ok",
)


def analyse(text: str, reader: Reader | None = None, role: Role = Role.CUSTOMER) -> Analysis:
    documents = [parse(Message(text=text, role=role))]
    add_answers(documents, (reader or load_reader("fast")).answers(documents))
    return Dissatisfaction().analyse(documents)[0]


def scores(text: str, reader: Reader | None = None, role: Role = Role.CUSTOMER) -> dict[str, Score]:
    return {score.measure: score for score in analyse(text, reader, role).scores}


def sure(score: Score) -> float:
    assert score.value is not None
    return score.value


@pytest.mark.parametrize("text", MESSAGES)
def test_values_and_labels_agree(reader: Reader, text: str) -> None:
    given = scores(text, reader)
    assert tuple(given) == MEASURES
    whole = given["dissatisfaction"]
    assert 0 <= sure(whole) <= 1
    assert whole.label == ("dissatisfied" if sure(whole) >= THRESHOLD else "not dissatisfied")
    level = given["dissatisfaction_level"]
    assert level.label == LEVELS[int(sure(level))]
    assert level.because == f"sounds {level.label}: one of five levels"
    kind = given["dissatisfaction_kind"]
    assert kind.label in {*GRAVEST, "complaint", "none"}
    assert THRESHOLD <= sure(kind) <= 1
    for name in ("contact_type", "cause"):
        assert given[name].label in reader_classes(reader, name)
        assert 0 < sure(given[name]) <= 1
        assert given[name].label not in given[name].because
        assert given[name].because.startswith("next comes ")


def reader_classes(reader: Reader, head: str) -> Sequence[str]:
    return tuple(reader.plan.heads[head].columns)  # type: ignore[attr-defined, no-any-return]


def test_an_angry_customer_is_told_from_a_happy_one(reader: Reader) -> None:
    angry, happy = scores(ANGRY, reader), scores(HAPPY, reader)
    assert sure(angry["dissatisfaction"]) > 0.7 > 0.3 > sure(happy["dissatisfaction"])
    assert sure(angry["dissatisfaction_level"]) >= 2 > sure(happy["dissatisfaction_level"])
    assert happy["contact_type"].label == "compliment" != angry["contact_type"].label
    assert (angry["dissatisfaction_kind"].label, happy["dissatisfaction_kind"].label) == ("repeated_contact", "none")
    [of_angry, of_happy] = reader.answers([parse(Message(text=text)) for text in (ANGRY, HAPPY)])
    assert of_angry is not None and of_happy is not None
    assert of_angry.shares("contact_type")["complaint"] > of_happy.shares("contact_type")["complaint"]
    assert of_angry.shares("cause")["none"] < of_happy.shares("cause")["none"]


PRAISE = (
    HAPPY,
    "Thanks so much, the esky arrived a day early and it's perfect.",
    "You lot are legends, cheers for the quick fix!",
    "Love the new doona cover, the colour is gorgeous.",
    "Big thank you to the team in Ballarat, they were so kind to my nan.",
    "Best customer service I've had in years, well done!",
    "Wow, that was quick! Thanks heaps.",
    "Just a note to say the mower runs beautifully now.",
    "Absolutely rapt with my new boots, thank you!",
    "Great job on the repair, I can't fault it.",
    "So happy with the cot, the instructions were clear and it was easy to build.",
    "Thank you for sorting the refund so quickly, much appreciated.",
)


def test_plain_praise_is_not_called_sarcasm(reader: Reader) -> None:
    named = [text for text in PRAISE if scores(text, reader)["dissatisfaction_kind"].label in GRAVEST]
    assert len(named) <= 1, f"{len(named)} of {len(PRAISE)}: {named}"


CUES = {
    "threat_to_leave": "I am going to take my business elsewhere.",
    "threat_to_go_public": "I'll be leaving a one-star review.",
    "threat_regulator": "My next call is to the ACCC.",
    "threat_lawyer": "You will be hearing from my solicitor.",
    "repeated_contact": "Still no refund!",
    "sarcasm": "Thanks for nothing.",
    "abuse": "You are all useless morons.",
}


def test_every_kind_of_the_heads_has_its_place_among_the_grave_and_its_rule() -> None:
    assert set(CUES) == set(GRAVEST) == set(SHOWS.values())
    assert set(GRAVEST) == set(reader_classes(load_reader("fast"), "kinds"))
    assert {f"{PACK}/{rule}" for rule in SHOWS} <= set(cue_rules().rules)


@pytest.mark.parametrize("kind", CUES)
def test_a_cue_makes_its_kind_sure(reader: Reader, kind: str) -> None:
    analysis = analyse(CUES[kind], reader)
    score = next(score for score in analysis.scores if score.measure == "dissatisfaction_kind")
    shown = {SHOWS[finding.rule.rpartition("/")[2]] for finding in analysis.findings if finding.rule.rpartition("/")[2] in SHOWS}
    assert kind in shown
    assert kind.replace("_", " ") in score.because
    if score.label == kind:
        assert score.value == 1.0
    else:  # only something graver may take the label
        assert GRAVEST.index(str(score.label)) < GRAVEST.index(kind)


KINDS = Plan({"kinds": Calibration("kinds", "labels", tuple(reversed(GRAVEST)), 0, (1.0,) * 7, (0.0,) * 7)})


def columns(**given: float) -> Answers:
    return Answers(KINDS, [given.get(kind, -9.0) for kind in reversed(GRAVEST)])


@pytest.mark.parametrize("place", range(len(GRAVEST)))
def test_the_gravest_kind_is_the_label_and_the_reason_names_all(place: int) -> None:
    score = kind_score(columns(**dict.fromkeys(GRAVEST[place:], 2.0)), [], 0.9)
    assert score.label == GRAVEST[place]
    assert score.value == pytest.approx(0.8808)
    assert score.because == f"shows {', '.join(GRAVEST[place:]).replace('_', ' ')}"


def test_grave_means_threats_first_and_sarcasm_last() -> None:
    assert GRAVEST[:3] == ("threat_lawyer", "threat_regulator", "threat_to_go_public")
    assert GRAVEST[-1] == "sarcasm"


def test_a_cue_outweighs_what_heads_doubt_but_no_graver_kind() -> None:
    assert kind_score(columns(), ["sarcasm"], 0.9).label == "sarcasm"
    assert kind_score(columns(), ["sarcasm"], 0.9).value == 1.0
    graver = kind_score(columns(abuse=1.0), ["sarcasm"], 0.9)
    assert graver.label == "abuse"
    assert graver.value == pytest.approx(0.7311)


def test_a_cue_that_shows_no_kind_changes_nothing() -> None:
    assert kind_score(columns(), ["strong-displeasure"], 0.9) == kind_score(columns(), [], 0.9)


@pytest.mark.parametrize(("dissatisfied", "label", "value"), [(0.9, "complaint", 0.9), (0.5, "complaint", 0.5), (0.2, "none", 0.8)])
def test_without_a_grave_kind_it_is_a_complaint_or_nothing(dissatisfied: float, label: str, value: float) -> None:
    score = kind_score(columns(), [], dissatisfied)
    assert (score.label, score.value) == (label, value)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTOMER])
def test_other_roles_are_not_asked(role: Role) -> None:
    analysis = analyse(ANGRY, role=role)
    assert analysis.findings == ()
    assert tuple(score.measure for score in analysis.scores) == MEASURES
    for score in analysis.scores:
        assert (score.value, score.label) == (None, None)
        assert score.because == "asked of customer messages only"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", NO_TEXT), (" \n", NO_TEXT), ("Guten Tag, meine Bestellung ist leider immer noch nicht angekommen.", NOT_ENGLISH)],
)
def test_where_it_cannot_say_it_says_so(text: str, reason: str) -> None:
    given = scores(text)
    assert tuple(given) == MEASURES
    for score in given.values():
        assert score.value is None
        assert reason in score.because


def test_in_the_fast_tier_contributions_sum_to_the_log_odds() -> None:
    from toneguard.documents.answers import sigmoid

    for text in MESSAGES:
        score = scores(text)["dissatisfaction"]
        assert sigmoid(sum(part.amount for part in score.contributions)) == pytest.approx(sure(score), abs=6e-5)


def test_it_has_no_options() -> None:
    assert make({}).name == "dissatisfaction"
    with pytest.raises(SettingsError):
        make({"kinds": "all"})
