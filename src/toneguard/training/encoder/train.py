"""The whole way of an encoder: base, examples, fitting, export, calibration, metrics, manifest and card."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from toneguard.documents.answers import Answers
from toneguard.documents.encoder_text import PERSON
from toneguard.heads.encoder import GRAPH, MODEL, VOCABULARY, Encoder, open_session
from toneguard.heads.word_pieces import WordPieces
from toneguard.resources.models import SCHEMA
from toneguard.resources.names import GIVEN
from toneguard.training.data import sha256
from toneguard.training.encoder.base import read_vocabulary, read_weights
from toneguard.training.encoder.calibrate import calibrate
from toneguard.training.encoder.card import write_card
from toneguard.training.encoder.columns import Judged, read_columns, unseen
from toneguard.training.encoder.evaluate import Report, evaluate, rounded, yes_or_no
from toneguard.training.encoder.examples import Example, read_examples, to_fit
from toneguard.training.encoder.export import quantise, write_onnx
from toneguard.training.encoder.fit import fit
from toneguard.training.encoder.loss import Loss
from toneguard.training.encoder.model import Network, Shape, load_base
from toneguard.training.encoder.recipe import EncoderRecipe
from toneguard.training.files import cited, write_manifest

Say = Callable[[str], object]
FULL = "encoder.float32.onnx"
SAMPLE = 10
"""Every tenth held-back text is read in full precision too."""
TRANSFERS = (
    ("Wikipedia to Stack Exchange", "stack_exchange"),
    ("Stack Exchange to Wikipedia", "wikipedia"),
)
TRANSFER_READERS = ("requests", "customers", "replies")
TRANSFER_EPOCHS = 3


def train_encoder(folder: Path, data: Path, base: Path, work: Path, say: Say = sys.stderr.write) -> Report:
    """Train and write the encoder of ``folder``; gives its metrics, those of the encoder by itself.

    Its linear heads learn from it next, then both are blended (:mod:`toneguard.training.blend`).
    ``data`` holds the labelled data, ``base`` the package file of the published encoder, ``work`` checkpoints and
    what is kept between runs. Raises :class:`~toneguard.errors.ToneGuardError` for missing or changed files.
    """
    recipe = EncoderRecipe.read(folder)
    work.mkdir(parents=True, exist_ok=True)
    examples = read_examples(recipe, data)
    fitted = to_fit(recipe, examples)
    (folder / VOCABULARY).write_text(read_vocabulary(recipe.base, base), encoding="utf-8", newline="\n")
    network = fit_network(recipe, fitted, base, work, say)
    write_onnx(network, work / FULL)
    quantise(work / FULL, folder / GRAPH)
    say("reading the unseen folds\n")
    development, held_back = unseen(recipe, examples)
    placeholder = calibrate(recipe, Judged([], np.zeros((0, recipe.width))), {})
    runner = Encoder(folder / GRAPH, folder / VOCABULARY, placeholder, "")
    seen = read_columns(runner, [*development, *held_back], work / "columns.npz", sha256(folder / GRAPH))
    balance = {name: values.numpy() for name, values in Loss(recipe, fitted).balance.items()}
    table = calibrate(recipe, Judged(development, seen[: len(development)]), balance)
    encoder = Encoder(folder / GRAPH, folder / VOCABULARY, table, "")
    judged = Judged(held_back, seen[len(development) :])
    report = evaluate(recipe, encoder.plan, judged)
    report.update(read_transfers(work))
    report["8 bits against 32"] = compare(encoder, work / FULL, folder / VOCABULARY, table, judged)
    manifest = {
        "schema": SCHEMA,
        "model": MODEL,
        "title": recipe.title,
        "files": {name: sha256(folder / name) for name in (GRAPH, VOCABULARY)},
        "examples": len(fitted),
        "base": {
            "name": recipe.base.name,
            "source": recipe.base.source,
            "licence": recipe.base.licence,
            "sha256": recipe.base.weights_sha256,
        },
        "data": [cited(feed.source, data) for feed in recipe.feeds],
        "metrics": report,
        "encoder": table,
    }
    write_manifest(folder, manifest)
    write_card(folder, report)
    return report


def fit_network(recipe: EncoderRecipe, fitted: Sequence[Example], base: Path, work: Path, say: Say) -> Network:
    """A network fitted on the examples, starting from the base's weights, in both stages of the recipe.

    The second stage is run several times, in other orders and with other chance; what ships is the mean of their
    weights (a "soup", Wortsman et al. 2022).
    """
    work.mkdir(parents=True, exist_ok=True)
    vocabulary = work / VOCABULARY
    vocabulary.write_text(read_vocabulary(recipe.base, base), encoding="utf-8", newline="\n")
    pieces = WordPieces(vocabulary, limit=recipe.limit, first=recipe.first)
    numbers = [pieces.numbers(example.text) for example in fitted]
    names = sorted(GIVEN)
    told = re.compile(rf"\b{PERSON}\b")

    def renamed(place: int, chance: random.Random) -> Sequence[int]:
        """A share of the stand-ins become names again, of any origin, so that one that was missed moves little."""
        text = fitted[place].text
        if not told.search(text) or chance.random() >= recipe.named_share:
            return numbers[place]
        return pieces.numbers(told.sub(lambda _: chance.choice(names), text))

    torch.manual_seed(recipe.random_state)
    weights = read_weights(recipe.base, base)
    network = Network(Shape.of(weights), recipe.width, recipe.dropout)
    load_base(network, weights)
    fit(network, recipe, fitted, numbers, work / "first", say, renamed)
    if any(feed.second_epochs for feed in recipe.feeds):
        start = {name: value.clone() for name, value in network.state_dict().items()}
        ends = []
        for run in range(recipe.second.runs):
            network.load_state_dict(start)
            fit(network, recipe.second_stage(run), fitted, numbers, work / f"second-{run}", say, renamed)
            ends.append({name: value.clone() for name, value in network.state_dict().items()})
        network.load_state_dict({name: torch.stack([end[name] for end in ends]).mean(dim=0) for name in start})
    network.eval()
    return network


def compare(encoder: Encoder, full: Path, vocabulary: Path, table: dict[str, Any], judged: Judged) -> dict[str, float]:
    """How far 8-bit answers lie from those in full precision, on a sample."""
    exact = Encoder(full, vocabulary, table, "")
    columns = judged.columns[::SAMPLE].tolist()
    pairs = [
        (Answers(encoder.plan, row), Answers(exact.plan, exact.columns(example.text)))
        for example, row in zip(judged.examples[::SAMPLE], columns, strict=True)
    ]
    gaps = np.array(
        [
            [
                *(abs(a.probability(name) - b.probability(name)) for name in ("politeness", "complaint")),
                abs(a.dissatisfaction - b.dissatisfaction),
            ]
            for a, b in pairs
        ]
    )
    return {
        "n": len(pairs),
        "same_sentiment": rounded(np.mean([a.label("sentiment") == b.label("sentiment") for a, b in pairs])),
        "mean_gap": rounded(gaps.mean()),
        "gap_of_99_in_100": rounded(np.quantile(gaps, 0.99)),
    }


def train_transfers(folder: Path, data: Path, base: Path, work: Path, say: Say = sys.stderr.write) -> Report:
    """Politeness across communities: fit without one community, on the other and texts of our own, and measure on it.

    The networks are measured in full precision and thrown away; their metrics are kept in ``work`` for the card.
    """
    recipe = EncoderRecipe.read(folder)
    for name, left_out in TRANSFERS:
        place = work / "transfers" / left_out
        if (place / "metrics.json").exists():
            continue
        feeds = tuple(feed for feed in recipe.feeds if feed.reader in TRANSFER_READERS)
        smaller = replace(recipe, feeds=tuple(replace(feed, epochs=TRANSFER_EPOCHS, second_epochs=0) for feed in feeds))
        examples = read_examples(smaller, data)
        away = [index for index, feed in enumerate(feeds) if left_out in feed.source.file]
        fitted = [example for example in to_fit(smaller, examples) if example.feed not in away]
        network = fit_network(smaller, fitted, base, place, say)
        write_onnx(network, place / FULL)
        session = open_session(place / FULL)
        pieces = WordPieces(place / VOCABULARY, limit=recipe.limit, first=recipe.first)
        column = recipe.slices["politeness"].start
        there = [
            example
            for example in examples
            if example.feed in away and example.row.get("label") in ("polite", "impolite")
        ]
        given = [
            session.run(None, {"numbers": np.array([pieces.numbers(example.text)], dtype=np.int64)})[0][0][column]
            for example in there
        ]
        metrics = yes_or_no(
            [int(example.row["label"] == "polite") for example in there],
            [float(1 / (1 + np.exp(-3 * value))) for value in given],
        )
        del metrics["calibration_error"], metrics["reliability"]  # not calibrated: only its sign is measured
        (place / "metrics.json").write_text(json.dumps({f"politeness, {name}": metrics}), encoding="utf-8")
    return read_transfers(work)


def read_transfers(work: Path) -> Report:
    """The metrics of transfers that were run."""
    found: Report = {}
    for _, left_out in TRANSFERS:
        path = work / "transfers" / left_out / "metrics.json"
        if path.exists():
            found.update(json.loads(path.read_text(encoding="utf-8")))
    return found
