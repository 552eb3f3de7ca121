"""The way of an encoder from labelled data to a manifest, on tiny weights; each step's promises."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

import tiny
import torch

from toneguard.documents.answers import Answers
from toneguard.errors import ModelError, SettingsError
from toneguard.heads.encoder import GRAPH, VOCABULARY, Encoder, open_session
from toneguard.training.encoder.base import read_vocabulary, read_weights
from toneguard.training.encoder.examples import READERS, read_examples, to_fit
from toneguard.training.encoder.export import LOWER_LAYERS, quantise, write_onnx
from toneguard.training.encoder.fit import fit, pad
from toneguard.training.encoder.loss import Loss
from toneguard.training.encoder.model import Network, Shape, load_base
from toneguard.training.encoder.recipe import EncoderRecipe
from toneguard.training.encoder.schedule import schedule
from toneguard.training.encoder.soft import write_soft_labels
from toneguard.training.encoder.train import train_encoder, train_transfers


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with base, recipe and data."""
    folder = tmp_path_factory.mktemp("tiny")
    tiny.write_recipe(folder, tiny.write_base(folder))
    tiny.write_data(folder)
    return folder


@pytest.fixture(autouse=True)
def _here(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)  # texts of our own are looked for below the top of the repository


@pytest.fixture(scope="module")
def report(place: Path) -> dict[str, Any]:
    patch = pytest.MonkeyPatch()
    patch.chdir(place)
    train_transfers(place / "encoder", place, place, place / "work", quiet)
    found = train_encoder(place / "encoder", place, place, place / "work", quiet)
    patch.undo()
    return found


@pytest.fixture
def recipe(place: Path) -> EncoderRecipe:
    return EncoderRecipe.read(place / "encoder")


def network(recipe: EncoderRecipe, place: Path) -> Network:
    torch.manual_seed(1)
    weights = read_weights(recipe.base, place)
    made = Network(Shape.of(weights), recipe.width, 0.1)
    load_base(made, weights)
    return made


def columns(made: Network, rows: list[list[int]]) -> np.ndarray:
    made.eval()
    with torch.no_grad():
        return made(*pad(rows))[0].numpy()


def test_it_ends_in_a_model_that_reads_its_own_manifest(place: Path, report: dict[str, Any]) -> None:
    manifest = json.loads((place / "encoder/manifest.json").read_text(encoding="utf-8"))
    encoder = Encoder(place / "encoder" / GRAPH, place / "encoder" / VOCABULARY, manifest["encoder"], "d")
    answer = Answers(encoder.plan, encoder.columns("why is my parcel late again !"))
    assert sum(answer.shares("sentiment").values()) == pytest.approx(1)
    assert 0 <= answer.dissatisfaction <= 1
    assert 1 <= answer.value("warmth") <= 5
    assert manifest["metrics"] == report
    assert {"politeness, Wikipedia to Stack Exchange", "8 bits against 32"} <= set(report)
    card = (place / "encoder/card.md").read_text(encoding="utf-8")
    assert all(split in card for split in report)


def test_done_again_it_goes_on_from_its_checkpoints(place: Path, report: dict[str, Any]) -> None:
    before = (place / "encoder" / GRAPH).read_bytes()
    said: list[str] = []
    train_encoder(place / "encoder", place, place, place / "work", said.append)
    assert not any("step" in line for line in said)
    assert (place / "encoder" / GRAPH).read_bytes() == before


def test_no_unseen_text_is_fitted(recipe: EncoderRecipe, place: Path) -> None:
    examples = read_examples(recipe, place)
    fitted = to_fit(recipe, examples)
    unseen = {example.text for example in examples if example.fold in (7, 8, 9)}
    assert fitted
    assert unseen
    assert not unseen & {example.text for example in fitted}


def test_every_reader_says_only_what_its_row_holds(recipe: EncoderRecipe) -> None:
    for feed in recipe.feeds:
        labels = READERS[feed.reader](tiny.row(feed.source.file, 0, 3))
        for name, (values, weight) in labels.items():
            head = recipe.heads[recipe.place[name]]
            assert set(values) <= set(head.columns)
            assert 0 < weight <= 1
            if head.kind == "classes":
                assert sum(values.values()) == pytest.approx(1)


def test_the_schedule_is_fixed_and_complete(recipe: EncoderRecipe, place: Path) -> None:
    fitted = to_fit(recipe, read_examples(recipe, place))
    lengths = [len(example.text) for example in fitted]
    batches = schedule(recipe, fitted, lengths)
    assert batches == schedule(recipe, fitted, lengths)
    assert batches != schedule(replace(recipe, random_state=8), fitted, lengths)
    assert sorted(place for batch in batches for place in batch) == list(range(len(fitted)))
    assert all(len({fitted[place].feed for place in batch}) == 1 for batch in batches)


def test_a_cap_limits_each_epoch(recipe: EncoderRecipe, place: Path) -> None:
    capped = replace(recipe, feeds=(replace(recipe.feeds[0], cap=9, epochs=2), *recipe.feeds[1:]))
    fitted = to_fit(recipe, read_examples(recipe, place))
    seen = [at for batch in schedule(capped, fitted, [1] * len(fitted)) for at in batch if fitted[at].feed == 0]
    assert len(seen) == 18
    assert len(set(seen)) > 9  # drawn anew each time


def test_a_killed_run_goes_on_as_if_it_had_not_been(recipe: EncoderRecipe, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toneguard.training.encoder.fit.THREADS", 1)
    monkeypatch.setattr("toneguard.training.encoder.fit.quick_half_precision", lambda: False)
    often = replace(recipe, checkpoint_seconds=0.0)
    fitted = to_fit(recipe, read_examples(recipe, place))[:40]
    numbers = [[2, 5 + index % 20, 7 + index % 9, 3] for index in range(len(fitted))]
    whole = network(recipe, place)
    fit(whole, often, fitted, numbers, tmp_path / "whole", quiet)

    killed = network(recipe, place)
    steps = []

    def until_the_third(*given: Any) -> Any:
        steps.append(1)
        if len(steps) == 3:
            raise KeyboardInterrupt
        return loss(*given)

    loss = Loss.__call__
    monkeypatch.setattr(Loss, "__call__", until_the_third)
    with pytest.raises(KeyboardInterrupt):
        fit(killed, often, fitted, numbers, tmp_path / "killed", quiet)
    monkeypatch.setattr(Loss, "__call__", loss)
    resumed = network(recipe, place)
    fit(resumed, often, fitted, numbers, tmp_path / "killed", quiet)
    assert columns(resumed, numbers) == pytest.approx(columns(whole, numbers), abs=1e-5)


def test_only_what_is_not_frozen_moves(recipe: EncoderRecipe, place: Path, tmp_path: Path) -> None:
    before, after = network(recipe, place), network(recipe, place)
    fitted = to_fit(recipe, read_examples(recipe, place))[:16]
    fit(after, recipe, fitted, [[2, 5, 3]] * 16, tmp_path, quiet)
    moved = {name for name, value in after.state_dict().items() if not torch.equal(value, before.state_dict()[name])}
    assert moved
    assert all(name.startswith(("layers.1.", "heads.")) for name in moved)


def test_padding_changes_nothing(recipe: EncoderRecipe, place: Path) -> None:
    made = network(recipe, place)
    rows = [[2, 9, 11, 3], [2, 9, 3], [2, 5, 6, 7, 8, 9, 10, 3]]
    together = columns(made, rows)
    for row, values in zip(rows, together, strict=True):
        with torch.no_grad():
            alone, _ = made(torch.tensor([row]))
        assert alone[0].numpy() == pytest.approx(values, abs=1e-5)


def test_the_graph_computes_what_the_network_computes(recipe: EncoderRecipe, place: Path, tmp_path: Path) -> None:
    made = network(recipe, place).eval()
    write_onnx(made, tmp_path / "full.onnx")
    write_onnx(made, tmp_path / "again.onnx")
    assert (tmp_path / "full.onnx").read_bytes() == (tmp_path / "again.onnx").read_bytes()
    quantise(tmp_path / "full.onnx", tmp_path / "small.onnx")
    for row in ([2, 3], [2, 9, 11, 8, 7, 3], [2, *range(4, 30), 3]):
        given = {"numbers": np.array([row])}
        with torch.no_grad():
            wanted = made(torch.tensor([row]))
        for name, tolerance in (("full", 1e-5), ("small", 0.1)):
            found = open_session(tmp_path / f"{name}.onnx").run(None, given)
            assert found[0] == pytest.approx(wanted[0].numpy(), abs=tolerance)
            assert found[1] == pytest.approx(wanted[1].numpy(), abs=tolerance * 3)
            assert found[2] == pytest.approx(lower_layers(made, row), abs=tolerance * 3)


def lower_layers(made: Network, row: list[int]) -> np.ndarray[Any, Any]:
    """What the lower layers put out: the mean over layers and word-pieces."""
    put_out: list[torch.Tensor] = []
    hooks = [layer.register_forward_hook(lambda *given: put_out.append(given[2])) for layer in made.layers[:LOWER_LAYERS]]
    with torch.no_grad():
        made(torch.tensor([row]))
    for hook in hooks:
        hook.remove()
    return torch.stack(put_out).mean(dim=(0, 2)).numpy()


def test_a_changed_base_is_refused(recipe: EncoderRecipe, place: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not what the recipe names"):
        read_vocabulary(replace(recipe.base, tokenizer_sha256="0" * 64), place)
    with pytest.raises(ModelError, match="is missing"):
        read_weights(recipe.base, tmp_path)


def test_an_unknown_kind_of_head_is_named(place: Path, tmp_path: Path) -> None:
    text = (place / "encoder/config.toml").read_text(encoding="utf-8")
    (tmp_path / "config.toml").write_text(text.replace('kind = "labels"', 'kind = "guess"'), encoding="utf-8")
    with pytest.raises(SettingsError, match="kind is one of classes, labels, probability, value"):
        EncoderRecipe.read(tmp_path)


def test_soft_labels_are_keyed_by_text_and_say_what_was_seen(place: Path, report: dict[str, Any], tmp_path: Path) -> None:
    manifest = json.loads((place / "encoder/manifest.json").read_text(encoding="utf-8"))
    encoder = Encoder(place / "encoder" / GRAPH, place / "encoder" / VOCABULARY, manifest["encoder"], "d")
    count = write_soft_labels(place / "encoder", place, tmp_path / "soft.npz", encoder, quiet)
    with np.load(tmp_path / "soft.npz", allow_pickle=False) as arrays:
        assert arrays["sha256"].shape == (count, 32)
        assert len(np.unique(arrays["sha256"], axis=0)) == count
        assert arrays["values"].shape == (count, len(arrays["columns"]))
        assert arrays["values"].dtype == np.float16
        assert np.isfinite(arrays["values"].astype(float)).all()
        assert 0 < arrays["seen"].sum() < count
        assert not arrays["seen"][arrays["source"] >= 9].any()
        assert "politeness.politeness" in arrays["columns"]
