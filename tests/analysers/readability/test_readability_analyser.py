"""The analyser as a whole: what it gives for which message, its findings, its options, its promises."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from toneguard.analysers.base import Analyser
from toneguard.analysers.readability import Readability, make
from toneguard.documents import parse
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Finding, Score
from toneguard.messages import Message
from toneguard.testing import CHECKS

GRADES = (
    "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "gunning_fog", "automated_readability_index",
    "coleman_liau_index", "lix", "rix",
)  # fmt: skip
REPLY = (
    "Hi Sam,\n\n"
    "Your new kettle left our warehouse this morning. It should reach you by Friday, and you can follow it "
    "at https://post.example.com/t/AB12. Please keep the broken one until our courier comes for it. "
    "We have refunded the postage too.\n\n"
    "Kind regards,\nBronte"
)


def analyse(text: str, role: str = "agent", language: str | None = "en", **options: object) -> Analysis:
    return make(options).analyse([parse(Message(text=text, role=role, language=language))])[0]  # type: ignore[arg-type]


def scores(text: str, **options: object) -> dict[str, Score]:
    return {score.measure: score for score in analyse(text, **options).scores}


def findings(text: str, role: str = "agent") -> list[tuple[str, str, str]]:
    def shown(finding: Finding) -> tuple[str, str, str]:
        assert finding.span
        return finding.rule, text[finding.span.start : finding.span.end], finding.message

    return [shown(finding) for finding in analyse(text, role).findings]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_contract(check: object) -> None:
    check(make({}))  # type: ignore[operator]


def test_it_is_an_analyser_and_can_be_pickled() -> None:
    analyser = make({"textstat": ["reading_time"], "smog_sentences": 10})
    assert isinstance(analyser, Analyser)
    again = pickle.loads(pickle.dumps(analyser))
    document = parse(Message(text=REPLY))
    assert again.analyse([document]) == analyser.analyse([document])


def test_every_measure_is_given_once_for_every_kind_of_text() -> None:
    names = {measure.name for measure in Readability.measures}
    assert names >= {
        *GRADES,
        "words",
        "sentences",
        "longest_sentence",
        "passive_sentences",
        "words_before_answer",
    }
    for text, language in (
        (REPLY, "en"),
        ("", None),
        ("😊", None),
        ("Wo ist mein Paket?", "de"),
        ("Hi", "en"),
    ):
        for asked in ([], ["text_standard"]):
            found = [score.measure for score in analyse(text, language=language, textstat=asked).scores]
            assert len(found) == len(set(found))
            assert set(found) == names


def test_counts_are_of_the_whole_own_text_and_grades_of_its_prose() -> None:
    found = scores(REPLY)
    # Greeting 2; prose 8 + 12 + 11 + 6 = 37, the link is no word; sign-off 2 + 1.
    assert found["words"].value == 42
    assert found["sentences"].value == 7
    assert found["longest_sentence"].value == 12
    span = found["longest_sentence"].contributions[0].span
    assert span
    assert REPLY[span.start :].startswith("It should reach you")
    assert found["words_before_answer"].value == 2
    assert found["passive_sentences"].value == 0
    assert found["automated_readability_index"].because.startswith("37 words in 4 sentences, ")
    for name in GRADES:
        if name != "smog_index":
            assert found[name].because.endswith("; greeting and sign-off not counted")


def test_quoted_history_is_not_counted() -> None:
    text = "It left today.\n\nOn Mon, 3 June 2024 at 9:00, Kim wrote:\n> Where is it?\n> It was sent late."
    found = scores(text)
    assert found["words"].value == 3
    assert found["words"].because == "words and numbers; quoted history not counted"
    assert found["passive_sentences"].value == 0


def test_twelve_words_have_no_grade() -> None:
    found = scores("Your parcel left today and it should be with you by Friday.")
    for name in GRADES:
        assert found[name].value is None
        assert found[name].because == "cannot say: 12 words; a grade needs 30"
    assert found["longest_sentence"].value == 12
    assert found["words_before_answer"].value == 0


@pytest.mark.parametrize(
    ("words", "graded", "bounded"),
    [(29, False, False), (30, True, True), (99, True, True), (100, True, False)],
)
def test_from_thirty_words_a_grade_with_an_interval_from_a_hundred_without(
    words: int, graded: bool, bounded: bool
) -> None:
    text = " ".join(["parcel"] * (words - 10)) + ". " + " ".join(["today"] * 10) + "."
    for name, score in scores(text).items():
        if name in GRADES and name != "smog_index":
            assert (score.value is not None) is graded
            assert (score.interval is not None) is bounded
            if score.interval:
                assert score.interval[0] <= score.value <= score.interval[1]  # type: ignore[operator]


def test_smog_needs_thirty_sentences_unless_fewer_are_allowed() -> None:
    assert scores(REPLY)["smog_index"].because == "cannot say: 4 sentences; SMOG needs 30"
    allowed = scores(REPLY, smog_sentences=4)["smog_index"]
    assert allowed.value is not None
    assert allowed.interval is not None
    assert allowed.because.endswith("below McLaughlin's sample of 30 sentences")
    assert scores(REPLY, smog_sentences=5)["smog_index"].because == "cannot say: 4 sentences; SMOG needs 5"
    full = scores("We sent your parcel again today. " * 30)["smog_index"]
    # 30 sentences of 6 words, "again today" and all others short: 3.1291
    assert (full.value, full.interval) == (3.1291, None)


def test_other_languages_have_counts_and_no_grades() -> None:
    found = {
        s.measure: s for s in analyse("Ich warte seit zwei Wochen. Wo ist mein Paket?", language="de").scores
    }
    assert [found[name].value for name in ("words", "sentences", "longest_sentence")] == [9, 2, 5]
    for name in (*GRADES, "passive_sentences", "words_before_answer"):
        assert found[name].because == "cannot say: not English"


def test_empty_and_wordless() -> None:
    for text, reason in (("", "there is no text"), (" \n", "there is no text"), ("👍", "there are no words")):
        found = scores(text)
        assert found["words"].value == 0
        assert {score.value for name, score in found.items() if name != "words"} == {None}
        assert found["sentences"].because == f"cannot say: {reason}"


# Findings


def sentence(words: int) -> str:
    return " ".join(["Parcels", *["travel"] * (words - 1)]) + "."


def test_long_sentence() -> None:
    text = f"It left. {sentence(36)} {sentence(35)}"
    assert findings(text) == [
        ("clarity/long-sentence", sentence(36), "This sentence has 36 words. Split it.")
    ]
    assert findings(text, role="customer") == []


def test_wall_of_text() -> None:
    wall = " ".join([sentence(20)] * 7)
    said = "This paragraph has 140 words. Break it up, or make a list."
    assert findings(wall) == [("clarity/wall-of-text", wall, said)]
    assert findings(f"It left.\n\n{wall}\n\nBye for now.")[0][:2] == ("clarity/wall-of-text", wall)
    assert findings(wall, role="bot") == []


def test_paragraphs_lines_and_lists_are_no_wall() -> None:
    for gap in ("\n\n", "\r\n\r\n", "\n- ", "\n"):  # the lines are wider than a mail program would leave them
        assert findings(gap.join([" ".join([sentence(20)] * 3)] * 3)) == []


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = ["Parcels travel by road and rail, and they travel every day." for _ in range(14)]
    assert [rule for rule, _, _ in findings("\n".join(lines))] == ["clarity/wall-of-text"]


def test_buried_answer() -> None:
    preface = "Thank you so much for your message and for your patience with all of us here. " * 4
    text = f"Hi Sam,\n\n{preface}Your refund left today."
    # 2 + 4 * 16 words
    assert findings(text) == [
        ("clarity/buried-answer", "Your refund left today.", "The answer comes after 66 words. Put it first.")
    ]
    assert findings(text.replace(preface, preface[: len(preface) // 4 * 3])) == []
    assert findings(preface) == []  # nothing but preface: there is no answer to move


def test_findings_are_for_english() -> None:
    assert analyse(sentence(40), language="de").findings == ()


# Options


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"smog_sentence": 3}, "readability has no option 'smog_sentence'; did you mean 'smog_sentences'?"),
        ({"smog_sentences": 0}, "a whole number from 1 to 30"),
        ({"smog_sentences": True}, "a whole number from 1 to 30"),
        ({"smog_sentences": 2.5}, "a whole number from 1 to 30"),
        ({"textstat": "text_standard"}, "expected a list of names"),
        ({"textstat": ["dale_chall_readability"]}, "is not offered; did you mean"),
    ],
)
def test_wrong_options(options: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said.replace("?", r"\?")):
        make(options)


def test_a_name_given_twice_is_asked_once() -> None:
    assert make({"textstat": ["reading_time", "reading_time"]}).textstat == ("reading_time",)


# Promises about cost and numbers


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["agent", "customer"]))
def test_any_text_gives_finite_scores_and_spans_inside(text: str, role: str) -> None:
    result = analyse(text, role, smog_sentences=1)
    for score in result.scores:
        assert score.value is None or math.isfinite(score.value)
        assert score.value is not None or score.because
        for contribution in score.contributions:
            if contribution.span:
                assert 0 <= contribution.span.start < contribution.span.end <= len(text)
    for finding in result.findings:
        assert finding.span
        assert 0 <= finding.span.start < finding.span.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        REPLY + "\n\n",
        "thanks ",
        "is not ",
        "was the ",
        "i'm sorry and i, ",
        "A",
        "1,",
        "- a\n",
        "a-",
        "hi, ",
        "thanks: ",
        "\n",
        "'",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    analyser = make({})

    def prepare(size: int) -> Callable[[], object]:
        document = parse(Message(text=(piece * (size // len(piece) + 1))[:size], language="en"))
        return lambda: analyser.analyse([document])

    assert_linear(prepare, 20_000, piece)
