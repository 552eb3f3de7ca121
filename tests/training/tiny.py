"""A tiny encoder and data to train it on: random weights and composed sentences, so that tests take seconds."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORDS = "a the it is was my your parcel order late good bad thanks please why not never great help rude broken today .".split()
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *"0123456789!?,'"]
WIDTH, INNER, LAYERS = 64, 96, 2
GOOD = ["thanks your help was great today", "please is my order good ?", "the parcel is good thanks"]
BAD = ["why is my parcel late again !", "it is broken and your help was bad", "never rude bad bad late"]


def write_base(folder: Path) -> dict[str, str]:
    """A package file with random weights and a small vocabulary; gives the base table of a recipe."""
    import torch
    from safetensors.torch import save

    torch.manual_seed(3)
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(len(VOCABULARY), WIDTH) * 0.1,
        "embeddings.position_embeddings.weight": torch.randn(200, WIDTH) * 0.1,
        "embeddings.token_type_embeddings.weight": torch.randn(2, WIDTH) * 0.1,
        "embeddings.LayerNorm.weight": torch.ones(WIDTH),
        "embeddings.LayerNorm.bias": torch.zeros(WIDTH),
    }
    sizes = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    for layer in range(LAYERS):
        for name, size in sizes.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = torch.randn(size) * 0.15
            weights[f"encoder.layer.{layer}.{name}.bias"] = torch.randn(size[0]) * 0.1
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            weights[f"encoder.layer.{layer}.{name}.weight"] = torch.ones(WIDTH)
            weights[f"encoder.layer.{layer}.{name}.bias"] = torch.zeros(WIDTH)
    contents = {
        "base/model.safetensors": save(weights),
        "base/tokenizer.json": json.dumps(
            {"model": {"vocab": {piece: number for number, piece in enumerate(VOCABULARY)}}}
        ).encode(),
    }
    with zipfile.ZipFile(folder / "base.whl", "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    model, tokenizer = (hashlib.sha256(content).hexdigest() for content in contents.values())
    return {"weights_sha256": model, "tokenizer_sha256": tokenizer}


def write_recipe(folder: Path, base: dict[str, str]) -> Path:
    """The shipped recipe, made small; its heads and files are the real ones."""
    text = (ROOT / "models/encoder/config.toml").read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        key = line.split(" = ")[0]
        if key in base:
            line = f'{key} = "{base[key]}"'
        elif key == "package":
            line = 'package = "base.whl"'
        elif key == "weights":
            line = 'weights = "base/model.safetensors"'
        elif key == "tokenizer":
            line = 'tokenizer = "base/tokenizer.json"'
        elif key in ("epochs", "second_epochs"):
            line = f"{key} = 1"
        elif key == "frozen_layers":
            line = "frozen_layers = 1"
        elif key == "batch":
            line = "batch = 8"
        lines.append(line)
    model = folder / "encoder"
    model.mkdir()
    (model / "config.toml").write_text("\n".join(lines), encoding="utf-8")
    (model / "card.md").write_text(
        "# Card\n<!-- metrics: written by the training command -->\n<!-- end of metrics -->\n", encoding="utf-8"
    )
    return model


def write_data(folder: Path) -> None:
    """Rows for every file of the recipe: good and bad sentences in every fold."""
    from toneguard.training.encoder.recipe import EncoderRecipe

    recipe = EncoderRecipe.read(folder / "encoder")
    for number, source in enumerate([feed.source for feed in recipe.feeds] + list(recipe.pools)):
        path = folder / source.file
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(row(source.file, number, index)) + "\n" for index in range(60)).encode()
        path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)


def row(file: str, number: int, index: int) -> dict[str, Any]:
    """A row with the labels of its file."""
    good = index % 2 == 0
    text = f"{(GOOD if good else BAD)[index % 3]} {WORDS[index % len(WORDS)]} {WORDS[(index * 7 + number) % len(WORDS)]} {index % 10}"
    given: dict[str, Any] = {"text": text, "fold": (index // 2) % 10}
    if "semeval" in file:
        return {**given, "label": ("positive", "negative", "neutral")[index % 3]}
    if "goemotions" in file:
        return {"text": text, "group": [("positive", "negative", "neutral")[index % 3]], "split": "dev" if index % 4 > 1 else "train"}
    if "vader" in file:
        return {**given, "score": 2.0 - index % 5, "domain": ("tweets", "movie_reviews")[index % 2]}
    if "stanford" in file:
        return {**given, "score": 0.8 if good else -0.8, "label": "polite" if good else "impolite"}
    if file.endswith("complaints.jsonl.gz"):
        return {**given, "label": int(not good), "domain": ("retail", "random_tweet")[index % 10 == 9]}
    if "severity" in file:
        return {**given, "severity": str(1 + index % 4)}
    if "customers" in file:
        level = 0 if good else 2 + index % 3
        return {
            "text": text, "dissatisfaction": level, "sentiment": "positive" if good else "negative", "politeness": 4 if good else 2,
            "contact_type": "compliment" if good else "complaint", "cause": "none" if good else "late", "kinds": [] if good else ["sarcasm"],
        }  # fmt: skip
    if "replies" in file:
        step = 4 if good else 2
        return {
            "text": text, "sentiment": "positive" if good else "negative", "politeness": step,
            **dict.fromkeys(("formality", "warmth", "enthusiasm", "assertiveness"), step - index % 2 + index % 3),
        }  # fmt: skip
    return {"text": text}
