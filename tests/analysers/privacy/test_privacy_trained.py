"""Names by a trained pipeline: off unless asked for, beside our own, never required."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import toneguard
from toneguard.analysers.privacy import Privacy
from toneguard.analysers.privacy.trained import READ_BY_PIPELINE, find_trained_names
from toneguard.cli.app import app
from toneguard.documents import parse
from toneguard.documents.spacy_parser import add_layers
from toneguard.errors import SettingsError
from toneguard.messages import Conversation, Message
from toneguard.pipeline import Pipeline
from toneguard.testing import check_analyser

TEXT = "The courier said tirta wulandari signed for it."  # no capitals, no cue: ours say nothing
PATTERNS = [
    ("PERSON", [{"LOWER": "tirta"}, {"LOWER": "wulandari"}]),
    ("PERSON", [{"LOWER": {"IN": ["mr", "dr"]}}, {"TEXT": ".", "OP": "?"}, {"LOWER": {"IN": ["okafor", "okafor's"]}}]),
    ("PER", [{"LOWER": "mereana's"}]),
    ("PERSON", [{"LOWER": "order"}, {"LOWER": "55318"}]),
    ("PERSON", [{"LOWER": "thanks"}]),
    ("GPE", [{"LOWER": "goulburn"}]),
]  # fmt: skip


@pytest.fixture(scope="module")
def spacy_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline of rules that stands in for a trained one."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": pattern} for label, pattern in PATTERNS])
    folder = tmp_path_factory.mktemp("spacy") / "pipeline"
    nlp.to_disk(folder)
    return str(folder)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "standard.toml"
    path.write_text(f'name = "shop"\nversion = "1"\n{text}', encoding="utf-8")
    return path


def names(pipeline: Pipeline, text: str, role: str = "agent") -> list[str]:
    review = pipeline.review(text, role=role)
    return [text[f.span.start : f.span.end] for f in review.findings if f.rule == "privacy/person-name" and f.span]


@pytest.fixture
def pipeline(tmp_path: Path, spacy_folder: str) -> Pipeline:
    return Pipeline(write(tmp_path, f'spacy = "{spacy_folder}"\n[options.privacy]\nnames = "spacy"'))


def test_a_standard_asks_for_it(tmp_path: Path, pipeline: Pipeline, spacy_folder: str) -> None:
    assert names(pipeline, TEXT) == ["tirta wulandari"]
    assert names(pickle.loads(pickle.dumps(pipeline)), TEXT) == ["tirta wulandari"]
    assert not names(Pipeline(), TEXT)
    assert not names(Pipeline(write(tmp_path, f'spacy = "{spacy_folder}"')), TEXT)


def test_the_review_says_which_pipeline(pipeline: Pipeline) -> None:
    assert pipeline.review(TEXT).provenance.weights["spacy"].startswith("pipeline 0.0.0")
    assert "spacy" not in Pipeline().review(TEXT).provenance.weights


def test_our_own_reading_goes_first(pipeline: Pipeline) -> None:
    text = "My name is Tirta Wulandari."
    finding = pipeline.review(text, role="customer").findings[0]
    assert finding.confidence == 0.85
    assert names(pipeline, "Hi Mr Okafor,\n\nDone.\n\nKind regards,\ntirta wulandari") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I think dr. okafor's parcel went.", ["okafor"]),
        ("so mereana's parcel went 😀", ["mereana"]),
        ("about order 55318 then", []),
        ("oh thanks anyway", []),
        ("it went to goulburn", []),
        ("😀 \ud800 tirta wulandari", ["tirta wulandari"]),
        ("", []),
    ],
)
def test_what_is_taken_of_it(spacy_folder: str, text: str, expected: list[str]) -> None:
    document = add_layers([parse(Message(text=text, role="customer"))], spacy_folder)[0]
    found = list(find_trained_names(document))
    assert [text[entity.span.start : entity.span.end] for entity in found] == expected
    assert all(entity.because == (READ_BY_PIPELINE,) and entity.confidence == 0.55 for entity in found)


def test_promises() -> None:
    check_analyser(Privacy(names="spacy"))


def test_masking_takes_it_too(tmp_path: Path, spacy_folder: str) -> None:
    conversation = Conversation(
        id="c", messages=(Message(text=TEXT, role="agent"), Message(text="tirta wulandari? Who?", role="customer"))
    )
    masked = toneguard.redact(conversation, spacy=spacy_folder)
    assert [message.text for message in masked.messages] == [
        "The courier said <PERSON-1> signed for it.",
        "<PERSON-1>? Who?",
    ]
    assert toneguard.redact(masked, spacy=spacy_folder) == masked
    assert toneguard.redact(TEXT) == TEXT
    done = CliRunner().invoke(app, ["redact", TEXT, "--spacy", spacy_folder])
    assert done.stdout == "The courier said <PERSON-1> signed for it.\n"
    archive = tmp_path / "tickets.jsonl"
    archive.write_text(f'{{"conversation_id": "1", "role": "agent", "text": "{TEXT}"}}\n')
    done = CliRunner().invoke(app, ["redact", str(archive), "--out", str(tmp_path / "o.jsonl"), "--spacy", spacy_folder])
    assert done.exit_code == 0
    assert "<PERSON-1> signed" in (tmp_path / "o.jsonl").read_text()


@pytest.mark.parametrize(
    ("standard", "problem"),
    [
        ('[options.privacy]\nnames = "spacy"', 'privacy needs a trained pipeline; name it in the standard: spacy = "'),
        ('spacy = "no_such"\n[options.privacy]\nnames = "spacy"', "there is no spaCy pipeline 'no_such'; install one"),
        ('[options.privacy]\nnames = "trained"', "privacy: names: 'trained' is not one of own, spacy"),
        ("[options.privacy]\nnames = 3", "privacy: names: 3 is not one of own, spacy"),
    ],
)
def test_mistakes_are_named_when_the_pipeline_is_made(tmp_path: Path, standard: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        Pipeline(write(tmp_path, standard))
    with pytest.raises(SettingsError, match="there is no spaCy pipeline 'no_such'"):
        toneguard.redact(TEXT, spacy="no_such")


def test_spacy_stays_away_until_asked_for() -> None:
    script = "import sys, toneguard; toneguard.redact('I am Mina Haddad'); toneguard.review('Hi'); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
