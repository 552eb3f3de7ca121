"""The recipe of an encoder: what ``config.toml`` says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from toneguard.errors import SettingsError
from toneguard.training.data import Source

KINDS = ("classes", "labels", "probability", "value")


@dataclass(frozen=True, slots=True)
class Base:
    """The published encoder that training starts from: where its files lie in the package, and their digests."""

    name: str
    source: str
    licence: str
    package: str
    weights: str
    weights_sha256: str
    tokenizer: str
    tokenizer_sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """A question: ``kind`` is one of :data:`KINDS`, ``columns`` are its outputs, ``weight`` its share of the loss.

    Heads of kind "value" are fitted on ``(value - centre) / unit``.
    """

    name: str
    kind: str
    columns: tuple[str, ...]
    weight: float
    centre: float = 0.0
    unit: float = 1.0


@dataclass(frozen=True, slots=True)
class Feed:
    """A data file, how its rows are read (``reader``), how often all of it is seen and how many rows at most a time.

    The second stage has its own ``second_epochs`` and ``second_cap``.
    """

    source: Source
    reader: str
    epochs: int
    cap: int
    second_epochs: int = 0
    second_cap: int = 0


@dataclass(frozen=True, slots=True)
class Second:
    """The second, shorter stage: its rates, and how many runs of it are averaged."""

    learning_rate: float
    head_learning_rate: float
    runs: int


@dataclass(frozen=True)
class EncoderRecipe:
    """What ``config.toml`` of an encoder says; ``pools`` are unlabelled texts that only get soft labels."""

    folder: Path
    title: str
    random_state: int
    limit: int
    first: int
    frozen_layers: int
    named_share: float
    batch: int
    learning_rate: float
    layer_decay: float
    head_learning_rate: float
    warmup: float
    weight_decay: float
    dropout: float
    development_fold: int
    held_back_folds: tuple[int, ...]
    checkpoint_seconds: float
    second: Second
    base: Base
    heads: tuple[Head, ...]
    feeds: tuple[Feed, ...]
    pools: tuple[Source, ...]

    @classmethod
    def read(cls, folder: Path) -> EncoderRecipe:
        """The recipe of a model's folder; raises :class:`SettingsError` for an unknown kind of head."""
        table: dict[str, Any] = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
        heads = tuple(Head(**{**head, "columns": tuple(head["columns"])}) for head in table.pop("heads"))
        for head in heads:
            if head.kind not in KINDS:
                raise SettingsError(f"{folder / 'config.toml'}: head {head.name}: kind is one of {', '.join(KINDS)}")
        feeds = tuple(
            Feed(
                reader=row.pop("reader"),
                epochs=row.pop("epochs"),
                cap=row.pop("cap", 0),
                second_epochs=row.pop("second_epochs", 0),
                second_cap=row.pop("second_cap", 0),
                source=Source(**row),
            )
            for row in table.pop("data")
        )
        return cls(
            folder=folder,
            second=Second(**table.pop("second")),
            base=Base(**table.pop("base")),
            heads=heads,
            feeds=feeds,
            pools=tuple(Source(**row) for row in table.pop("pools", ())),
            held_back_folds=tuple(table.pop("held_back_folds")),
            **table,
        )

    def second_stage(self, run: int) -> EncoderRecipe:
        """The recipe of a run of the second stage."""
        return replace(
            self,
            random_state=self.random_state + 1 + run,
            learning_rate=self.second.learning_rate,
            head_learning_rate=self.second.head_learning_rate,
            feeds=tuple(replace(feed, epochs=feed.second_epochs, cap=feed.second_cap) for feed in self.feeds),
        )

    @cached_property
    def slices(self) -> dict[str, slice]:
        """Where each head's columns stand among all columns."""
        places: dict[str, slice] = {}
        start = 0
        for head in self.heads:
            places[head.name] = slice(start, start + len(head.columns))
            start += len(head.columns)
        return places

    @cached_property
    def width(self) -> int:
        """The number of all columns."""
        return sum(len(head.columns) for head in self.heads)

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each head among the heads."""
        return {head.name: index for index, head in enumerate(self.heads)}

    @property
    def unseen_folds(self) -> frozenset[int]:
        """Folds that are never fitted on."""
        return frozenset((self.development_fold, *self.held_back_folds))
