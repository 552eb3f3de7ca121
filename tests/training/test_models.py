"""The shipped models: what their manifests claim holds, and their files are what the manifests name."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from toneguard.errors import ModelError
from toneguard.heads.linear import load_linear_heads
from toneguard.resources.models import model_file, models_folder
from toneguard.resources.names import GIVEN

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
        assert split in card
        if "macro_f1" in row:
            assert f"| {row['macro_f1']:.3f} |" in next(line for line in card.splitlines() if line.startswith(f"| {split} |"))


def test_the_heads_learnt_from_the_encoder_that_ships() -> None:
    assert manifest("heads")["teacher"] == manifest("encoder")["files"]["encoder.onnx"][:16]


def test_the_blend_was_fitted_with_the_heads_that_ship() -> None:
    assert manifest("encoder")["blend"]["linear_heads"] == manifest("heads")["files"]["weights.npz"][:16]


def test_no_gram_holds_a_private_string() -> None:
    """What models look up has numbers, addresses and identifiers replaced, so none can have been learnt, nor who people are."""
    for gram in load_linear_heads().grams:
        assert not any(character.isdigit() and character != "0" for character in gram)
        assert not any("@" in token and len(token) > 1 for token in gram.split())
        assert GIVEN.isdisjoint(gram.split())


def test_a_model_that_is_not_what_its_manifest_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "heads"
    folder.mkdir()
    for path in (MODELS / "heads").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "weights.npz").write_bytes(b"changed")
    monkeypatch.setenv("TONEGUARD_MODELS", str(tmp_path))
    model_file.cache_clear()
    try:
        with pytest.raises(ModelError, match="is not what its manifest names"):
            model_file("heads", "weights.npz")
    finally:
        model_file.cache_clear()


def test_a_missing_models_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONEGUARD_MODELS", str(tmp_path / "none"))
    with pytest.raises(ModelError, match="TONEGUARD_MODELS names"):
        models_folder()
