"""The analyser: its promises with a fitted voice, its reasons, and its contributions."""

from __future__ import annotations

import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from toneguard.analysers.brand_voice import BrandVoice, Voice, make
from toneguard.analysers.brand_voice.features import FEATURES
from toneguard.analysers.brand_voice.style import count
from toneguard.documents import parse
from toneguard.errors import SettingsError
from toneguard.findings import Score
from toneguard.messages import Message, Role
from toneguard.testing import CHECKS

REPLY = "Hi Sam, thanks for waiting! We've found your parcel, and it leaves Geelong tonight. Cheers, Bronte"
TERMS = {"must": ["Fern"], "never": ["word", "cheap"], "prefer": {"e-mail": "email"}, "spell": ["iPhone", "A & B"]}


def score_of(analyser: BrandVoice, text: str, role: str = "agent", language: str | None = None) -> Score:
    return analyser.analyse([parse(Message(text, role=role, language=language))])[0].scores[0]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("fitted", ["two_sided", "alone", "none"])
def test_promise(check: object, fitted: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    options: dict[str, object] = {"terms": TERMS}
    if fitted != "none":
        request.getfixturevalue(fitted).save(tmp_path / "voice.json")
        options["voice"] = str(tmp_path / "voice.json")
    check(pickle.loads(pickle.dumps(make(options))))  # type: ignore[operator]


def test_without_a_voice_it_says_so() -> None:
    score = score_of(make({}), REPLY)
    assert (score.value, score.because) == (None, "cannot say: no brand voice is fitted (toneguard brand fit)")


@pytest.mark.parametrize("role", [role for role in Role if role != "agent"])
def test_it_is_asked_of_agents_only(two_sided: Voice, role: str) -> None:
    score = score_of(BrandVoice(two_sided), REPLY, role)
    assert (score.value, score.because) == (None, "asked of agent messages only")


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("", None, "there is no text"),
        ("\n \t", None, "there is no text"),
        ("😀 12 !!", None, "there are no words"),
        ("Thanks, all done now", None, "4 of 5 words"),
        (REPLY, "de", "not English"),
        ("Ihre Bestellung ist heute leider noch nicht bei uns angekommen, danke.", None, "not English"),
        ("Ta!\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> all of it is quoted here\n> and long", None, "1 of 5 words"),
    ],
)
def test_what_cannot_be_scored_has_its_reason(two_sided: Voice, text: str, language: str | None, reason: str) -> None:
    score = score_of(BrandVoice(two_sided), text, language=language)
    assert (score.value, score.label, score.because) == (None, None, f"cannot say: {reason}")


@pytest.mark.parametrize("fitted", ["two_sided", "alone"])
def test_contributions_sum_to_the_log_odds_and_stand_where_they_say(
    fitted: str, request: pytest.FixtureRequest, agents: dict[str, list[str]]
) -> None:
    analyser = BrandVoice(request.getfixturevalue(fitted))
    for text in [REPLY, *agents["bronte"], *agents["mei"]]:
        score = score_of(analyser, text)
        if score.value is None:
            continue
        total = sum(contribution.amount for contribution in score.contributions)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(score.value, abs=1e-9)
        assert score.label == ("on-brand" if score.value >= 0.5 else "off-brand")
        amounts = [abs(contribution.amount) for contribution in score.contributions[:-1]]
        assert amounts == sorted(amounts, reverse=True)
        for contribution in score.contributions:
            if contribution.span and contribution.reason.startswith('"'):
                said = contribution.reason[1 : contribution.reason.index('": in')]
                found = text[contribution.span.start : contribution.span.end].lower().replace("’", "'")
                assert "".join(found.split()) == "".join(said.split())


def test_the_reasons_are_words_for_a_manager(two_sided: Voice, alone: Voice) -> None:
    score = score_of(BrandVoice(two_sided), REPLY)
    assert score.because.endswith(
        f"of your {two_sided.on} examples, each judged by the others; compared with {two_sided.off} off-brand ones"
        f" (told apart with AUC {two_sided.metrics['auc']:.2f})"
    )
    assert {c.reason.rsplit(": ", 1)[1] for c in score.contributions if " examples" in c.reason} <= {
        "like your on-brand examples",
        *[c.reason.rsplit(": ", 1)[1] for c in score.contributions if ": in " in c.reason],
    }
    assert "compared with general service replies" in score_of(BrandVoice(alone), REPLY).because


def test_quoted_history_says_nothing(two_sided: Voice) -> None:
    quoted = f"{REPLY}\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> Dear Sir or Madam,\n> kindly be advised.\n"
    alone, tail = score_of(BrandVoice(two_sided), REPLY), score_of(BrandVoice(two_sided), quoted)
    assert tail.value == pytest.approx(alone.value or 0, abs=0.12)  # the line break before it was written here


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REPLY, REPLY.replace("Sam", "Nguyễn").replace("Bronte", "Adaeze")),
        (REPLY, REPLY.replace("'", "’")),
        (REPLY, REPLY.replace("Geelong", "Ballarat")),
        ("Your order 20441 leaves on the 3rd of May, Jo.", "Your order 98127 leaves on the 4th of May, Jo."),
    ],
)
def test_names_numbers_and_quotes_change_nothing(two_sided: Voice, one: str, other: str) -> None:
    analyser = BrandVoice(two_sided)
    assert score_of(analyser, one).value == pytest.approx(score_of(analyser, other).value, abs=0.01)


def test_the_digest_of_the_voice_is_its_provenance(two_sided: Voice) -> None:
    assert BrandVoice(two_sided).weights == {"brand_voice": two_sided.digest}
    assert make({}).weights == {}


def test_threads_agree(two_sided: Voice, agents: dict[str, list[str]]) -> None:
    analyser = BrandVoice(two_sided)
    documents = [parse(Message(text)) for text in agents["mei"]]
    wanted = analyser.analyse(documents)
    with ThreadPoolExecutor(4) as pool:
        assert all(found == wanted for found in pool.map(lambda _: analyser.analyse(documents), range(8)))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"vioce": "x"}, "did you mean 'voice'"),
        ({"voice": 3}, "voice: expected the path"),
        ({"terms": []}, "terms: expected a table"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        make(options)


@pytest.mark.parametrize(
    ("feature", "more", "less"),
    [
        ("contractions", "We'll look and it's fine.", "We will look and it is fine."),
        ("full forms", "We will look and it is fine.", "We'll look and it's fine."),
        ("exclamation marks", "Great news! It left!", "Great news. It left."),
        ("emoji", "It left today 🎉", "It left today"),
        ("emoticons", "It left today :)", "It left today"),
        ("greeting with hi", "Hi Jo,\nIt left today.", "Dear Jo,\nIt left today."),
        ("greeting by name", "Hi Jo,\nIt left today.", "Hi there,\nIt left today."),
        ("greeting exclaimed", "Hi Jo!\nIt left today.", "Hi Jo,\nIt left today."),
        ("sign-off with regards", "It left today.\n\nKind regards,\nMei", "It left today.\n\nCheers,\nMei"),
        ("names in passing", "Thanks for waiting, Jo.", "Thanks for waiting, really."),
        ("sentence length", "It left our depot in Geelong late this afternoon.", "It left. It is on its way. Soon."),
        ("word length", "Considerable inconvenience resulted.", "It was a bit of a mess."),
        ("capitals", "Please do NOT send it.", "Please do not send it."),
        ("lower-case openings", "it left today. it is fine.", "It left today. It is fine."),
        ("asking ending", "It left today. Is that okay?", "It left today. That is okay."),
        ("list", "You need:\n- the box\n- the label", "You need the box and the label"),
        ("hashtags", "It left today #happy", "It left today happy"),
        ("links", "See https://fern.example/x for it.", "See the page for it."),
    ],
)
def test_a_style_feature_counts_what_it_names(feature: str, more: str, less: str) -> None:
    index = [given.name for given in FEATURES].index(feature)
    high, low = (count(parse(Message(text))).values for text in (more, less))
    assert len(high) == len(FEATURES)
    assert high[index] > low[index]
