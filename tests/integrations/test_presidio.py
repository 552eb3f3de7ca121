"""Presidio both ways, with blank spaCy pipelines: no trained one is needed, and nothing is fetched."""

from __future__ import annotations

import logging
import pickle
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toneguard.documents import parse
from toneguard.errors import InvalidInput, MissingExtra, SettingsError
from toneguard.findings import Analysis
from toneguard.messages import Message
from toneguard.pipeline import Pipeline
from toneguard.reviews import Level
from toneguard.rules import Example, Rule, builtin_rules
from toneguard.testing import CHECKS

pytest.importorskip("presidio_analyzer")

from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer

from toneguard.integrations.presidio import PresidioAnalyser, ToneGuardRecognizer, make
from toneguard.integrations.presidio.engine import open_engine, predefined
from toneguard.integrations.presidio.entities import GROUPS, NAMES, OTHER, RULE_OF

PACK = [rule for name, rule in builtin_rules().items() if name.startswith("presidio/")]
SPOKEN_OF = {
    "PERSON": [{"LOWER": "tirta"}, {"LOWER": "wulandari"}],
    "GPE": [{"LOWER": "goulburn"}],
    "ORG": [{"LOWER": "banksia"}, {"LOWER": "freight"}],
    "NORP": [{"LOWER": "tongan"}],
}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a pipeline that stands in for a trained one: it knows a name, a town, a firm and a people."""
    import spacy
    from spacy.tokenizer import Tokenizer

    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab)  # by white space: the English one takes seconds for 4,000 quotation marks
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in SPOKEN_OF.items()])
    folder = tmp_path_factory.mktemp("spacy") / "pipeline"
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module")
def engine(trained: str) -> AnalyzerEngine:
    """Presidio's predefined recognisers, that pipeline, and a recogniser of the shop's own."""
    made = predefined(trained, "en")
    badge = PatternRecognizer("EMPLOYEE_ID", patterns=[Pattern("badge", r"\bEMP-\d{6}\b", 0.8)])
    made.registry.add_recognizer(badge)
    return made


def found(analyser: PresidioAnalyser, text: str, role: str = "customer") -> list[tuple[str, str]]:
    given: Analysis = analyser.analyse([parse(Message(text=text, role=role))])[0]
    return [(finding.rule, text[finding.span.start : finding.span.end]) for finding in given.findings if finding.span]


# ToneGuard's recognisers inside Presidio.


TEXT = (
    "I'm Mina Haddad, 12 Wattle St, Kyneton VIC 3444. My TFN is 123 456 782, my card 4111 1111 1111 1111, write to"
    " mina@example.com or 0491 570 006. The verification code is 482913."
)


def blank_engine() -> AnalyzerEngine:
    made = predefined(None, "en")
    made.registry.recognizers = [ToneGuardRecognizer()]
    return made


def test_our_recognisers_inside_presidio() -> None:
    results = blank_engine().analyze(text=TEXT, language="en", return_decision_process=True)
    seen = {(result.entity_type, TEXT[result.start : result.end]) for result in results}
    assert seen == {
        ("PERSON", "Mina Haddad"),
        ("LOCATION", "12 Wattle St, Kyneton VIC 3444"),
        ("AU_TFN", "123 456 782"),
        ("CREDIT_CARD", "4111 1111 1111 1111"),
        ("EMAIL_ADDRESS", "mina@example.com"),
        ("PHONE_NUMBER", "0491 570 006"),
        ("ONE_TIME_CODE", "482913"),
    }
    card = next(result for result in results if result.entity_type == "CREDIT_CARD")
    assert card.score == 0.95
    assert card.analysis_explanation.recognizer == "ToneGuardRecognizer"
    assert card.analysis_explanation.pattern_name == "privacy/payment-card"
    assert "check digit holds" in card.analysis_explanation.textual_explanation
    assert not re.search(r"\d|Mina", " ".join(str(r.analysis_explanation.textual_explanation) for r in results))


def test_an_engine_asks_for_some_entities_only() -> None:
    results = blank_engine().analyze(text=TEXT, language="en", entities=["AU_TFN"])
    assert [result.entity_type for result in results] == ["AU_TFN"]
    narrow = ToneGuardRecognizer(["PERSON", "AU_TFN"])
    assert {result.entity_type for result in narrow.analyze(TEXT)} == {"PERSON", "AU_TFN"}
    assert not narrow.analyze(TEXT, ["CREDIT_CARD"])


def test_own_order_numbers_stay() -> None:
    text = "My TFN is 123 456 782."
    assert ToneGuardRecognizer().analyze(text)
    assert not ToneGuardRecognizer(order_numbers=[r"123 456 \d{3}"]).analyze(text)


def test_wrong_settings_of_the_recogniser_are_named() -> None:
    with pytest.raises(InvalidInput, match="supported_entities: 'AU_TFM' is not one of AU_ABN"):
        ToneGuardRecognizer(["AU_TFM"])
    with pytest.raises(InvalidInput, match="role: 'clerk' is not one of"):
        ToneGuardRecognizer(role="clerk")
    with pytest.raises(SettingsError, match="order_numbers"):
        ToneGuardRecognizer(order_numbers=["("])


def test_presidio_and_we_side_by_side(engine: AnalyzerEngine) -> None:
    both = predefined(None, "en")
    both.registry.add_recognizer(ToneGuardRecognizer())
    kinds = {result.entity_type for result in both.analyze(text=TEXT, language="en")}
    assert {"AU_TFN", "URL", "CREDIT_CARD"} <= kinds
    assert "AU_TFN" not in {result.entity_type for result in engine.analyze(text=TEXT, language="en")}


def test_presidio_has_a_name_for_most_kinds() -> None:
    assert len(set(NAMES.values())) == len(NAMES) == 25
    assert set(RULE_OF.values()) == set(GROUPS)


# Presidio as an analyser.


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_promise(check: Callable[[PresidioAnalyser], None], engine: AnalyzerEngine) -> None:
    """All but Presidio's own patterns for telephones, which take seconds for 10,000 brackets."""
    kinds = [kind for kind in engine.get_supported_entities("en") if kind != "PHONE_NUMBER"]
    check(PresidioAnalyser(engine, kinds=kinds))


def test_nothing_is_fetched_and_nothing_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket is opened")

    analyser = make({"also_ours": True})
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("presidio-analyzer").debug("before")
    assert ("presidio/contact", "mina@example.com") in found(analyser, TEXT)
    assert ("presidio/contact", "mina@nowhere.nowheretld") not in found(analyser, "mina@nowhere.nowheretld")
    logging.getLogger("presidio-analyzer").debug("after")
    assert [record.message for record in caplog.records] == ["before", "after"]


EXAMPLES = [
    pytest.param(rule, example, fires, id=f"{rule.name}-{'fails' if fires else 'passes'}")
    for rule in PACK
    for fires, examples in ((True, rule.fails), (False, rule.passes))
    for example in examples
]


@pytest.mark.parametrize(("rule", "example", "fires"), EXAMPLES)
def test_example(rule: Rule, example: Example, fires: bool, engine: AnalyzerEngine) -> None:
    given = found(PresidioAnalyser(engine), example.text, example.role)
    assert (rule.name in [name for name, _ in given]) is fires


def test_the_pack_and_the_analyser_have_the_same_rules(engine: AnalyzerEngine) -> None:
    assert PresidioAnalyser(engine).rules == {rule.name for rule in PACK} == {*GROUPS, OTHER}
    assert {rule.level for rule in PACK} == {Level.NOTE}


def test_it_is_quiet_where_our_own_recognisers_spoke(engine: AnalyzerEngine) -> None:
    text = "Write to mina@example.com, said tirta wulandari in Goulburn"
    beside = [("presidio/person", "tirta wulandari"), ("presidio/location", "Goulburn")]
    assert found(PresidioAnalyser(engine), text) == beside
    assert found(PresidioAnalyser(engine, also_ours=True), text) == [("presidio/contact", "mina@example.com"), *beside]


def test_quoted_history_and_names_between_writer_and_reader(engine: AnalyzerEngine) -> None:
    analyser = PresidioAnalyser(engine, also_ours=True)
    assert not found(analyser, "Done.\n\nOn Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> I live in Goulburn now")
    greeting = "Hi tirta wulandari ,\n\nYour parcel is here.\n\nKind regards,\ntirta wulandari"
    assert not found(analyser, greeting, "agent")
    assert len(found(analyser, greeting, "customer")) == 2


def test_what_overlaps_is_said_once(engine: AnalyzerEngine) -> None:
    given = found(PresidioAnalyser(engine, also_ours=True), "see mina@example.com")
    assert given == [("presidio/contact", "mina@example.com")]  # and not its domain as a web address


def test_a_rule_of_ones_own(engine: AnalyzerEngine) -> None:
    analyser = PresidioAnalyser(engine, rules={"EMPLOYEE_ID": "ours/employee-number"})
    assert found(analyser, "Badge EMP-204417 was left") == [("ours/employee-number", "EMP-204417")]
    assert "ours/employee-number" in analyser.rules
    finding = PresidioAnalyser(engine).analyse([parse(Message(text="Badge EMP-204417"))])[0].findings[0]
    assert finding.message == "Presidio sees personal data here. (EMPLOYEE_ID)"
    assert finding.confidence == 0.8


def test_it_can_be_pickled() -> None:
    analyser = pickle.loads(pickle.dumps(PresidioAnalyser()))
    assert found(analyser, "The router says 00:1A:2B:3C:4D:5E") == [("presidio/network-address", "00:1A:2B:3C:4D:5E")]


# In a standard.


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "standard.toml"
    path.write_text(f'name = "shop"\nversion = "1"\nanalysers = ["privacy", "wording", "presidio"]\n{text}')
    return path


def rules(pipeline: Pipeline, text: str) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in pipeline.review(text).findings}


def test_a_standard_names_it(tmp_path: Path, trained: str) -> None:
    path = write(
        tmp_path,
        f'[options.presidio]\nspacy = "{trained}"\nkinds = ["PERSON"]\n[rules]\n"presidio/person" = "suggestion"',
    )
    text = "It was tirta wulandari in Goulburn, order 55318."
    pipeline = Pipeline(path)
    assert rules(pipeline, text) == {"presidio/person": Level.SUGGESTION}
    assert rules(pickle.loads(pickle.dumps(pipeline)), text) == {"presidio/person": Level.SUGGESTION}
    assert not rules(Pipeline(), text)


CONFIG = """
supported_languages: [en]
nlp_configuration:
  nlp_engine_name: spacy
  models: [{{lang_code: en, model_name: {trained}}}]
recognizer_registry:
  recognizers:
    - {{name: badge, type: custom, supported_entity: EMPLOYEE_ID, supported_language: en,
       patterns: [{{name: badge, regex: 'EMP-\\d{{6}}', score: 0.8}}]}}
"""


def test_a_configuration_of_presidio_beside_the_standard(tmp_path: Path, trained: str) -> None:
    (tmp_path / "presidio.yaml").write_text(CONFIG.format(trained=trained))
    path = write(tmp_path, '[options.presidio]\nconfig = "presidio.yaml"')
    assert rules(Pipeline(path), "Badge EMP-204417 was left here.") == {"presidio/other": Level.NOTE}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ('spacy = "no_such"', "there is no spaCy pipeline 'no_such'"),
        ('config = "none.yaml"', r"none\.yaml: cannot be read \(No such file"),
        ('config = "wrong.yaml"', r"wrong\.yaml:1:2: not YAML"),
        ('config = "list.yaml"', r"list\.yaml: expected a Presidio analyzer configuration"),
        ('config = "big.yaml"', "there is no spaCy pipeline 'en_core_web_lg'"),
        ('config = "odd.yaml"', r"odd\.yaml: Presidio refuses it"),
        ('config = "a"\nspacy = "b"', "leave out spacy"),
        ('language = "xx-no"', "language"),
        ("min_score = 2", "min_score: expected a number from 0 to 1"),
        ("min_score = true", "min_score: expected a number from 0 to 1"),
        ('kinds = ["PERSONS"]', "'PERSONS' is none of the engine's kinds: AGE, "),
        ("kinds = [1]", "kinds is a list of texts"),
        ('rules = { BADGE = "ours/badge" }', "'BADGE' is none of the engine's kinds"),
        ("treshold = 1", "no option 'treshold'; allowed: config, spacy"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, options: str, problem: str) -> None:
    (tmp_path / "wrong.yaml").write_text("{")
    (tmp_path / "list.yaml").write_text("- a")
    (tmp_path / "big.yaml").write_text("supported_languages: [en]")
    (tmp_path / "odd.yaml").write_text("nlp_configuration: {nlp_engine_name: spacy, models: []}\nsupported_languages: 5")
    with pytest.raises(SettingsError, match=problem):
        Pipeline(write(tmp_path, f"[options.presidio]\n{options}"))


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("toneguard.integrations.presidio")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(MissingExtra, match=re.escape("pip install 'toneguard[presidio]'")):
        Pipeline(write(tmp_path, ""))


def test_nobody_else_loads_presidio() -> None:
    script = "import sys, toneguard; toneguard.review('Hi'); print('presidio_analyzer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_engines_are_made_once() -> None:
    assert open_engine() is open_engine()
