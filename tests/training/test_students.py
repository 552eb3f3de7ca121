"""The way of the linear heads from labelled data and soft labels to files that ship, on tiny data and without torch."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny

from toneguard.documents import parse
from toneguard.errors import ToneGuardError
from toneguard.heads.features import look_at
from toneguard.heads.linear import WEIGHTS, LinearHeads, load_linear_heads
from toneguard.messages import Message
from toneguard.resources.models import model_file
from toneguard.training.data import read_rows
from toneguard.training.encoder.examples import fold, read_examples, to_fit
from toneguard.training.encoder.recipe import EncoderRecipe
from toneguard.training.encoder.soft import digest_of, texts
from toneguard.training.students import Soft, StudentRecipe, read_table, train_heads

KEPT, MIN_COUNT, SOFT_CAP = 60, 3, 40
TEACHER = "0123456789abcdef"
HELD_BACK, DEVELOPMENT = (8, 9), 7
Change = Callable[[dict[str, Any]], dict[str, Any]]


def quiet(_: str) -> None:
    """Say nothing."""


def sources(folder: Path) -> list[Path]:
    recipe = EncoderRecipe.read(folder / "encoder")
    return [folder / source.file for source in (*(feed.source for feed in recipe.feeds), *recipe.pools)]


def write_heads(folder: Path) -> None:
    """The shipped recipe of the heads, made small."""
    small = {"kept": KEPT, "min_count": MIN_COUNT, "soft_cap": SOFT_CAP}
    lines = []
    for line in (tiny.ROOT / "models/heads/config.toml").read_text(encoding="utf-8").splitlines():
        key = line.split(" = ")[0]
        lines.append(f"{key} = {small[key]}" if key in small else line)
    (folder / "heads").mkdir()
    (folder / "heads/config.toml").write_text("\n".join(lines), encoding="utf-8")
    shutil.copy(folder / "encoder/card.md", folder / "heads/card.md")


def write_soft(folder: Path) -> None:
    """Soft labels of every text: what a teacher that counts letters would say."""
    recipe = EncoderRecipe.read(folder / "encoder")
    names = [f"{head.name}.{column}" for head in recipe.heads for column in head.columns]
    names.append("dissatisfaction.dissatisfaction")
    found: dict[bytes, tuple[int, list[float]]] = {}
    for number, path in enumerate(sources(folder)):
        for _, text in texts(read_rows(path)):
            values = [(text.count(chr(97 + place % 26)) - 2) * 0.5 + place * 0.01 for place in range(len(names))]
            found.setdefault(digest_of(text), (number, values))
    np.savez_compressed(
        folder / "soft.npz",
        sha256=np.frombuffer(b"".join(found), dtype=np.uint8).reshape(-1, 32),
        values=np.array([values for _, values in found.values()], dtype=np.float16),
        columns=np.array(names),
        source=np.array([number for number, _ in found.values()], dtype=np.int16),
        sources=np.array([path.name for path in sources(folder)]),
        seen=np.zeros(len(found), dtype=bool),
        weights=np.array(TEACHER),
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with recipes, data and soft labels, and nothing fitted."""
    folder = tmp_path_factory.mktemp("plain")
    tiny.write_recipe(folder, {})
    tiny.write_data(folder)
    write_heads(folder)
    write_soft(folder)
    return folder


def train(folder: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)  # texts of our own are looked for below the top of the repository
        report = train_heads(folder / "heads", folder / "encoder", folder, folder / "soft.npz", quiet)
    return dict(report)


@pytest.fixture(scope="module")
def trained(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("trained") / "copy"
    shutil.copytree(plain, folder)
    return folder, train(folder)


@pytest.fixture
def changed(plain: Path, tmp_path: Path) -> Callable[[Change], Path]:
    """Trains a copy of the folder whose rows went through a function first."""

    def make(change: Change) -> Path:
        folder = tmp_path / "changed"
        shutil.copytree(plain, folder)
        for path in sources(folder):
            lines = "".join(json.dumps(change(row)) + "\n" for row in read_rows(path)).encode()
            path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
        train(folder)
        return folder

    return make


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "heads/manifest.json").read_text(encoding="utf-8")))


def weights(folder: Path) -> bytes:
    return (folder / "heads" / WEIGHTS).read_bytes()


@pytest.fixture
def heads(trained: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[LinearHeads]:
    """The fitted heads, loaded as those that ship are."""
    monkeypatch.setenv("TONEGUARD_MODELS", str(trained[0]))
    load_linear_heads.cache_clear()
    model_file.cache_clear()
    yield load_linear_heads()
    load_linear_heads.cache_clear()
    model_file.cache_clear()


def test_it_needs_no_torch() -> None:
    code = "import sys, toneguard.training.students; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_ends_in_heads_that_load_and_answer(heads: LinearHeads) -> None:
    good, bad = heads.answers([parse(Message(text=text, language="en")) for text in (tiny.GOOD[0], tiny.BAD[1])])
    assert good is not None and bad is not None
    for answer in (good, bad):
        for head in ("sentiment", "level", "contact_type", "cause"):
            assert sum(answer.shares(head).values()) == pytest.approx(1)
        assert 0 <= answer.dissatisfaction <= 1
        assert all(1 <= answer.value(tone) <= 5 for tone in ("formality", "warmth", "enthusiasm", "assertiveness"))
    assert good.probability("politeness") > bad.probability("politeness")
    assert good.dissatisfaction < bad.dissatisfaction
    assert good.probability("complaint") < bad.probability("complaint")
    assert good.value("warmth") > bad.value("warmth")


def test_the_manifest_fits_the_files(trained: tuple[Path, dict[str, Any]], heads: LinearHeads) -> None:
    folder, report = trained
    said = manifest(folder)
    assert said["files"] == {WEIGHTS: hashlib.sha256(weights(folder)).hexdigest()}
    assert heads.digest == said["files"][WEIGHTS][:16]
    assert (said["grams"], said["features"]) == (len(heads.grams), len(heads.features))
    assert heads.rows.shape == (said["grams"] + said["features"] + 2, sum(len(head["columns"]) for head in said["heads"]["heads"]))
    assert said["teacher"] == TEACHER
    assert said["metrics"] == json.loads(json.dumps(report))
    for source in said["data"]:
        assert hashlib.sha256((folder / source["file"]).read_bytes()).hexdigest() == source["sha256"]
    assert len(said["data"]) == len(sources(folder))
    card = (folder / "heads/card.md").read_text(encoding="utf-8")
    assert all(f"| {split} |" in card for split in report)


def test_dissatisfaction_is_a_head_of_its_own(heads: LinearHeads) -> None:
    assert heads.plan.blend is None
    assert heads.plan.heads["dissatisfaction"].first == heads.rows.shape[1] - 1
    assert list(heads.plan.heads)[-1] == "dissatisfaction"


def test_only_what_occurs_often_enough_is_kept(trained: tuple[Path, dict[str, Any]], heads: LinearHeads) -> None:
    folder, _ = trained
    given = {text for path in sources(folder) for _, text in texts(read_rows(path))}
    counts: dict[str, int] = {}
    for text in given:
        for gram in look_at(parse(Message(text=text, language="en"))).grams:
            counts[gram] = counts.get(gram, 0) + 1
    assert len(heads.grams) == KEPT
    assert sum(count >= MIN_COUNT for count in counts.values()) > KEPT
    assert min(counts[gram] for gram in heads.grams) >= MIN_COUNT


def test_the_same_inputs_give_the_same_bytes(trained: tuple[Path, dict[str, Any]], changed: Callable[[Change], Path]) -> None:
    again = changed(dict)
    assert weights(again) == weights(trained[0])
    assert manifest(again)["heads"] == manifest(trained[0])["heads"]
    assert manifest(again)["metrics"] == manifest(trained[0])["metrics"]
    assert (again / "heads/card.md").read_bytes() == (trained[0] / "heads/card.md").read_bytes()


FLIPS: dict[str, Callable[[Any], Any]] = {
    "label": lambda value: {"positive": "negative", "negative": "positive", "polite": "impolite", "impolite": "polite", 0: 1, 1: 0}.get(value, value),
    "score": lambda value: -value,
    "sentiment": lambda value: {"positive": "negative", "negative": "positive"}[value],
    "dissatisfaction": lambda value: 4 - value,
    "politeness": lambda value: 6 - value,
    "warmth": lambda value: 6 - value,
    "formality": lambda value: 6 - value,
    "contact_type": lambda value: {"complaint": "compliment", "compliment": "complaint"}[value],
    "cause": lambda value: {"none": "late", "late": "none"}[value],
}  # fmt: skip


def flipped(folds: tuple[int, ...]) -> Change:
    """Turns the labels of the rows of some folds round."""

    def change(row: dict[str, Any]) -> dict[str, Any]:
        if "text" not in row or fold(row) not in folds:
            return row
        return {key: FLIPS[key](value) if key in FLIPS else value for key, value in row.items()}

    return change


def test_labels_of_held_back_rows_change_no_weight_and_no_calibration(trained: tuple[Path, dict[str, Any]], changed: Callable[[Change], Path]) -> None:
    other = changed(flipped(HELD_BACK))
    assert weights(other) == weights(trained[0])
    assert manifest(other)["heads"] == manifest(trained[0])["heads"]
    assert manifest(other)["metrics"] != manifest(trained[0])["metrics"]


def test_labels_of_the_development_fold_calibrate_and_fit_nothing(trained: tuple[Path, dict[str, Any]], changed: Callable[[Change], Path]) -> None:
    other = changed(flipped((DEVELOPMENT,)))
    assert weights(other) == weights(trained[0])
    assert manifest(other)["heads"] != manifest(trained[0])["heads"]


def test_labels_of_other_rows_do_change_weights(trained: tuple[Path, dict[str, Any]], changed: Callable[[Change], Path]) -> None:
    assert weights(changed(flipped((0,)))) != weights(trained[0])


def test_soft_labels_of_unseen_texts_change_no_weight(plain: Path, trained: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plain)
    recipe = EncoderRecipe.read(plain / "encoder")
    examples = read_examples(recipe, plain)
    fitted = {digest_of(str(example.row["text"])) for example in to_fit(recipe, examples)}
    unseen = {digest_of(str(example.row["text"])) for example in examples if example.fold in recipe.unseen_folds}
    assert unseen and not unseen & fitted

    def train_with(name: str, disturbed: set[bytes]) -> Path:
        folder = tmp_path / name
        shutil.copytree(plain, folder)
        with np.load(folder / "soft.npz", allow_pickle=False) as given:
            arrays = dict(given)
        at = [number for number, row in enumerate(arrays["sha256"]) if row.tobytes() in disturbed]
        assert at
        arrays["values"][at] = arrays["values"][at] * -3 + 1
        np.savez_compressed(folder / "soft.npz", **arrays)
        train(folder)
        return folder

    assert weights(train_with("unseen", unseen)) == weights(trained[0])
    assert weights(train_with("seen", fitted)) != weights(trained[0])


def test_texts_stand_once_in_the_table_scaled_as_they_are_scored(plain: Path) -> None:
    recipe = StudentRecipe.read(plain / "heads")
    given = [*tiny.GOOD * 3, *tiny.BAD * 3, tiny.GOOD[0]]
    table = read_table(recipe, given)
    assert table.matrix.shape == (6, len(table.grams) + len(table.features))
    assert set(table.place) == {digest_of(text) for text in given}
    seen = look_at(parse(Message(text=tiny.GOOD[0], language="en")))
    row = table.matrix[table.place[digest_of(tiny.GOOD[0])]].toarray()[0]
    for name, value in zip(table.grams, row, strict=False):
        assert value == pytest.approx((name in seen.grams) * seen.scale)
    length = row[len(table.grams) + table.features.index("length")]
    assert length == pytest.approx(np.log1p(6) / 4 * recipe.feature_scale)


def test_missing_soft_labels_name_the_command(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plain)
    with pytest.raises(ToneGuardError, match=r"none\.npz is missing: write it with python -m toneguard\.training soft"):
        train_heads(plain / "heads", plain / "encoder", plain, tmp_path / "none.npz", quiet)
    assert not (plain / "heads" / WEIGHTS).exists()


def test_missing_data_names_the_file(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plain)
    with pytest.raises(ToneGuardError, match="is missing: name the folder that holds the labelled data"):
        train_heads(plain / "heads", plain / "encoder", tmp_path, plain / "soft.npz", quiet)


def test_soft_labels_are_read_as_they_were_written(plain: Path) -> None:
    soft = Soft.read(plain / "soft.npz")
    assert len(soft.digests) == len(soft.values) == len(soft.sources)
    assert soft.values.dtype == np.float32
    assert soft.columns[-1] == "dissatisfaction.dissatisfaction"
    assert soft.teacher == TEACHER
    some = next(text for _, text in texts(read_rows(sources(plain)[0])))
    assert hashlib.sha256(some.encode()).digest() in soft.digests
