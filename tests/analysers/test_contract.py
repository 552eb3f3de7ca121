"""The contract over the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from toneguard.analysers.base import Analyser
from toneguard.analysers.catalogue import BUILTIN, factories
from toneguard.errors import SettingsError
from toneguard.heads.load import load_reader
from toneguard.pipeline import Pipeline
from toneguard.resources.plugins import GROUP, plugins
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


def make(options: dict[str, object]) -> Careless:
    """The factory that a package names in its entry point."""
    from toneguard.analysers.base import no_options

    no_options("careless", options)
    return Careless()


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two packages that add an analyser each, one of which is broken."""
    entries = [EntryPoint("careless", f"{__name__}:make", GROUP), EntryPoint("broken", "no_such_package:make", GROUP)]
    monkeypatch.setattr("toneguard.resources.plugins.entry_points", lambda group: entries)
    plugins.cache_clear()
    yield
    plugins.cache_clear()


def ran(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "standard.toml"
    path.write_text(f'name = "s"\nversion = "1"\n{text}', encoding="utf-8")
    return [analyser.name for analyser in Pipeline(path)._analysers]


@pytest.mark.usefixtures("others")
def test_analysers_of_other_packages_run_where_a_standard_lists_them(tmp_path: Path) -> None:
    assert "careless" not in ran(tmp_path, "")
    assert ran(tmp_path, 'analysers = ["careless", "wording", "privacy"]') == ["privacy", "wording", "careless"]
    with pytest.raises(SettingsError, match="careless has no option 'x'"):
        ran(tmp_path, 'analysers = ["careless"]\nrequired = []\n[options.careless]\nx = 1')
    with pytest.raises(SettingsError, match="analyser 'broken': no_such_package:make cannot be imported"):
        ran(tmp_path, 'analysers = ["broken"]\nrequired = []')
    with pytest.raises(SettingsError, match="'careles' is not allowed; did you mean 'careless'"):
        ran(tmp_path, 'analysers = ["careles"]')
