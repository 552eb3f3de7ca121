"""The linear heads of the tier "fast": students of the encoder, fitted on gold labels and on what the encoder says.

One ridge regression a head, on n-grams and features (:mod:`toneguard.heads.features`). Gold labels and the teacher's
calibrated log-odds are rows of the same table; texts of folds that must stay unseen are in neither.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from toneguard.analysers.dissatisfaction.cues import cue_rules, cues, kind_of
from toneguard.documents import Document, Kind, parse
from toneguard.documents.answers import Answers, Plan, log_odds
from toneguard.errors import ToneGuardError
from toneguard.heads.features import Seen, look_at
from toneguard.heads.linear import MODEL, WEIGHTS, LinearHeads, read_linear_heads, write_linear_heads
from toneguard.messages import Message, Role
from toneguard.resources.models import SCHEMA
from toneguard.training.data import read_rows, sha256
from toneguard.training.encoder.calibrate import calibrate, dissatisfaction_class, platt
from toneguard.training.encoder.card import write_card
from toneguard.training.encoder.columns import Judged, read_by, unseen
from toneguard.training.encoder.evaluate import Report, evaluate
from toneguard.training.encoder.examples import Array, Example, read_examples, to_fit
from toneguard.training.encoder.recipe import EncoderRecipe, Head
from toneguard.training.encoder.soft import digest_of, texts
from toneguard.training.files import cited, write_manifest
from toneguard.training.kin import beside, kin, put_into_words
from toneguard.training.unlearnt import DIGIT, UNLEARNT

OWN = ("customers", "replies")
TRANSFERS = "student_transfers.json"
"""The file of :mod:`student_transfers` in the folder of work."""
CAPITAL, SELDOM = 0.75, 30
"""Of words that stand in fewer texts than so many, those that have a capital so often within sentences are not learnt:
they are names of people, towns and companies."""
OPENING = frozenset(". ! ? : - ( < > ... !! ??".split()) | {'"'}
"""Behind these a capital says nothing."""
CUE_PRIOR, CUE_PENALTY = 1.0, 0.5
"""Before any row is seen a cue raises the odds to nearly three times; so much does this count."""
POLITENESS_SPREAD = 0.7
"""The standard deviation of the published ratings of requests."""
SPREAD, RULED_OUT, RAREST = 0.5, 0.5, 1e-3
"""A ridge regression draws the columns of rare classes in, all the more the rarer they are. Each is spread again, by
this power of its rarity, from where a class is all but ruled out (this far below nothing): then one temperature fits
all. Chosen by cross-fitting on the folds that are fitted on."""
UNHAPPY = Head("dissatisfaction", "probability", ("dissatisfaction",), 1.0)
"""The encoder blends this from three heads; a student learns it as one, so that its contributions are exact."""


@dataclass(frozen=True, slots=True)
class StudentRecipe:
    """What ``config.toml`` of the linear heads says; ``by_head`` holds weights that differ for a head."""

    title: str
    min_count: int
    kept: int
    alpha: float
    feature_scale: float
    own_weight: float
    balance: float
    soft_weight: float
    soft_cap: int
    kin: int = 0
    kin_scale: float = 0.0
    by_head: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def own_gold(self, head: str) -> float:
        """As how many others a text of our own counts."""
        return self.by_head.get(head, {}).get("own_weight", self.own_weight)

    def soft_share(self, head: str) -> float:
        """What a soft label counts beside a gold one."""
        return self.by_head.get(head, {}).get("soft_weight", self.soft_weight)

    @classmethod
    def read(cls, folder: Path) -> StudentRecipe:
        """The recipe of the model's folder."""
        return cls(**tomllib.loads((folder / "config.toml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Soft:
    """The teacher's labels: digests of texts, their columns, the columns' names, and from which file each text is."""

    digests: list[bytes]
    values: Array
    sources: Array
    columns: list[str]
    teacher: str

    @classmethod
    def read(cls, path: Path) -> Soft:
        """The file that ``python -m toneguard.training soft`` writes; raises :class:`ToneGuardError` without it."""
        if not path.exists():
            raise ToneGuardError(f"{path} is missing: write it with python -m toneguard.training soft --data DIR")
        with np.load(path, allow_pickle=False) as arrays:
            digests = [row.tobytes() for row in arrays["sha256"]]
            return cls(
                digests,
                arrays["values"].astype(np.float32),
                arrays["source"],
                [str(name) for name in arrays["columns"]],
                str(arrays["weights"]),
            )


@dataclass(frozen=True, slots=True)
class Table:
    """Every distinct text of the data as the heads see it: a sparse matrix (n-grams, then features)."""

    place: Mapping[bytes, int]
    matrix: Any
    grams: list[str]
    features: list[str]


def read_table(recipe: StudentRecipe, given: Sequence[str]) -> Table:
    """The table of the texts."""
    from scipy.sparse import csr_matrix

    place: dict[bytes, int] = {}
    seen: list[Seen] = []
    written: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in given:
        key = digest_of(text)
        if key not in place:
            place[key] = len(seen)
            document = parse(Message(text=text, language="en"))
            seen.append(look_at(document))
            written.update(document.tokens.terms)
            capital.update(with_capital(document))
    counts = Counter(gram for one in seen for gram in one.grams)
    seldom = {term: count for term, count in capital.items() if written[term] < SELDOM}
    names = UNLEARNT | {term for term, count in seldom.items() if count >= CAPITAL * written[term]}
    grams = sorted(
        gram
        for gram, count in counts.items()
        if count >= recipe.min_count and not DIGIT.search(gram) and names.isdisjoint(gram.split())
    )
    features = sorted({name for one in seen for name in one.features})
    column = {gram: number for number, gram in enumerate(grams)}
    after = {name: len(grams) + number for number, name in enumerate(features)}
    rows, columns, values = [], [], []
    for row, one in enumerate(seen):
        scale = one.scale
        for gram in one.grams:
            if gram in column:
                rows.append(row)
                columns.append(column[gram])
                values.append(scale)
        for name, value in one.features.items():
            rows.append(row)
            columns.append(after[name])
            values.append(value * recipe.feature_scale)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(seen), len(grams) + len(features)), dtype=np.float64)
    return Table(place, matrix, grams, features)


def with_capital(document: Document) -> Iterator[str]:
    """The words that begin with a capital within a sentence, and are not capitals throughout."""
    text, before = document.text, ""
    for term, kind, start, _ in document.tokens:
        inside = kind is Kind.WORD and before and before not in OPENING
        if inside and text[start].isupper() and not text[start + 1 : start + 2].isupper():
            yield term
        before = term


def fit_head(recipe: StudentRecipe, given: Any, targets: Array, weights: Array) -> tuple[Array, Array]:
    """Weights (columns of the table by columns of the head) and bias of a ridge regression."""
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=recipe.alpha, solver="lsqr", tol=1e-5).fit(given, targets, sample_weight=weights)
    return np.asarray(model.coef_).reshape(targets.shape[1], -1).T, np.asarray(model.intercept_).reshape(-1)


def gold(recipe: StudentRecipe, encoder: EncoderRecipe, examples: Sequence[Example], head: Head) -> tuple[Array, Array]:
    """Targets and weights of a head by example (weight 0: it says nothing)."""
    own = np.array([read_by(encoder, example) in OWN for example in examples])
    counted = np.where(own, recipe.own_gold(head.name), 1.0)
    if head is UNHAPPY:
        truth = [dissatisfaction_class(encoder, example) for example in examples]
        targets = np.array([[0.0 if unhappy is None else 2.0 * unhappy - 1.0] for unhappy in truth])
        return targets, counted * np.array([unhappy is not None for unhappy in truth])
    at, place = encoder.place[head.name], encoder.slices[head.name]
    targets = np.array([example.targets[place] for example in examples], dtype=np.float64)
    weights = counted * np.array([example.weights[at] for example in examples])
    if head.kind != "value":
        targets = 2 * targets - 1
    return targets, weights


def rarity(targets: Array, weights: Array) -> Array:
    """One over the share of each class among gold labels."""
    share = (weights[:, None] * (targets + 1) / 2).sum(axis=0) / max(weights.sum(), 1e-9)
    return np.asarray(1 / np.maximum(share, RAREST))


def train_heads(
    folder: Path,
    teacher: Path,
    data: Path,
    soft_path: Path,
    say: Callable[[str], object] = sys.stderr.write,
    *,
    work: Path | None = None,
    lower: Callable[[str], Array] | None = None,
) -> Report:
    """Fit, calibrate, measure and write the linear heads of ``folder``; gives their metrics.

    ``lower`` gives a word's vector (:mod:`~toneguard.training.kin`), where there is an encoder; ``work`` is where
    metrics of transfers were kept, which go onto the card too. ``teacher`` is the folder of the encoder, whose recipe
    names questions, data and folds; ``soft_path`` holds its soft
    labels. Raises :class:`~toneguard.errors.ToneGuardError` for what is missing.
    """
    recipe, encoder, soft = StudentRecipe.read(folder), EncoderRecipe.read(teacher), Soft.read(soft_path)
    examples = read_examples(encoder, data)
    pools = [text for source in encoder.pools for _, text in texts(read_rows(source.path(data)))]
    table = read_table(recipe, [*(str(example.row["text"]) for example in examples), *pools])
    say(f"{table.matrix.shape[0]} texts, {len(table.grams)} n-grams\n")
    heads = [*encoder.heads, UNHAPPY]
    related = kin(table.grams, lower, recipe.kin, recipe.kin_scale) if lower else np.zeros((len(table.grams), 0))
    rows, bias = fit_all(recipe, encoder, heads, table, related, examples, soft, say)
    rows = choose(recipe, table, rows)
    placeholder = Plan({})
    names = [gram for gram, row in zip(table.grams, rows, strict=False) if row.any()]
    kept = [row for row in rows[: len(table.grams)] if row.any()]
    write_linear_heads(
        folder / WEIGHTS, names, table.features, np.concatenate([kept, rows[len(table.grams) :], bias[None]])
    )
    student = read_linear_heads(folder / WEIGHTS, placeholder, "")
    development, held_back = unseen(encoder, examples)
    plan = calibrate_heads(encoder, development, columns_of(student, development))
    report = evaluate(encoder, Plan.read(plan), Judged(held_back, columns_of(student, held_back)))
    if work and (work / TRANSFERS).exists():
        report.update(json.loads((work / TRANSFERS).read_text(encoding="utf-8")))
    manifest = {
        "schema": SCHEMA,
        "model": MODEL,
        "title": recipe.title,
        "files": {WEIGHTS: sha256(folder / WEIGHTS)},
        "grams": len(names),
        "features": len(table.features),
        "examples": len(to_fit(encoder, examples)),
        "teacher": soft.teacher,
        "data": [cited(source, data) for source in (*(feed.source for feed in encoder.feeds), *encoder.pools)],
        "metrics": report,
        "heads": plan,
        "cues": fit_cues(encoder, Plan.read(plan), development, columns_of(student, development)),
    }
    write_manifest(folder, manifest)
    write_card(folder, report)
    return report


def fit_all(
    recipe: StudentRecipe,
    encoder: EncoderRecipe,
    heads: Sequence[Head],
    table: Table,
    related: Array,
    examples: Sequence[Example],
    soft: Soft,
    say: Callable[[str], object],
) -> tuple[Array, Array]:
    """Weights of all heads (columns of the table by columns of all heads) and their biases.

    ``related`` has a row for each n-gram: what words share with others that mean alike.
    """
    from scipy.sparse import vstack

    matrix = beside(table.matrix, related)
    fitted = to_fit(encoder, examples)
    secret = {digest_of(str(example.row["text"])) for example in examples} - {
        digest_of(str(example.row["text"])) for example in fitted
    }
    at = np.array([table.place[digest_of(str(example.row["text"]))] for example in fitted])
    told = [
        number
        for source in sorted(set(soft.sources.tolist()))
        # In the order of their digests, which is as good as drawn by lot.
        for number in sorted(
            (
                int(number)
                for number in np.flatnonzero(soft.sources == source)
                if soft.digests[number] in table.place and soft.digests[number] not in secret
            ),
            key=lambda number: soft.digests[number],
        )[: recipe.soft_cap]
    ]
    soft_at = np.array([table.place[soft.digests[number]] for number in told], dtype=np.int64)
    soft_values = soft.values[told]
    found, biases = [], []
    for head in heads:
        targets, weights = gold(recipe, encoder, fitted, head)
        rare = rarity(targets, weights) if head.kind == "classes" else np.ones(len(head.columns))
        if head.kind == "classes":
            balance = rare**recipe.balance  # rare classes count more
            weights = weights * (balance / balance.mean())[targets.argmax(axis=1)]
        kept = weights > 0
        wanted = [soft.columns.index(f"{head.name}.{column}") for column in head.columns]
        said = as_gold(head, soft_values[:, wanted])
        given = vstack([matrix[at[kept]], matrix[soft_at]]).tocsr()
        weight, bias = fit_head(
            recipe,
            given,
            np.concatenate([targets[kept], said]),
            np.concatenate([weights[kept], np.full(len(soft_at), recipe.soft_share(head.name))]),
        )
        weight = put_into_words(weight, related)
        weight[len(table.grams) :] *= recipe.feature_scale
        if head.kind == "classes":
            weight, bias = weight * rare**SPREAD, (bias + RULED_OUT) * rare**SPREAD
        found.append(weight)
        biases.append(bias)
        say(f"{head.name}: {int(kept.sum())} gold labels, {len(soft_at)} soft ones\n")
    return np.concatenate(found, axis=1), np.concatenate(biases)


def as_gold(head: Head, said: Array) -> Array:
    """The teacher's columns on the scale of gold labels: -1 to 1 for probabilities, units for values."""
    if head.kind == "classes":
        powers = np.exp(said - said.max(axis=1, keepdims=True))
        return np.asarray(2 * powers / powers.sum(axis=1, keepdims=True) - 1)
    if head.name == "politeness":
        # Told as log-odds; gold is in standard deviations.
        return np.asarray((said - said.mean()) / max(float(said.std()), 1e-6) * POLITENESS_SPREAD)
    if head.kind == "value":
        return np.asarray((said - head.centre) / head.unit)
    return np.asarray(np.tanh(said / 2))


def choose(recipe: StudentRecipe, table: Table, rows: Array) -> Array:
    """The weights, with those of all but the n-grams that move the heads most set to nothing.

    An n-gram moves a corpus as much as its weights, in units of each column's spread, and the root of how often it
    occurs.
    """
    grams = rows[: len(table.grams)]
    often = np.asarray((table.matrix[:, : len(table.grams)] != 0).sum(axis=0)).ravel()
    moved = np.abs(grams / grams.std(axis=0)).max(axis=1) * np.sqrt(often)
    small = np.argsort(-moved, kind="stable")[recipe.kept :]
    chosen = rows.copy()
    chosen[small] = 0.0
    return chosen


def fit_cues(
    encoder: EncoderRecipe, plan: Plan, examples: Sequence[Example], columns: Array
) -> dict[str, float]:
    """What each kind of cue adds to the log-odds of dissatisfaction, on the fold that the heads are calibrated on.

    A regularised logistic regression with the heads' log-odds as a fixed part; a cue never speaks for contentment.
    """
    from scipy.optimize import minimize

    kinds = sorted({name.rpartition("/")[2] for name in cue_rules().rules})
    given, known, truth = [], [], []
    for example, row in zip(examples, columns.tolist(), strict=True):
        unhappy = dissatisfaction_class(encoder, example)
        if unhappy is not None:
            document = parse(Message(text=str(example.row["text"]), role=Role.CUSTOMER, language="en"))
            shown = {kind_of(cue) for cue in cues(document)}
            given.append([float(kind in shown) for kind in kinds])
            known.append(log_odds(Answers(plan, row).dissatisfaction))
            truth.append(float(unhappy))
    matrix, base, right = np.array(given), np.array(known), np.array(truth)

    def cost(weights: Array) -> float:
        inputs = base + matrix @ weights
        loss = (np.logaddexp(0, inputs) - right * inputs).sum()
        return float(loss + CUE_PENALTY * ((weights - CUE_PRIOR) ** 2).sum())

    found = minimize(cost, np.full(len(kinds), CUE_PRIOR), bounds=[(0, None)] * len(kinds), method="L-BFGS-B").x
    return {kind: round(float(weight), 3) for kind, weight in zip(kinds, found, strict=True)}


def columns_of(student: LinearHeads, examples: Sequence[Example]) -> Array:
    """The student's columns of the examples."""
    return student.columns(
        [look_at(parse(Message(text=str(example.row["text"]), language="en"))) for example in examples]
    )


def calibrate_heads(encoder: EncoderRecipe, examples: Sequence[Example], columns: Array) -> dict[str, Any]:
    """The plan of the heads as plain data: as the encoder's, and dissatisfaction as a head of its own."""
    table = calibrate(encoder, Judged(examples, columns[:, : encoder.width]), {})
    truth = [dissatisfaction_class(encoder, example) for example in examples]
    kept = [place for place, unhappy in enumerate(truth) if unhappy is not None]
    slope, offset = platt(columns[kept, encoder.width], np.array([float(truth[place] or 0) for place in kept]))
    head = {
        "name": UNHAPPY.name,
        "kind": UNHAPPY.kind,
        "columns": list(UNHAPPY.columns),
        "first": encoder.width,
        "slopes": [round(slope, 6)],
        "offsets": [round(offset, 6)],
    }
    return {"heads": [*table["heads"], head]}
