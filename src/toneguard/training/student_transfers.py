"""Politeness across communities for the linear heads: what the encoder's transfers teach a student.

For each community that is left out, the teacher is the encoder that ``python -m toneguard.training transfers`` fitted
without it, and the student is fitted on gold labels of the other community and of our own texts, and on what that
teacher says of unlabelled texts: with and without texts of the community that is then measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from toneguard.heads.encoder import Encoder
from toneguard.training.data import read_rows
from toneguard.training.encoder.calibrate import calibrate
from toneguard.training.encoder.columns import Judged, read_by
from toneguard.training.encoder.evaluate import Report, yes_or_no
from toneguard.training.encoder.examples import Array, Example, read_examples, read_text, to_fit
from toneguard.training.encoder.recipe import EncoderRecipe
from toneguard.training.encoder.soft import digest_of, texts
from toneguard.training.students import OWN, StudentRecipe, Table, fit_head, read_table
from toneguard.training.students import TRANSFERS as KEPT

TRANSFERS = (
    ("Wikipedia to Stack Exchange", "stack_exchange"),
    ("Stack Exchange to Wikipedia", "wikipedia"),
)
GRAPH, VOCABULARY = "encoder.float32.onnx", "vocab.txt"
READERS = ("requests", "customers", "replies", "complaints")
POOL_TEXTS = 3000
"""Of each pool without labels, so many texts at most."""
HEAD = "politeness"


def train_student_transfers(
    folder: Path, teacher: Path, data: Path, work: Path, say: Callable[[str], object] = sys.stderr.write
) -> Report:
    """Measure, and keep the metrics in ``work`` for the card; teachers that are not there are passed over."""
    recipe, encoder = StudentRecipe.read(folder), EncoderRecipe.read(teacher)
    smaller = replace(encoder, feeds=tuple(feed for feed in encoder.feeds if feed.reader in READERS))
    examples = read_examples(smaller, data)
    pools = [text for source in encoder.pools for _, text in list(texts(read_rows(source.path(data))))[:POOL_TEXTS]]
    given = list(dict.fromkeys([*(str(example.row["text"]) for example in examples), *pools]))
    table = read_table(recipe, given)
    found: Report = {}
    for name, left_out in TRANSFERS:
        place = work / "transfers" / left_out
        if not (place / GRAPH).exists():
            continue
        said = told(encoder, place, given)
        away = {index for index, feed in enumerate(smaller.feeds) if left_out in feed.source.file}
        there = {str(example.row["text"]) for example in examples if example.feed in away}
        for kind, unlabelled in (
            ("", [text for text in given if text not in there]),
            (", with its texts unlabelled", given),
        ):
            known = [text for text in unlabelled if np.isfinite(said[text])]
            weights, bias = fit(recipe, smaller, table, [e for e in examples if e.feed not in away], known, said)
            judged = [e for e in examples if e.feed in away and e.row.get("label") in ("polite", "impolite")]
            rows = table.matrix[[table.place[digest_of(str(example.row["text"]))] for example in judged]]
            chance = 1 / (1 + np.exp(-3 * ((rows @ weights)[:, 0] + bias[0])))
            metrics = yes_or_no([int(e.row["label"] == "polite") for e in judged], chance.tolist())
            del metrics["calibration_error"], metrics["reliability"]  # not calibrated: only its sign is measured
            found[f"politeness, {name}{kind}"] = metrics
            say(f"{name}{kind}: {metrics['accuracy']}\n")
    (work / KEPT).write_text(json.dumps(found), encoding="utf-8")
    return found


def told(encoder: EncoderRecipe, place: Path, given: Sequence[str]) -> dict[str, float]:
    """What the teacher of a transfer says of each text, in the units of gold labels (not a number: it has no text)."""
    placeholder = calibrate(encoder, Judged([], np.zeros((0, encoder.width))), {})
    runner = Encoder(place / GRAPH, place / VOCABULARY, placeholder, "")
    column = encoder.slices[HEAD].start
    normal = {text: read_text(text) for text in given}
    return {text: runner.columns(read)[column] if read else float("nan") for text, read in normal.items()}


def fit(
    recipe: StudentRecipe,
    encoder: EncoderRecipe,
    table: Table,
    examples: Sequence[Example],
    known: Sequence[str],
    said: dict[str, float],
) -> tuple[Array, Array]:
    """Weights and bias of the head, on gold labels of the examples and on soft ones of the known texts."""
    from scipy.sparse import vstack

    at, column = encoder.place[HEAD], encoder.slices[HEAD].start
    gold = [example for example in to_fit(encoder, examples) if example.weights[at] > 0]
    gold_rows = table.matrix[[table.place[digest_of(str(example.row["text"]))] for example in gold]]
    soft_rows = table.matrix[[table.place[digest_of(text)] for text in known]]
    targets = [float(example.targets[column]) for example in gold] + [said[text] for text in known]
    weights = [recipe.own_gold(HEAD) if read_by(encoder, example) in OWN else 1.0 for example in gold]
    weights += [recipe.soft_share(HEAD)] * len(known)
    return fit_head(recipe, vstack([gold_rows, soft_rows]).tocsr(), np.array(targets)[:, None], np.array(weights))
