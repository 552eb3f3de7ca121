"""The sentiment analyser: its contract, its arithmetic, its sense of service."""

import json
import math
import pickle
import random
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from toneguard.analysers.base import Analyser
from toneguard.analysers.sentiment import MEASURE, NEGATIVE_BELOW, POSITIVE_FROM, Sentiment, make
from toneguard.documents import parse
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Score
from toneguard.heads import feeling
from toneguard.heads.feeling.lexicon import SERVICE, Lexicon, add_service, load
from toneguard.messages import Message, Role
from toneguard.resources.settings import parse_toml

ANALYSER = Sentiment("service")
GROUPS = list(chain.from_iterable(tomllib.loads(SERVICE.read_text(encoding="utf-8")).values()))


def score(text: str, *, role: str = "customer", language: str | None = None) -> Score:
    [analysis] = ANALYSER.analyse([parse(Message(text, role=role, language=language))])
    [only] = analysis.scores
    return only


HARD = [
    "", " ", "\n\n", "?!?!", "12345", "\ud800", "good\udfffgood", "😡", "👍🏽👍🏽", "שירות גרוע מאוד", "\u200bgood\u200b",
    "good\r\nbad\r\n", "A" * 100_000, "good " * 20_000, "not " * 20_000 + "good", "no " * 20_000, "but good " * 10_000,
    ":) " * 20_000, ":" * 50_000, "very " * 25_000 + "good", "!" * 100_000, "#good" * 5_000, "\x00good\x00",
    "İstanbul'da good", "kind of", "no", "but", "least", "n't", "> good", "Hi Sam,", "just great",
]  # fmt: skip


def test_it_is_an_analyser_with_one_measure():
    assert isinstance(ANALYSER, Analyser)
    assert (MEASURE.low, MEASURE.high, MEASURE.better) == (-1.0, 1.0, "higher")
    assert "Hutto" in MEASURE.source
    assert not MEASURE.roles


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_hard_texts(text):
    document = parse(Message(text, role="customer"))
    [analysis] = ANALYSER.analyse([document])
    [only] = analysis.scores
    assert only.because
    assert (only.value is None) == (only.label is None)
    assert only.value is None or -1 <= only.value <= 1
    for contribution in only.contributions:
        span = contribution.span
        assert span is None or 0 <= span.start < span.end <= len(text)
        assert math.isfinite(contribution.amount)
        assert contribution.amount
    assert Analysis.from_dict(json.loads(json.dumps(analysis.to_dict()))).analyser == "sentiment"


def test_batch_equals_singly_equals_shuffled():
    documents = [parse(Message(text, role="customer")) for text in HARD if len(text) < 1000]
    alone = {id(document): ANALYSER.analyse([document])[0] for document in documents}
    assert ANALYSER.analyse(documents) == [alone[id(document)] for document in documents]
    random.Random(1).shuffle(documents)
    assert ANALYSER.analyse(documents) == [alone[id(document)] for document in documents]


def test_it_pickles_small_and_says_the_same():
    data = pickle.dumps(ANALYSER)
    assert len(data) < 500
    document = parse(Message("Not really so helpful, and fed up.", role="customer"))
    assert pickle.loads(data).analyse([document]) == ANALYSER.analyse([document])


def test_it_prints_nothing_and_quotes_nothing(capsys):
    result = score("Wombat87 was fabulous and the quokka horrible, thanks for nothing!!")
    assert capsys.readouterr() == ("", "")
    said = json.dumps(result.to_dict()).lower()
    assert result.contributions
    assert not any(word in said for word in ("wombat", "fabulous", "quokka", "horrible", "nothing"))


def test_the_package_is_never_imported():
    import subprocess

    code = (
        "import sys; from toneguard.analysers.sentiment import Sentiment; Sentiment();"
        "sys.exit('vaderSentiment' in sys.modules or 'spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_contributions_explain_any_score(text):
    explains(score(text, language="en"))


def explains(result: Score) -> None:
    total = sum(contribution.amount for contribution in result.contributions)
    if result.value is not None:
        assert result.value == pytest.approx(total / math.sqrt(total**2 + 15), abs=1e-6)


@pytest.mark.parametrize("group", GROUPS, ids=range(len(GROUPS)))
def test_contributions_explain_the_score_of_every_example(group):
    explains(score(group["example"]))


@pytest.mark.parametrize("group", GROUPS, ids=[f"{group['why'][:40]}" for group in GROUPS])
def test_every_group_of_the_service_file_reads_its_own_example_as_it_says(group):
    assert score(group["example"]).label == group["label"]


def test_no_word_stands_in_the_service_file_twice():
    words = [word for group in GROUPS for word in group["words"]]
    assert sorted(words) == sorted(set(words))


def test_every_entry_of_the_service_file_is_reachable():
    """Each feeling, written alone in a sentence, gets its own value."""
    for group in GROUPS:
        for word in group["words"] if "value" in group and "After a complaint" not in group["why"] else ():
            found = score(f"It was, well, {word}.".replace("well, ", ""), language="en")
            assert any(part.amount == pytest.approx(group["value"]) for part in found.contributions), word


def test_labels_follow_the_cut_offs():
    assert NEGATIVE_BELOW < 0 < POSITIVE_FROM
    assert score("The lamp is excellent.").label == "positive"
    assert score("The lamp is awful.").label == "negative"
    assert score("The lamp is green.").label == "neutral"
    mild = score("It will be fine.")
    assert mild.value is not None
    assert 0 < mild.value < POSITIVE_FROM
    assert mild.label == "neutral"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_scored(role):
    assert score("What a wonderful lamp.", role=role).label == "positive"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "cannot say: there is no text"),
        ("  \n", "cannot say: there is no text"),
        ("?!", "cannot say: there is no text"),
        ("1182", "cannot say: there is no text"),
        ("> I hate it", "cannot say: there is no text"),
        ("Ich warte seit drei Wochen auf mein Paket und niemand antwortet mir.", "cannot say: not English"),
    ],
)
def test_cannot_say(text, reason):
    result = score(text)
    assert (result.value, result.label, result.because) == (None, None, reason)
    assert not result.contributions


def test_no_feeling_is_neutral_and_says_so():
    result = score("The lamp comes on Tuesday.")
    assert (result.value, result.label) == (0.0, "neutral")
    assert "no words of feeling" in result.because


def test_a_face_alone_is_a_text():
    assert score("😡").label == "negative"


def test_spans_and_reasons():
    text = "Hi Sam, it is not very good but I love the SHADE, great!"
    parts = [(text[part.span.start : part.span.end], part.reason) for part in score(text).contributions if part.span]
    assert parts == [
        ("good", 'rated +1.9, strengthened, negated, before "but"'),
        ("love", 'rated +3.2, after "but"'),
        ("great", 'rated +3.1, after "but"'),
    ]
    assert score(text).contributions[-1].span is None


def test_parts_that_carry_no_feeling():
    plain = score("The lamp is horrible.")
    whole = "Dear Joy,\n\nThe lamp is horrible.\n\nBest wishes,\nGrace\n\nOn 3 May 2026, Sam wrote:\n> I love it, great!"
    assert score(whole).value == plain.value
    [part] = score(whole).contributions
    assert part.span is not None
    assert whole[part.span.start : part.span.end] == "horrible"


def test_closing_lines_may_still_complain_thank_and_smile():
    assert score("It came on Tuesday.\nThanks for bringing it!").label == "positive"
    assert score("It came on Tuesday.\nThanks,\nAda").label == "neutral"
    assert score("The lamp is green.\n\nCheers, Sam :)").label == "positive"
    assert score("The lamp is green.\nthanks\nworst service ever").label == "negative"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I have been waiting 3 hours on hold and nobody answers.", "negative"),
        ("This is the third time I've had to ask.", "negative"),
        ("Thanks for nothing.", "negative"),
        ("Great, another delay. Just great.", "negative"),
        ("Your word means nothing and I am fed up.", "negative"),
        ("not really so helpful", "negative"),
        ("Honestly your call centre is a joke", "negative"),
        ("ROPEABLE does not begin to cover it", "negative"),
        ("Nobody helped me.", "negative"),
        ("They failed to resolve it and were not good enough.", "negative"),
        ("Sorry, that one is out of stock.", "neutral"),
        ("No problems at all!", "neutral"),
        ("No worries, see you on Friday.", "neutral"),
        ("Kindly stop the emails.", "negative"),
        ("Please cancel order 143, there is an issue with the number.", "neutral"),
        ("Thank you for contacting Larkspur, we apologise for any inconvenience.", "neutral"),
        ("I would like to ask as well if you accept cards.", "neutral"),
        ("I spoke with Joy and then with Rob.", "neutral"),
        ("No complaints from me.", "positive"),
        ("Absolutely stoked with the kettle", "positive"),
        ("I can't thank you enough", "positive"),
        ("The driver went out of his way for my mum.", "positive"),
        ("The staff were just great.", "positive"),
        ("It came early and works. Great job!", "positive"),
    ],
)
def test_the_sense_of_service(text, label):
    assert score(text).label == label


def test_praise_is_ironic_only_after_a_complaint_and_alone():
    assert score("The delivery is delayed and broken. Well, that's just great.").contributions[-1].amount < 0
    assert score("The delivery was delayed but the driver was just great with my kids.").contributions[-1].amount > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I don't like it", "I don’t like it"),
        ("My favorite lamp", "My favourite lamp"),
        ("We apologize, it is a marvelous lamp", "We apologise, it is a marvellous lamp"),
        ("Order 1182 is horrible", "Order TF-204417 is horrible"),
        ("Ask Sam about the horrible lamp", "Ask Joy about the horrible lamp"),
        ("hi there, it is great", "Hi there, it is great"),
    ],
)
def test_what_must_not_matter(one, other):
    assert score(one, language="en").value == score(other, language="en").value


def test_time_grows_with_the_text():
    def prepare(words: int):
        document = parse(Message("The good desk was not very bad but nice. " * (words // 9), role="customer"))
        return lambda: ANALYSER.analyse([document])

    assert_linear(prepare, 4_500)


def test_make_and_its_options():
    assert make({}).weights == ANALYSER.weights
    assert make({"sense": "plain"}).weights != ANALYSER.weights
    with pytest.raises(SettingsError, match="no option 'tone'"):
        make({"tone": 1})
    with pytest.raises(SettingsError, match="service, plain"):
        make({"sense": "sarcastic"})


def test_a_mistake_in_the_service_file_is_named_with_its_place():
    bad = '[[formula]]\nwhy = "x"\nwords = ["please"]\nexample = "x"\nlabel = "neutral"\nvalu = 1\n'
    rest = "".join(f"{kind} = []\n" for kind in ("problem", "feeling", "irony", "negation", "name", "spelling"))
    with pytest.raises(SettingsError, match="unknown key 'valu'"):
        add_service(Lexicon("service"), parse_toml(rest + bad, "service.toml"))


def test_the_lexicon_is_built_once():
    Sentiment()
    assert load("service") is load("service")


def test_the_service_file_is_beside_its_reader():
    assert SERVICE.parent == Path(feeling.__file__).parent
