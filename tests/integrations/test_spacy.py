"""The spaCy component: where the review and the spans are, how a document says more of itself, what survives."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import toneguard
from toneguard.errors import InvalidInput, SettingsError
from toneguard.messages import Message
from toneguard.reviews import Review

BAD = "We don't do refunds. You should have told us sooner."
CRACKED = [("customer", "The kettle arrived cracked.")]


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("toneguard")
    return made


def test_the_review_is_the_one_that_every_door_gives(nlp: Language) -> None:
    doc = nlp(BAD)
    assert isinstance(doc._.toneguard, Review)
    assert doc._.toneguard.to_dict() == toneguard.review(BAD).to_dict()
    assert spacy.blank("en")(BAD)._.toneguard is None


def test_findings_are_spans_of_whole_tokens(nlp: Language) -> None:
    doc = nlp(BAD)
    assert [(span.text, span.label_, span.id_) for span in doc.spans["toneguard"]] == [
        ("We don't do refunds", "law/au/consumer-guarantees/no-refunds", "error"),
        ("You should have told", "respect/blame-customer", "warning"),
    ]


def test_an_emoji_before_the_finding_moves_nothing(nlp: Language) -> None:
    doc = nlp("👍🏽 Hi! You should have told us.")
    assert [span.text for span in doc.spans["toneguard"] if span.label_ == "respect/blame-customer"] == [
        "You should have told"
    ]


def test_batches_say_what_single_documents_say(nlp: Language) -> None:
    texts = [BAD, "", "Thanks, Mina. Your kettle leaves today.", "   ", BAD] * 3
    singly = [nlp(text)._.toneguard.to_dict() for text in texts]
    for size in (1, 4, 100):
        assert [doc._.toneguard.to_dict() for doc in nlp.pipe(texts, batch_size=size)] == singly
    assert list(nlp.pipe([])) == []


def test_a_document_says_what_came_before(nlp: Language) -> None:
    doc = nlp.make_doc("We don't do refunds.")
    doc._.toneguard_context = {"before": CRACKED, "id": "m2", "channel": "email"}
    review = nlp(doc)._.toneguard
    expected = toneguard.review(Message("We don't do refunds.", id="m2", channel="email"), before=CRACKED)
    assert review.to_dict() == expected.to_dict()
    assert "empathy/no-apology-after-complaint" in {found.rule for found in review.findings}


def test_so_does_the_context_of_as_tuples(nlp: Language) -> None:
    rows = [
        ("We don't do refunds.", {"before": CRACKED, "row": 7}),
        ("Where is it?", {"role": "customer", "id": "m1"}),
        ("We don't do refunds.", "anything"),
    ]
    docs = list(nlp.pipe(rows, as_tuples=True))
    assert [context for _, context in docs] == [context for _, context in rows]
    first, second, third = (doc._.toneguard for doc, _ in docs)
    assert first.to_dict() == toneguard.review("We don't do refunds.", before=CRACKED).to_dict()
    assert (second.role.value, second.verdict, second.message_id) == ("customer", None, "m1")
    assert third.to_dict() == toneguard.review("We don't do refunds.").to_dict()


def test_several_processes_bring_the_reviews_back(nlp: Language) -> None:
    docs = list(nlp.pipe([BAD] * 4, n_process=2, batch_size=2))
    assert [doc._.toneguard for doc in docs] == [nlp(BAD)._.toneguard] * 4


def test_bytes_and_pickles_keep_review_and_spans(nlp: Language) -> None:
    doc = nlp(BAD)
    for again in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc))):
        assert again._.toneguard == doc._.toneguard
        assert [span.label_ for span in again.spans["toneguard"]] == [span.label_ for span in doc.spans["toneguard"]]


def test_the_pipeline_can_be_saved_and_loaded_where_nothing_was_imported(tmp_path: Path) -> None:
    made = spacy.blank("en")
    made.add_pipe("toneguard", config={"standard": "strict", "spans_key": "sc"})
    made.to_disk(tmp_path / "pipeline")
    script = (
        f"import spacy; doc = spacy.load({str(tmp_path / 'pipeline')!r})('You should have told us.');"
        "print(doc._.toneguard.provenance.standard, doc.spans['sc'][0].label_)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    standard, rule = done.stdout.split()
    assert standard.startswith("strict@")
    assert rule == "respect/blame-customer"


@pytest.mark.parametrize(
    ("config", "error", "says"),
    [
        ({"role": "boss"}, InvalidInput, "role: 'boss' is not one of customer, agent, bot, system"),
        ({"tier": "best"}, InvalidInput, "tier: 'best' is not one of"),
        ({"standard": "nowhere.toml"}, SettingsError, "nowhere.toml"),
        ({"rle": "agent"}, ValueError, "unexpected argument: 'rle'"),
    ],
)
def test_wrong_settings_are_named(config: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        spacy.blank("en").add_pipe("toneguard", config=config)


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"rol": "agent"}, "unknown field 'rol'"),
        ({"before": "The kettle arrived cracked."}, "before: expected a list"),
        ({"before": 5}, "before: expected a list"),
        ("agent", "toneguard_context: expected a mapping of fields, got str"),
    ],
)
def test_wrong_contexts_are_named(nlp: Language, context: object, says: str) -> None:
    doc = nlp.make_doc(BAD)
    doc._.toneguard_context = context
    with pytest.raises(InvalidInput, match=says):
        nlp(doc)
