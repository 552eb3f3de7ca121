"""The corridor: one review per message, the same alone and in a batch, and nothing a text holds can stop it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toneguard
from toneguard import Conversation, Message, Pipeline, Review, Verdict
from toneguard.archives import read_archive
from toneguard.documents import parse_conversation
from toneguard.errors import InvalidInput
from toneguard.findings import Analysis
from toneguard.heads.linear import load_linear_heads
from toneguard.pipeline import read_answers
from toneguard.testing import HARD_TEXTS

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((ROOT / "src/toneguard/review.schema.json").read_text(encoding="utf-8"))
PIPELINE = Pipeline()
DEMO = list(read_archive(ROOT / "corpora/demo/archive.jsonl"))


def test_the_first_line_of_the_project() -> None:
    review = toneguard.review(
        "We don't do refunds.", role="agent", before=[("customer", "The kettle arrived cracked.")]
    )
    assert review.verdict is Verdict.HOLD
    error = next(finding for finding in review.findings if finding.level == "error")
    assert error.rule.startswith("law/au/consumer-guarantees/")
    assert error.span == (0, 19)
    assert review.scores["politeness"].value is not None
    assert review.scores["politeness"].because


def test_every_measure_has_a_score_with_a_value_or_a_reason() -> None:
    for role in ("agent", "customer", "bot", "system"):
        review = PIPELINE.review("Thanks for waiting.", role=role)
        assert list(review.scores) == [measure.name for measure in PIPELINE.measures]
        for score in review.scores.values():
            assert score.because
    assert PIPELINE.review("Hi", role="agent").scores["dissatisfaction"].because == "asked of customer messages only"
    assert PIPELINE.review("Hi", role="customer").scores["brand_voice"].because == "asked of agent messages only"
    with pytest.raises(KeyError, match="no measure 'mood'; there are sentiment"):
        PIPELINE.review("Hi").scores["mood"]


def test_only_agents_are_judged() -> None:
    text = "You should have told us. We don't do refunds."
    assert PIPELINE.review(text).verdict is Verdict.HOLD
    for role in ("customer", "bot", "system"):
        review = PIPELINE.review(text, role=role)
        assert review.verdict is None
        assert {finding.level.value for finding in review.findings} <= {"note"}


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_hard_texts_get_a_review_that_fits_the_schema(text: str) -> None:
    for role in ("agent", "customer"):
        review = PIPELINE.review(text, role=role)
        assert not review.skipped
        data = json.loads(review.to_json())
        jsonschema.validate(data, SCHEMA)
        assert Review.from_dict(data).to_dict() == data
        review.to_json().encode("utf-8")


def test_ten_megabytes_are_reviewed() -> None:
    review = PIPELINE.review("Your parcel is on its way, Mina. We'll ring you on Friday! " * 170_000)
    assert review.scores["words"].value == 170_000 * 12


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(["agent", "customer", "bot", "system"]),
    st.lists(st.text(max_size=80), max_size=3),
)
def test_any_text_gets_a_review(text: str, role: str, before: list[str]) -> None:
    review = PIPELINE.review(text, role=role, before=[("customer", earlier) for earlier in before])
    assert not review.skipped
    for finding in review.findings:
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)
    json.loads(review.to_json())


def test_a_batch_gives_what_one_by_one_gives() -> None:
    sample = DEMO[::9]
    together = list(PIPELINE.review_many(sample))
    for conversation, result in zip(sample, together, strict=True):
        assert result == PIPELINE.review_conversation(conversation)
        assert len(result.reviews) == len(conversation.messages)
        for position, review in enumerate(result.reviews):
            alone = PIPELINE.review(conversation.messages[position], before=conversation.messages[:position])
            assert alone.to_dict() == review.to_dict()


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys, toneguard; from toneguard.archives import read_archive;"
        "p = toneguard.Pipeline();"
        f"c = list(read_archive({str(ROOT / 'corpora/demo/archive.jsonl')!r}))[::12];"
        "sys.stdout.write('\\n'.join(r.to_json() for r in p.review_many(c)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].decode("utf-8") == "\n".join(result.to_json() for result in PIPELINE.review_many(DEMO[::12]))


def test_two_standards_live_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "standard.toml"
    path.write_text('name = "soft"\nversion = "1"\n[rules]\n"respect/*" = "note"\n', encoding="utf-8")
    soft, text = Pipeline.from_standard(path), "You should have told us about the fault."
    for _ in range(2):
        assert PIPELINE.review(text).verdict is Verdict.REVISE
        assert soft.review(text).verdict is Verdict.PASS
    assert soft.review(text).provenance.standard == "soft@1"


def test_a_pipeline_can_be_pickled_and_shared_by_threads() -> None:
    other = pickle.loads(pickle.dumps(PIPELINE))
    expected = [result.to_json() for result in PIPELINE.review_many(DEMO[:20])]
    assert [result.to_json() for result in other.review_many(DEMO[:20])] == expected
    given_back: dict[int, list[str]] = {}

    def work(number: int) -> None:
        given_back[number] = [result.to_json() for result in PIPELINE.review_many(DEMO[:20])]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(results == expected for results in given_back.values())
    assert len(given_back) == 4


def test_a_stream_comes_out_as_it_goes_in() -> None:
    taken = 0

    def stream() -> Iterator[Conversation]:
        nonlocal taken
        for number in range(3000):
            taken += 1
            yield Conversation(id=str(number), messages=(Message(text="Where is it?", role="customer"),))

    results = PIPELINE.review_many(stream())
    assert next(results).conversation_id == "0"
    assert taken < 600
    assert [result.conversation_id for result in results] == [str(number) for number in range(1, 3000)]


def test_memory_does_not_grow_with_a_stream() -> None:
    def peak(count: int) -> int:
        stream = (
            Conversation(id=str(n), messages=(Message(text=f"Where is parcel {n}?", role="customer"),))
            for n in range(count)
        )
        tracemalloc.start()
        for _ in PIPELINE.review_many(stream):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(600)  # fills the caches
    assert peak(4000) < 1.5 * peak(1500)


def test_an_empty_conversation_has_no_reviews() -> None:
    assert list(PIPELINE.review_many([])) == []
    result = PIPELINE.review_conversation(Conversation(id="c"))
    assert (result.reviews, result.verdict) == ((), None)


class Broken:
    """An analyser that stumbles over one word."""

    name = "privacy"
    version = "1"
    needs: frozenset[str] = frozenset()
    measures = ()
    rules: frozenset[str] = frozenset()
    weights: dict[str, str] = {}  # noqa: RUF012

    def analyse(self, documents):  # type: ignore[no-untyped-def]
        for document in documents:
            if "stumble" in document.folded:
                raise ValueError(document.text)
        return [Analysis(self.name, self.version) for _ in documents]


def test_an_analyser_that_raises_is_skipped_for_that_message_only(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline()
    monkeypatch.setattr(pipeline, "_analysers", (Broken(),))
    texts = ["All is well.", "My secret is stumble.", "All is well again."]
    conversation = Conversation(id="c", messages=tuple(Message(text=text, role="agent") for text in texts))
    reviews = pipeline.review_conversation(conversation).reviews
    assert [review.verdict for review in reviews] == [Verdict.PASS, Verdict.UNKNOWN, Verdict.PASS]
    assert [skip.reason for skip in reviews[1].skipped] == ["raised ValueError"]
    assert "secret" not in reviews[1].to_json()


def test_an_analyser_without_its_layer_is_skipped_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline, needy = Pipeline(), Broken()
    needy.needs = frozenset({"entities"})  # type: ignore[misc]
    monkeypatch.setattr(pipeline, "_analysers", (needy,))
    assert "name a spaCy pipeline in the standard" in pipeline.review("Hi").skipped[0].reason


def test_a_named_spacy_pipeline_gives_its_layers_to_every_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Mina"}])
    nlp.to_disk(tmp_path / "nlp")
    path = tmp_path / "standard.toml"
    path.write_text(f'name = "s"\nversion = "1"\nspacy = "{tmp_path / "nlp"}"\n', encoding="utf-8")
    seen = []

    class Watching(Broken):
        needs = frozenset({"entities", "before"})

        def analyse(self, documents):  # type: ignore[no-untyped-def]
            for document in documents:
                seen.append([len(d.entities) for d in [*document.before, document]])
            return [Analysis(self.name, self.version) for _ in documents]

    pipeline = Pipeline(path)
    monkeypatch.setattr(pipeline, "_analysers", (Watching(),))
    monkeypatch.setattr(pipeline, "_trained", True)
    pipeline.review("Hello Mina", before=[("customer", "I am Mina"), ("agent", "Hello")])
    assert seen == [[1, 0, 1]]


def test_other_languages_keep_privacy_and_lose_the_language_bound() -> None:
    text = "Buongiorno, vorrei sapere dove è il mio pacco perché non è arrivato, scrivetemi a rosa@example.com grazie"
    review = PIPELINE.review(text, role="customer")
    assert review.language == "it"
    assert review.scores["politeness"].because == "cannot say: not English"
    assert review.scores["dissatisfaction"].value is None
    assert review.scores["words"].value is not None
    assert "privacy/email-address" in {finding.rule for finding in review.findings}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: PIPELINE.review(None), "text: expected str, got NoneType"),
        (lambda: PIPELINE.review("Hi", role="boss"), "role: 'boss' is not one of"),
        (lambda: PIPELINE.review("Hi", before="The kettle"), "before: expected a list"),
        (lambda: PIPELINE.review("Hi", before=[("boss", "Hm")]), "role: 'boss' is not one of"),
        (lambda: PIPELINE.review("Hi", before=[7]), "before: expected Message"),
        (lambda: list(PIPELINE.review_many(["Hi"])), "conversations: expected Conversation, got str"),
        (lambda: Pipeline(tier="slow"), "tier: 'slow' is not one of fast, accurate"),
    ],
)
def test_misuse_is_named(call: object, said: str) -> None:
    with pytest.raises(InvalidInput, match=said.replace("(", r"\(")):
        call()  # type: ignore[operator]


def test_evidence_names_the_message_it_rests_on() -> None:
    before = [
        Message(text="Hello", role="customer", id="m1"),
        Message(text="The kettle arrived cracked.", role="customer", id="m2"),
    ]
    review = PIPELINE.review("We can offer you store credit only.", before=before)
    law = next(finding for finding in review.findings if finding.rule.startswith("law/"))
    assert [evidence.message_id for evidence in law.evidence] == ["m2"]


def test_rows_are_flat_and_hold_no_text() -> None:
    row = PIPELINE.review("You should have told us, Mina.").to_row()
    assert all(value is None or isinstance(value, str | int | float) for value in row.values())
    assert row["verdict"] == "revise"
    assert row["findings"] == "warning:respect/blame-customer" or "warning:respect/blame-customer" in str(
        row["findings"]
    )
    assert not [value for value in row.values() if "Mina" in str(value) or "told us" in str(value)]


def test_findings_never_quote_private_data() -> None:
    text = "My card is 4111 1111 1111 1111, TFN 123 456 782, mail jo@example.com, Mina Haddad, 12 Wattle Street, Ballarat VIC 3350"
    for role in ("agent", "customer"):
        said = json.dumps([finding.to_dict() for finding in PIPELINE.review(text, role=role).findings])
        for secret in ("4111", "123 456", "jo@", "Haddad", "Wattle"):
            assert secret not in said


def test_redact_gives_back_the_type_it_took() -> None:
    assert toneguard.redact("Mail jo@example.com") == "Mail <EMAIL-1>"
    message = Message(text="Mail jo@example.com", role="customer", id="m1")
    assert toneguard.redact(message) == Message(text="Mail <EMAIL-1>", role="customer", id="m1")
    conversation = Conversation(id="c", messages=(message, Message(text="I wrote to jo@example.com", role="agent")))
    masked = toneguard.redact(conversation)
    assert [m.text for m in masked.messages] == ["Mail <EMAIL-1>", "I wrote to <EMAIL-1>"]
    assert toneguard.redact(masked) == masked


def test_provenance_names_the_tier_and_its_weights() -> None:
    provenance = PIPELINE.review("Thanks for waiting.").provenance
    assert provenance.tier == PIPELINE.tier == "fast"
    manifest = json.loads((ROOT / "models/heads/manifest.json").read_text(encoding="utf-8"))
    assert provenance.weights["heads_fast"] == manifest["files"]["weights.npz"][:16]
    assert "heads_accurate" not in provenance.weights


def test_no_weights_are_named_or_read_where_no_analyser_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "standard.toml"
    path.write_text('name = "s"\nversion = "1"\nanalysers = ["readability", "privacy"]\nrequired = ["privacy"]\n', encoding="utf-8")

    def refuse(tier: str) -> None:
        raise AssertionError(f"the reader of {tier} is loaded")

    monkeypatch.setattr("toneguard.pipeline.load_reader", refuse)
    review = Pipeline(path).review("Thanks for waiting.")
    assert not {"heads_fast", "heads_accurate"} & set(review.provenance.weights)
    assert not review.skipped
    assert review.scores["words"].value == 3


class Stumbling:
    """A reader that raises where a word is met, or gives too few answers."""

    weights: Mapping[str, str] = {}

    def __init__(self, lost: str = "") -> None:
        self.lost = lost
        self.asked: list[int] = []

    def answers(self, documents):  # type: ignore[no-untyped-def]
        self.asked.append(len(documents))
        if any("stumble" in document.folded for document in documents):
            raise ValueError(documents[0].text)
        return load_linear_heads().answers(documents)[: len(documents) - 1 if self.lost else None]


LEARNED = ("sentiment", "politeness", "dissatisfaction", "formality", "warmth", "enthusiasm", "assertiveness")


def test_a_reader_that_raises_costs_that_message_its_learned_scores_only(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline()
    monkeypatch.setattr(pipeline, "_reader", Stumbling())
    texts = ["All is well, thanks.", "My secret is stumble.", "All is well again, cheers."]
    conversations = [
        Conversation(id=str(number), messages=tuple(Message(text=text, role="customer") for text in texts))
        for number in range(200)
    ]
    results = list(pipeline.review_many(conversations))
    assert [result.conversation_id for result in results] == [str(number) for number in range(200)]
    for result in results:
        first, culprit, last = result.reviews
        assert not first.skipped and not last.skipped
        assert {skip.reason for skip in culprit.skipped} == {
            "needs the layer 'answers': the trained heads could not read this message"
        }
        assert {skip.analyser for skip in culprit.skipped} == {"sentiment", "politeness", "dissatisfaction", "tone"}
        assert "secret" not in culprit.to_json()
        for measure in LEARNED:
            assert first.scores[measure].value is not None and last.scores[measure].value is not None
            assert culprit.scores[measure].value is None
            assert culprit.scores[measure].because == "cannot say: the analyser gave no answer"
        assert culprit.scores["words"].value == 4
        assert first.scores == PIPELINE.review(texts[0], role="customer").scores


def test_read_answers_asks_one_by_one_only_where_it_must() -> None:
    reader = Stumbling()
    documents = parse_conversation([Message(text="All is well."), Message(text="Well again.")])
    read_answers(reader, documents)
    assert reader.asked == [2]
    assert all("answers" in document.layers and document.answers is not None for document in documents)
    documents = parse_conversation([Message(text="All is well."), Message(text="I stumble."), Message(text="")])
    read_answers(reader, documents)
    assert reader.asked == [2, 3, 1, 1, 1]
    assert ["answers" in document.layers for document in documents] == [True, False, True]
    assert documents[2].answers is None
    read_answers(reader, [])


def test_a_reader_that_loses_answers_gives_none_to_the_wrong_message() -> None:
    documents = parse_conversation([Message(text="I love it, thanks!"), Message(text="This is horrible.")])
    wanted = load_linear_heads().answers(documents)
    read_answers(Stumbling(lost="the last"), documents)
    for document, answer in zip(documents, wanted, strict=True):
        if document.answers is not None:
            assert answer is not None and list(document.answers.columns) == list(answer.columns)
    assert documents[-1].answers is None and "answers" not in documents[-1].layers


@pytest.fixture(scope="module")
def accurate() -> Pipeline:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    return Pipeline(tier="accurate")


def test_the_accurate_tier_gives_the_same_in_a_batch_and_singly(accurate: Pipeline) -> None:
    sample = DEMO[::40]
    together = list(accurate.review_many(sample))
    assert sum(len(result.reviews) for result in together) >= 5
    for conversation, result in zip(sample, together, strict=True):
        for position, review in enumerate(result.reviews):
            alone = accurate.review(conversation.messages[position], before=conversation.messages[:position])
            assert alone.to_dict() == review.to_dict()


def test_the_accurate_tier_names_itself_and_both_its_weights(accurate: Pipeline) -> None:
    provenance = accurate.review("Thanks for waiting.").provenance
    files = {name: json.loads((ROOT / f"models/{name}/manifest.json").read_text(encoding="utf-8"))["files"] for name in ("encoder", "heads")}
    assert (accurate.tier, provenance.tier) == ("accurate", "accurate")
    assert provenance.weights["heads_accurate"] == files["encoder"]["encoder.onnx"][:16]
    assert provenance.weights["heads_fast"] == files["heads"]["weights.npz"][:16]  # it blends in what they say
    assert "tier='accurate'" in repr(accurate)


def test_the_accurate_tier_can_be_pickled(accurate: Pipeline) -> None:
    other = pickle.loads(pickle.dumps(accurate))
    assert other.tier == "accurate"
    review = accurate.review("This is the third time I've asked.", role="customer")
    assert other.review("This is the third time I've asked.", role="customer").to_json() == review.to_json()


def test_the_tiers_say_different_numbers_of_the_same_measures(accurate: Pipeline) -> None:
    text = "This is the third time I've asked and nobody has replied."
    one, other = PIPELINE.review(text, role="customer"), accurate.review(text, role="customer")
    assert list(one.scores) == list(other.scores)
    assert all(one.scores[measure].value != other.scores[measure].value for measure in LEARNED)
    assert one.scores["words"] == other.scores["words"]


def test_a_standard_may_name_the_tier(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    path = tmp_path / "standard.toml"
    path.write_text('name = "s"\nversion = "1"\ntier = "accurate"\n', encoding="utf-8")
    assert Pipeline.from_standard(path).tier == "accurate"
    assert Pipeline.from_standard(path, tier="fast").tier == "fast"


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_hard_texts_get_a_review_from_the_accurate_tier(accurate: Pipeline, text: str) -> None:
    review = accurate.review(text, role="customer")
    assert not review.skipped
    jsonschema.validate(json.loads(review.to_json()), SCHEMA)


def test_what_is_loaded_is_left_alone_by_the_collector() -> None:
    script = (
        "import gc, toneguard; from toneguard.pipeline import keep_loaded; p = toneguard.Pipeline(); p.review('Hi');"
        "loaded = len(gc.get_objects()); keep_loaded(); print(loaded, len(gc.get_objects()), gc.get_threshold()[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded, left, threshold = map(int, done.stdout.split())
    assert loaded > 10_000 and left < 1_000 and threshold == 50_000


def test_the_accurate_tier_explains_what_rules_take_too() -> None:
    pytest.importorskip("onnxruntime")
    text = "Calm down. Nobody can help you if you carry on like this, thank you."
    score = Pipeline(tier="accurate").explain(text, "politeness")
    moved = {text[part.span.start : part.span.end]: part.amount for part in score.contributions if part.span}
    assert moved["Calm"] < -0.3
    assert moved["thank"] > 0
