"""Trains the model of names (``models/names``): a logistic regression over what is seen of each candidate."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toneguard.analysers.privacy.name_candidates import features
from toneguard.analysers.privacy.name_model import MODEL, WEIGHTS
from toneguard.analysers.privacy.name_reader import Reader
from toneguard.analysers.privacy.names import SURE, find_candidates
from toneguard.analysers.privacy.recognise import formatted
from toneguard.analysers.privacy.view import View
from toneguard.documents import parse
from toneguard.messages import Message
from toneguard.resources.models import SCHEMA
from toneguard.training.data import Source, read_rows, sha256
from toneguard.training.files import cited, write_manifest, write_tables

LABELS = frozenset({"person-name", "PERSON", "person"})
HELD_BACK = 3
"""Every third template is measured on."""
FOLDS = 5
INSIDE = re.compile(r"(?<![@#\w/.])[^\W\d_]+(?:['’][^\W\d_]+)*")


class Seen(NamedTuple):
    """The candidates of some texts: features, whether each is a name, its text, its place, whether a cue is enough."""

    features: list[list[str]]
    names: list[bool]
    texts: list[int]
    spans: list[tuple[int, int]]
    sure: list[bool]
    truth: list[list[tuple[int, int]]]

    def of(self, texts: Iterable[int]) -> Seen:
        """The candidates of these texts only; ``truth`` keeps its numbering."""
        wanted = set(texts)
        at = [place for place, text in enumerate(self.texts) if text in wanted]
        truth = [spans if number in wanted else [] for number, spans in enumerate(self.truth)]
        return Seen(
            [self.features[place] for place in at],
            [self.names[place] for place in at],
            [self.texts[place] for place in at],
            [self.spans[place] for place in at],
            [self.sure[place] for place in at],
            truth,
        )


def train_names(folder: Path, data: Path) -> Mapping[str, Any]:
    """Fit the model, measure it, write its files; the metrics by set."""
    recipe = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
    lower = small_words(data, recipe["lower"])
    sources = [Source(**entry) for entry in recipe["data"]]
    templated, noisy, *own_parts = (read_rows(source.path(data)) for source in sources)
    own = look([row for rows in own_parts for row in rows], lower)
    fitted = look([row for row in templated if row["template_id"] % HELD_BACK], lower)
    held = look([row for row in templated if row["template_id"] % HELD_BACK == 0], lower)
    tweets = look(noisy, lower)

    def fit_with(own: Seen) -> dict[str, float]:
        return fit([(own, recipe["own_weight"]), (fitted, 1.0), (tweets, recipe["noisy_weight"])], recipe)

    threshold = recipe["threshold"]
    weights = fit_with(own)
    places = range(len(own.truth))
    folds = [[place for place in places if place % FOLDS == fold] for fold in range(FOLDS)]
    metrics = {
        "own texts, in folds": figures(
            [judge(own.of(fold), fit_with(own.of(set(places) - set(fold))), threshold) for fold in folds]
        ),
        "synthetic_pii, every third template": figures([judge(held, weights, threshold)]),
    }
    content = {"lower": " ".join(sorted(lower)), "weights": weights}
    (folder / WEIGHTS).write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    manifest = {
        "schema": SCHEMA,
        "model": MODEL,
        "title": recipe["title"],
        "files": {WEIGHTS: sha256(folder / WEIGHTS)},
        "threshold": threshold,
        "data": [cited(source, data) for source in sources],
        "metrics": metrics,
    }
    write_manifest(folder, manifest)
    rows = [
        f"| {name} | {row['n']:g} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f2']:.3f} |"
        for name, row in metrics.items()
    ]
    write_tables(folder, "\n".join(["| set | names | precision | recall | F2 |", "|---|---|---|---|---|", *rows]))
    return metrics


def small_words(data: Path, recipe: Mapping[str, Any]) -> frozenset[str]:
    """Words that are mostly written small where no sentence begins."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for file in recipe["files"]:
        for row in read_rows(data / file):
            text = row["text"]
            for match in INSIDE.finditer(text):
                before = text[: match.start()].rstrip(" \"'(")
                if not before or before[-1] in ".!?\n:-":
                    continue
                word = match.group()
                (small if word.islower() else capital)[word.lower().replace("’", "'")] += 1
    return frozenset(
        word
        for word, count in small.items()
        if count + capital[word] >= recipe["least"] and count >= recipe["share"] * (count + capital[word])
    )


def look(rows: Sequence[Mapping[str, Any]], lower: frozenset[str]) -> Seen:
    """The candidates of labelled texts."""
    seen = Seen([], [], [], [], [], [])
    for number, row in enumerate(rows):
        document = parse(Message(row["text"], role=row.get("role", "customer")))
        reader = Reader(View(document))
        others = formatted(reader.view)
        truth = [(s["start"], s["end"]) for s in row["spans"] if s.get("entity", s.get("label")) in LABELS]
        seen.truth.append(truth)
        for candidate in find_candidates(reader, others, lower):
            span = candidate.name[:2]
            seen.features.append(features(reader, candidate, lower))
            seen.names.append(any(matches(true, span) for true in truth))
            seen.texts.append(number)
            seen.spans.append(span)
            seen.sure.append(bool(candidate.cues) and candidate.cues[0][0] >= SURE)
    return seen


def fit(parts: Sequence[tuple[Seen, float]], recipe: Mapping[str, Any]) -> dict[str, float]:
    """Weights by feature."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [found for seen, _ in parts for found in seen.features]
    names = [name for seen, _ in parts for name in seen.names]
    weights = [weight for seen, weight in parts for _ in seen.names]
    counts = Counter(feature for row in rows for feature in set(row))
    known = sorted(feature for feature, count in counts.items() if count >= recipe["min_count"])
    column = {feature: number for number, feature in enumerate(known)}
    places = [(number, column[f]) for number, row in enumerate(rows) for f in row if f in column]
    matrix = csr_matrix((np.ones(len(places)), tuple(zip(*places, strict=True))), shape=(len(rows), len(known)))
    model = LogisticRegression(C=recipe["strength"], max_iter=3000, fit_intercept=False)
    model.fit(matrix, names, sample_weight=weights)
    return {
        feature: round(float(weight), 3)
        for feature, weight in zip(known, model.coef_[0], strict=True)
        if abs(weight) >= recipe["smallest"]
    }


def judge(seen: Seen, weights: Mapping[str, float], threshold: float) -> tuple[int, int, int]:
    """Names found, missed, and found where there are none."""
    odds = float(np.log(threshold / (1 - threshold)))
    given: dict[int, list[tuple[int, int]]] = {}
    for row, text, span, sure in zip(seen.features, seen.texts, seen.spans, seen.sure, strict=True):
        if sure or sum(weights.get(feature, 0.0) for feature in row) >= odds:
            given.setdefault(text, []).append(span)
    found = sum(
        any(matches(true, span) for span in given.get(number, ()))
        for number, truth in enumerate(seen.truth)
        for true in truth
    )
    false = sum(
        not any(matches(true, span) for true in seen.truth[number]) for number, spans in given.items() for span in spans
    )
    return found, sum(map(len, seen.truth)) - found, false


def figures(judged: Sequence[tuple[int, int, int]]) -> dict[str, float]:
    """Precision, recall and F2 (recall weighs four times as much) of what was judged."""
    found, missed, false = map(sum, zip(*judged, strict=True))
    return {
        "n": found + missed,
        "precision": round(found / max(1, found + false), 3),
        "recall": round(found / max(1, found + missed), 3),
        "f2": round(5 * found / max(1, 5 * found + 4 * missed + false), 3),
    }


def matches(true: tuple[int, int], given: tuple[int, int]) -> bool:
    """Whether a span covers at least half of the true one and is not much longer."""
    size = true[1] - true[0]
    return (min(true[1], given[1]) - max(true[0], given[0])) * 2 >= size and given[1] - given[0] <= size * 1.5 + 5
