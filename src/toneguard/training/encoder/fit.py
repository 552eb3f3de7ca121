"""Fine-tuning, with checkpoints.

A run that is killed goes on from its last checkpoint: the batches are fixed by the recipe, and the checkpoint holds the
weights, the optimiser's state and the state of chance (dropout). Repeated on the same machine with the same number of
threads it ends in the same weights but for the order in which cores add up; killed and resumed, in weights of the same
distribution.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from toneguard.training.encoder.examples import Example
from toneguard.training.encoder.loss import Loss
from toneguard.training.encoder.model import Network
from toneguard.training.encoder.recipe import EncoderRecipe
from toneguard.training.encoder.schedule import schedule

THREADS = 2
LOG_EVERY = 100
Numbers = Sequence[Sequence[int]]
Renamed = Callable[[int, random.Random], Sequence[int]]
"""The word-pieces of the example at a place, with some of its names drawn by lot."""


def fit(
    network: Network,
    recipe: EncoderRecipe,
    examples: Sequence[Example],
    numbers: Numbers,
    work: Path,
    say: Callable[[str], object] = sys.stderr.write,
    renamed: Renamed | None = None,
) -> None:
    """Fit ``network`` in place on ``examples``, whose word-pieces ``numbers`` are; checkpoints go to ``work``.

    ``renamed`` gives the pieces in their stead wherever an example is seen, so that it may differ each time.
    """
    torch.set_num_threads(min(THREADS, os.cpu_count() or 1))
    torch.manual_seed(recipe.random_state)
    batches = schedule(recipe, examples, [len(row) for row in numbers])
    network.freeze(recipe.frozen_layers)
    loss_of = Loss(recipe, examples)
    optimiser, rates = make_optimiser(network, recipe, len(batches))
    work.mkdir(parents=True, exist_ok=True)
    checkpoint = work / "checkpoint.pt"
    run = digest_of_run(recipe, batches)
    done = resume(checkpoint, run, network, optimiser, rates)
    fast = quick_half_precision()
    network.train()
    network.words.eval()
    began = saved = time.monotonic()
    running: list[float] = []
    for step in range(done, len(batches)):
        batch = batches[step]
        chance = random.Random(f"{recipe.random_state} {step}")  # noqa: S311
        given, kept = pad([renamed(place, chance) if renamed else numbers[place] for place in batch])
        targets = torch.from_numpy(np.stack([examples[place].targets for place in batch]))
        weights = torch.from_numpy(np.stack([examples[place].weights for place in batch]))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast):
            columns, _ = network(given, kept)
        loss = loss_of(columns.float(), targets, weights)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        rates.step()
        running.append(float(loss.detach()))
        if (step + 1) % LOG_EVERY == 0:
            pace = (step + 1 - done) / (time.monotonic() - began)
            left = (len(batches) - step - 1) / pace / 60
            say(f"step {step + 1} of {len(batches)}, loss {sum(running) / len(running):.4f}, {left:.1f} minutes left\n")
            running.clear()
        if time.monotonic() - saved > recipe.checkpoint_seconds or step + 1 == len(batches):
            save(checkpoint, run, step + 1, network, optimiser, rates)
            saved = time.monotonic()
    network.eval()


def make_optimiser(
    network: Network, recipe: EncoderRecipe, steps: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW (Loshchilov & Hutter 2019) and its rates: up over the warm-up, then down to nothing in a straight line.

    Each layer has ``layer_decay`` of the rate of the one above it (Howard & Ruder 2018): what lies lower is known
    better.
    """
    groups: list[dict[str, Any]] = [{"params": list(network.heads.parameters()), "lr": recipe.head_learning_rate}]
    for above, layer in enumerate(reversed(network.layers[recipe.frozen_layers :])):
        rate = recipe.learning_rate * recipe.layer_decay**above
        groups.append({"params": list(layer.parameters()), "lr": rate})
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.weight_decay)
    rise = max(1, round(recipe.warmup * steps))

    def share(step: int) -> float:
        return min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def pad(rows: Numbers) -> tuple[Tensor, Tensor]:
    """Rows of numbers filled up with 0 to the longest, and which of them are pieces."""
    longest = max(map(len, rows))
    numbers = torch.zeros(len(rows), longest, dtype=torch.long)
    kept = torch.zeros(len(rows), longest)
    for index, row in enumerate(rows):
        numbers[index, : len(row)] = torch.tensor(row)
        kept[index, : len(row)] = 1
    return numbers, kept


def quick_half_precision() -> bool:
    """Whether this processor has a unit that multiplies 16-bit numbers; elsewhere half precision would be slower."""
    asked = (getattr(torch.cpu, f"_is_{unit}_supported", None) for unit in ("amx_tile", "avx512_bf16"))
    return any(ask is not None and ask() for ask in asked)


def digest_of_run(recipe: EncoderRecipe, batches: Sequence[Sequence[int]]) -> str:
    """Names a run by its recipe and batches, so that no run goes on from another one's checkpoint."""
    return hashlib.sha256(repr((recipe, batches)).encode()).hexdigest()


def save(
    path: Path,
    run: str,
    done: int,
    network: Network,
    optimiser: torch.optim.Optimizer,
    rates: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    """Write a checkpoint, whole or not at all."""
    state: dict[str, Any] = {
        "run": run,
        "done": done,
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "rates": {key: value for key, value in rates.state_dict().items() if key != "lr_lambdas"},
        "chance": torch.get_rng_state(),
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def resume(
    path: Path,
    run: str,
    network: Network,
    optimiser: torch.optim.Optimizer,
    rates: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    """Go back to the checkpoint of this run; gives the number of steps done (0 where there is none)."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)  # data only: nothing in the file can run
    if state["run"] != run:
        return 0
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    rates.load_state_dict({**state["rates"], "lr_lambdas": [None] * len(optimiser.param_groups)})
    torch.set_rng_state(state["chance"])
    return int(state["done"])
