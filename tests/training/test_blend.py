"""The blend of both tiers: weights that the right fold gives, on tiny data and the models that ship, without torch."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

import tiny

from toneguard.training.blend import COST, HALF, train_blend, weigh
from toneguard.training.data import read_rows
from toneguard.training.encoder.columns import unseen
from toneguard.training.encoder.examples import fold, read_examples
from toneguard.training.encoder.recipe import EncoderRecipe

DEVELOPMENT = 7


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the models that ship, a small recipe, data, and an encoder that was not blended yet."""
    folder = tmp_path_factory.mktemp("plain")
    tiny.write_recipe(folder, {})
    tiny.write_data(folder)
    for name in ("encoder.onnx", "vocab.txt", "manifest.json"):
        shutil.copy(tiny.ROOT / "models/encoder" / name, folder / "encoder")
    shutil.copytree(tiny.ROOT / "models/heads", folder / "heads")
    path = folder / "encoder/manifest.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    del table["blend"]
    path.write_text(json.dumps({**table, "metrics": {"8 bits against 32": {"n": 1, "same_sentiment": 0.9}}}), encoding="utf-8")
    return folder


def train(folder: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)  # texts of our own are looked for below the top of the repository
        report = train_blend(folder / "encoder", folder / "heads", folder, folder / "work", quiet)
    return dict(report)


def manifest(folder: Path, model: str = "encoder") -> dict[str, Any]:
    return dict(json.loads((folder / model / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def trained(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("trained") / "copy"
    shutil.copytree(plain, folder)
    return folder, train(folder)


@pytest.fixture
def changed(trained: tuple[Path, dict[str, Any]], tmp_path: Path) -> Callable[[Callable[[dict[str, Any]], dict[str, Any]]], Path]:
    """Blends anew in a copy of the folder whose rows went through a function first."""

    def make(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Path:
        folder = tmp_path / "changed"
        shutil.copytree(trained[0], folder)
        for feed in EncoderRecipe.read(folder / "encoder").feeds:
            path = folder / feed.source.file
            lines = "".join(json.dumps(change(row)) + "\n" for row in read_rows(path)).encode()
            path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
        train(folder)
        return folder

    return make


def test_the_manifest_gains_the_blend_and_the_teacher_stays_what_it_was(plain: Path, trained: tuple[Path, dict[str, Any]]) -> None:
    folder, report = trained
    before, after = manifest(plain), manifest(folder)
    assert after["encoder"] == before["encoder"]  # soft labels come from this, so nothing goes in a circle
    assert after["files"] == before["files"]
    assert after["blend"]["linear_heads"] == manifest(folder, "heads")["files"]["weights.npz"][:16]
    for mine, own in zip(after["blend"]["heads"], before["encoder"]["heads"], strict=True):
        assert [mine[key] for key in ("name", "kind", "columns", "first")] == [own[key] for key in ("name", "kind", "columns", "first")]
        assert len(set(mine["beside"])) == 1
        assert mine["beside"][0] >= 0
        assert all(slope >= 0 for slope in mine["slopes"])
    assert after["metrics"] == json.loads(json.dumps(report))
    assert report["8 bits against 32"] == {"n": 1, "same_sentiment": 0.9}  # what the blend does not measure is kept
    assert COST in report
    assert 0 <= report["complaint, without the random tweets"]["alone"] <= 1
    card = (folder / "encoder/card.md").read_text(encoding="utf-8")
    assert all(split in card for split in report)
    assert "| encoder by itself |" in card


def test_the_same_inputs_give_the_same_blend(trained: tuple[Path, dict[str, Any]], changed: Callable[..., Path]) -> None:
    assert manifest(changed(dict))["blend"] == manifest(trained[0])["blend"]


def flipped(folds: set[int]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Labels of the folds turned round."""
    other = {"positive": "negative", "negative": "positive", "polite": "impolite", "impolite": "polite", 0: 1, 1: 0}

    def change(row: dict[str, Any]) -> dict[str, Any]:
        if fold(row) not in folds:
            return row
        return {**row, **{key: other.get(row[key], row[key]) for key in ("label", "sentiment") if key in row}}

    return change


def test_only_the_fold_for_calibration_moves_it(trained: tuple[Path, dict[str, Any]], changed: Callable[..., Path]) -> None:
    others = set(range(10)) - {DEVELOPMENT}
    assert manifest(changed(flipped(others)))["blend"] == manifest(trained[0])["blend"]


def test_the_fold_for_calibration_does_move_it(trained: tuple[Path, dict[str, Any]], changed: Callable[..., Path]) -> None:
    assert manifest(changed(flipped({DEVELOPMENT})))["blend"] != manifest(trained[0])["blend"]


def test_the_unseen_folds_are_told_apart(trained: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trained[0])
    recipe = EncoderRecipe.read(trained[0] / "encoder")
    development, held_back = unseen(recipe, read_examples(recipe, trained[0]))
    assert {example.fold for example in development} == {DEVELOPMENT}
    assert {example.fold for example in held_back} == {8, 9}


def sources(kind: str, rows: int, first: float, second: float, noise: float = 0.5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two noisy sources and a truth that they weigh on as told."""
    chance = np.random.default_rng(11)
    width = 3 if kind == "classes" else 1
    one, two = chance.normal(size=(rows, width)) * 2, chance.normal(size=(rows, width)) * 2
    wanted = first * one + second * two
    if kind == "value":
        return one, two, wanted + chance.normal(size=wanted.shape) * noise
    if kind == "classes":
        return one, two, np.eye(width)[(wanted + chance.gumbel(size=wanted.shape)).argmax(axis=1)]
    return one, two, (chance.random(wanted.shape) < 1 / (1 + np.exp(-wanted))).astype(float)


@pytest.mark.parametrize("kind", ["classes", "probability", "labels", "value"])
def test_weights_are_found_where_rows_are_many(kind: str) -> None:
    one, two, shift = weigh(kind, *sources(kind, 6000, 0.9, 0.3))
    assert (one, two) == (pytest.approx(0.9, abs=0.08), pytest.approx(0.3, abs=0.08))
    assert shift == pytest.approx(np.zeros(len(shift)), abs=0.1)


@pytest.mark.parametrize("kind", ["classes", "probability", "value"])
def test_few_rows_hardly_move_them_from_halves_and_none_not_at_all(kind: str) -> None:
    assert weigh(kind, *(part[:0] for part in sources(kind, 10, 0.9, 0.3)))[:2] == (HALF, HALF)
    one, two, _ = weigh(kind, *(part[:4] / 4 for part in sources(kind, 10, 0.9, 0.3)))
    assert one == pytest.approx(HALF, abs=0.1)
    assert two == pytest.approx(HALF, abs=0.1)


@pytest.mark.parametrize("kind", ["classes", "probability", "value"])
def test_a_source_that_misleads_gets_no_say_and_no_negative_one(kind: str) -> None:
    one, two, _ = weigh(kind, *sources(kind, 3000, 0.8, -0.5))
    assert one > HALF
    assert two == 0.0
