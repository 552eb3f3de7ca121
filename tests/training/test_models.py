"""The shipped models: what their manifests claim holds, and their files are what the manifests name."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import toneguard
from toneguard.documents import parse
from toneguard.errors import ModelError
from toneguard.messages import Message
from toneguard.resources.linear import LinearHead, load_head, read_head, write_head
from toneguard.training.heads import Example, Recipe, fit, log_odds

MODELS = Path(__file__).resolve().parents[2] / "models"
NAMES = sorted(path.name for path in MODELS.iterdir() if path.is_dir())


def manifest(name: str) -> dict[str, Any]:
    return dict(json.loads((MODELS / name / "manifest.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_files_are_what_the_manifest_names(name: str) -> None:
    for file, digest in manifest(name)["files"].items():
        assert hashlib.sha256((MODELS / name / file).read_bytes()).hexdigest() == digest
    for file in ("config.toml", "card.md", "thresholds.toml"):
        assert (MODELS / name / file).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", NAMES)
def test_metrics_reach_their_thresholds(name: str) -> None:
    thresholds = tomllib.loads((MODELS / name / "thresholds.toml").read_text(encoding="utf-8"))
    measured = manifest(name)["metrics"]
    assert set(thresholds) <= set(measured)
    for split, bounds in thresholds.items():
        for metric, bound in bounds.items():
            assert measured[split][metric] >= bound, f"{split}: {metric}"


@pytest.mark.parametrize("name", NAMES)
def test_the_card_shows_the_metrics_of_the_manifest(name: str) -> None:
    card = (MODELS / name / "card.md").read_text(encoding="utf-8")
    for split, row in manifest(name)["metrics"].items():
        assert f"| {split} | {row['n']:,} | {row['accuracy']:.3f} |" in card


@pytest.mark.parametrize("name", NAMES)
def test_no_gram_holds_a_private_string(name: str) -> None:
    """What models look up has numbers, addresses and identifiers replaced, so none can have been learnt."""
    for gram in load_head(name).grams:
        assert not any(character.isdigit() and character != "0" for character in gram)
        assert not any("@" in token and len(token) > 1 for token in gram.split())


@pytest.mark.parametrize(("measure", "role"), [("politeness", "agent"), ("politeness", "customer"), ("dissatisfaction", "customer")])
def test_contributions_sum_to_the_log_odds(measure: str, role: str) -> None:
    text = "Hi, this is the third time I've asked. Could you please tell me, THANK you!! why nobody answers? It's so rude."
    score = toneguard.review(text, role=role).scores[measure]
    head = load_head(measure)
    total = sum(contribution.amount for contribution in score.contributions)
    probability = 1 / (1 + np.exp(-(head.slope * total + head.offset)))
    assert score.value == pytest.approx(probability, abs=1e-4)


def examples() -> list[Example]:
    texts = ["thank you so much for the help", "please send it again", "go away now", "this is rubbish", "you are kind", "no no no"] * 4
    documents = [parse(Message(text=f"{text} {'x' * (i % 3)}")) for i, text in enumerate(texts)]
    return [Example(document.grams, {"length": len(document.grams) / 10}, int(i % 6 in (0, 1, 4)), i % 10, "d") for i, document in enumerate(documents)]


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    return Recipe(tmp_path, "test", 1, 1.0, 0.5, 1, 3, frozenset({"x"}), ())


def test_our_scorer_gives_what_scikit_learn_gives(recipe: Recipe) -> None:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    given = examples()
    head = fit(given, recipe)
    assert not any("x" in gram.split() for gram in head.grams)
    grams, features = list(head.grams), list(head.features)
    matrix = np.zeros((len(given), len(grams) + len(features)))
    for row, example in enumerate(given):
        for gram in example.grams:
            if gram in head.grams:
                matrix[row, grams.index(gram)] = 1 / np.sqrt(len(example.grams))
        for name, value in example.features.items():
            matrix[row, len(grams) + features.index(name)] = value * recipe.feature_scale
    model = LogisticRegression(C=1.0, max_iter=5000, class_weight="balanced", random_state=1).fit(csr_matrix(matrix), [e.label for e in given])
    # Weights are kept in half precision.
    assert log_odds(head, given) == pytest.approx(model.decision_function(matrix), abs=5e-3)


def test_a_head_survives_its_file_byte_for_byte(tmp_path: Path, recipe: Recipe) -> None:
    head = fit(examples(), recipe, "h")
    for name in ("one.npz", "two.npz"):
        write_head(tmp_path / name, head)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    again = read_head(tmp_path / "one.npz", "h", "")
    assert isinstance(again, LinearHead)
    assert log_odds(again, examples()) == pytest.approx(log_odds(head, examples()), abs=1e-5)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"not a zip")
    with pytest.raises(ModelError, match="its weights cannot be read"):
        read_head(path, "h", "")


def test_a_model_that_is_not_what_its_manifest_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toneguard.resources.models import model_file

    folder = tmp_path / "politeness"
    folder.mkdir()
    for path in (MODELS / "politeness").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "weights.npz").write_bytes(b"changed")
    monkeypatch.setenv("TONEGUARD_MODELS", str(tmp_path))
    model_file.cache_clear()
    try:
        with pytest.raises(ModelError, match="is not what its manifest names"):
            model_file("politeness", "weights.npz")
    finally:
        model_file.cache_clear()


def test_a_missing_models_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from toneguard.resources.models import models_folder

    monkeypatch.setenv("TONEGUARD_MODELS", str(tmp_path / "none"))
    with pytest.raises(ModelError, match="TONEGUARD_MODELS names"):
        models_folder()
