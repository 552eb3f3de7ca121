"""Both tiers' heads blended into the tier "accurate": weights by head, fitted on the fold that calibrates either.

The encoder teaches the linear heads by its own columns alone, so nothing here comes back to it: encoder, soft labels,
linear heads, then this. What is fitted stands in the encoder's manifest beside what it says by itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from toneguard.documents import parse
from toneguard.documents.answers import Calibration, Plan
from toneguard.heads.blended import BlendedHeads
from toneguard.heads.encoder import GRAPH, VOCABULARY, Encoder
from toneguard.heads.linear import WEIGHTS, LinearHeads, read_linear_heads
from toneguard.heads.word_pieces import WordPieces
from toneguard.messages import Message
from toneguard.training.data import sha256
from toneguard.training.encoder.calibrate import (
    ENOUGH_FOR_OFFSETS,
    decide,
    fit_blend,
    shortened,
    truths,
)
from toneguard.training.encoder.card import ALONE, CHIEF, write_card
from toneguard.training.encoder.columns import Judged, read_columns, unseen
from toneguard.training.encoder.evaluate import Report, evaluate, rounded
from toneguard.training.encoder.examples import Array, Example, read_examples
from toneguard.training.encoder.recipe import EncoderRecipe
from toneguard.training.files import write_manifest
from toneguard.training.students import columns_of

HALF, HOLD = 0.5, 20.0
"""Either's weight before any row is seen, and how much that counts: some heads have sixty rows. Of 0, 1, 5, 20 and 100
the best for most heads, cross-validated within the fold."""
COST, USUAL_PIECES, TIMED = "cost of a message of 40 word-pieces", range(38, 43), 200


def train_blend(
    folder: Path, students: Path, data: Path, work: Path, say: Callable[[str], object] = sys.stderr.write
) -> Report:
    """Fit the blend of the encoder in ``folder`` with the linear heads in ``students``; gives the tier's metrics.

    Writes them and the blend into the encoder's manifest and card. ``work`` keeps the encoder's columns between runs.
    """
    recipe = EncoderRecipe.read(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    plan = json.loads((students / "manifest.json").read_text(encoding="utf-8"))["heads"]
    encoder = Encoder(folder / GRAPH, folder / VOCABULARY, manifest["encoder"], manifest["files"][GRAPH][:16])
    heads = read_linear_heads(students / WEIGHTS, Plan.read(plan), sha256(students / WEIGHTS)[:16]).settled()
    development, held_back = unseen(recipe, read_examples(recipe, data))
    work.mkdir(parents=True, exist_ok=True)
    say("reading the unseen folds\n")
    both = [*development, *held_back]
    columns = read_columns(encoder, both, work / "columns.npz", sha256(folder / GRAPH))
    beside = columns_of(heads, both)
    known = len(development)
    table = fit(recipe, manifest["encoder"], heads, Judged(development, columns[:known]), beside[:known])
    reader = BlendedHeads(encoder, heads, table)
    report = evaluate(recipe, reader.plan, Judged(held_back, blended(reader, columns[known:], beside[known:])))
    for split, row in evaluate(recipe, encoder.plan, Judged(held_back, columns[known:])).items():
        report[split][ALONE] = next(row[metric] for metric in CHIEF if metric in row)
    report.update({split: row for split, row in manifest["metrics"].items() if split not in report})
    report[COST] = cost(recipe, reader, folder / VOCABULARY, held_back)
    write_manifest(folder, {**manifest, "metrics": report, "blend": table})
    write_card(folder, report)
    return report


def fit(
    recipe: EncoderRecipe, alone: dict[str, Any], heads: LinearHeads, judged: Judged, beside: Array
) -> dict[str, Any]:
    """The blend as plain data: every head's weights, and dissatisfaction from the heads that were blended.

    ``alone`` is the encoder's own table, ``judged`` its columns of the development fold and ``beside`` those of the
    linear heads (settled) for the same examples.
    """
    rows = []
    mixed = np.zeros((len(judged.examples), recipe.width))
    for head, table in zip(recipe.heads, alone["heads"], strict=True):
        own, other = Calibration.read(table), heads.plan.heads[head.name]
        place = recipe.slices[head.name]
        first = judged.columns[:, place] * own.slopes + own.offsets
        second = beside[:, other.first : other.last]
        kept, truth = truths(recipe, head, judged.examples)
        weight, weight_beside, shifts = weigh(table["kind"], first[kept], second[kept], truth)
        row = {
            **table,
            "slopes": [weight * slope for slope in own.slopes],
            "beside": [weight_beside] * len(head.columns),
            "offsets": [weight * offset + shift for offset, shift in zip(own.offsets, shifts, strict=True)],
        }
        mixed[:, place] = weight * first + weight_beside * second + shifts
        if head.name == "sentiment":
            row["decision"] = decide(recipe, Judged(judged.examples, mixed).at(kept), own.settled(), np.zeros(0))
        rows.append(shortened(row))
    plan = {row["name"]: Calibration.read(row).settled() for row in rows}
    return {
        "linear_heads": heads.digest,
        "heads": rows,
        "dissatisfaction": fit_blend(recipe, Judged(judged.examples, mixed), plan),
    }


def weigh(kind: str, first: Array, second: Array, truth: Array) -> tuple[float, float, Array]:
    """The weights of two calibrated sources (neither below nothing), and what is added to each column.

    The best likelihood of ``truth`` (of values the least squares), held to halves.
    """
    from scipy.optimize import minimize

    width = truth.shape[1]
    by_class = kind == "classes"
    shifts = (width if len(truth) >= ENOUGH_FOR_OFFSETS else 0) if by_class else 1

    def said(given: Array) -> Array:
        added = given[2:] if shifts else 0.0
        return np.asarray(given[0] * first + given[1] * second + added)

    def loss(given: Array) -> float:
        columns = said(given)
        if by_class:
            highest = columns.max(axis=1, keepdims=True)
            each = highest[:, 0] + np.log(np.exp(columns - highest).sum(axis=1)) - (truth * columns).sum(axis=1)
        elif kind == "value":
            each = (columns - truth) ** 2
        else:
            each = np.logaddexp(0, columns) - truth * columns
        held = HOLD * ((given[:2] - HALF) ** 2).sum() + ((given[2:] ** 2).sum() if by_class else 0.0)
        return float(each.sum() + held)

    if not len(truth):
        return HALF, HALF, np.zeros(width)
    bounds = [(0.0, None)] * 2 + [(None, None)] * shifts
    found = minimize(loss, np.array([HALF, HALF, *[0.0] * shifts]), method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), float(found[1]), np.broadcast_to(found[2:] if shifts else 0.0, width)


def blended(reader: BlendedHeads, columns: Array, beside: Array) -> Array:
    """The blended columns of examples, by the reader that ships."""
    return np.array([reader.blend(*pair) for pair in zip(columns.tolist(), beside.tolist(), strict=True)])


def cost(
    recipe: EncoderRecipe, reader: BlendedHeads, vocabulary: Path, examples: Sequence[Example]
) -> dict[str, float]:
    """Processor milliseconds of a whole answer: parsing, normalising, cutting into pieces, every head of both tiers."""
    pieces = WordPieces(vocabulary, limit=recipe.limit, first=recipe.first)
    texts = (example.row["text"] for example in examples if len(pieces.numbers(example.text)) in USUAL_PIECES)
    taken = []
    for text, _ in zip(texts, range(TIMED), strict=False):
        began = time.process_time()
        reader.answers([parse(Message(text=text, language="en"))])
        taken.append((time.process_time() - began) * 1000)
    return {"n": len(taken), "milliseconds": rounded(np.median(taken))} if taken else {"n": 0}
