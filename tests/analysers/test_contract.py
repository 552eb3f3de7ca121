"""The contract over the whole catalogue."""

from __future__ import annotations

import pytest

from toneguard.analysers.base import Analyser
from toneguard.analysers.catalogue import BUILTIN, factories
from toneguard.heads.load import load_reader
from toneguard.pipeline import Pipeline
from toneguard.rules import builtin_rules
from toneguard.standards.load import ANALYSERS
from toneguard.testing import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", BUILTIN)
def test_promise(name: str, check: object) -> None:
    check(factories()[name]({}))  # type: ignore[operator]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", ["sentiment", "politeness", "dissatisfaction", "tone"])
def test_promise_in_the_accurate_tier(name: str, check: object, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    asked = []

    def load(tier: str) -> object:
        asked.append(tier)
        return load_reader("accurate")

    monkeypatch.setattr("toneguard.testing.load_reader", load)
    check(factories()[name]({}))  # type: ignore[operator]
    assert asked or check.__name__ in ("check_declaration",)  # type: ignore[attr-defined]


def test_the_catalogue_and_the_standards_name_the_same_analysers() -> None:
    assert tuple(BUILTIN) == ANALYSERS


def test_every_rule_has_one_analyser_that_raises_it() -> None:
    analysers = [factories()[name]({}) for name in BUILTIN]
    raised = [rule for analyser in analysers for rule in analyser.rules]
    assert len(raised) == len(set(raised))
    by_judge = {"bounds/too-low", "bounds/too-high"}
    by_extra = {rule for rule in builtin_rules() if rule.startswith("presidio/")}
    assert set(raised) | by_judge | by_extra == set(builtin_rules())


def test_measures_have_one_home_and_the_promised_names() -> None:
    names = [measure.name for measure in Pipeline().measures]
    assert len(names) == len(set(names))
    assert set(names) >= {
        "sentiment", "politeness", "dissatisfaction", "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "gunning_fog",
        "automated_readability_index", "coleman_liau_index", "words", "sentences", "longest_sentence", "brand_voice",
    }  # fmt: skip


class Careless:
    """An analyser that breaks promises, to see that the checks notice."""

    name = "careless"
    version = "1"
    needs: frozenset[str] = frozenset()
    measures = ()
    rules: frozenset[str] = frozenset()
    weights: dict[str, str] = {}  # noqa: RUF012

    def analyse(self, documents):  # type: ignore[no-untyped-def]
        from toneguard.findings import Analysis, Finding, Span

        print("hello")
        return [
            Analysis(self.name, self.version, (), (Finding("a/b", Span(0, 10**6), str(len(document.tokens))),))
            for document in documents
        ]


@pytest.mark.parametrize("name", ["check_one_answer_each", "check_values", "check_layers", "check_quiet"])
def test_the_checks_notice(name: str) -> None:
    analyser: Analyser = Careless()  # type: ignore[assignment]
    check = next(check for check in CHECKS if check.__name__ == name)
    with pytest.raises(Exception, match=r".") as problem:
        check(analyser)
    assert type(problem.value).__name__ in ("AssertionError", "MissingLayer")
