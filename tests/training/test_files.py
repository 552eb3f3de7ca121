"""What training writes beside weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from toneguard.training.encoder.card import by_chance
from toneguard.training.files import END, START, write_manifest, write_tables


def test_the_card_keeps_its_words(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text(f"# A\n\n{START}\n| old |\n{END}\n\nMore.\n", encoding="utf-8")
    write_tables(tmp_path, "| new |")
    assert card.read_text(encoding="utf-8") == f"# A\n\n{START}\n| new |\n{END}\n\nMore.\n"


def test_a_card_without_marks_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "card.md").write_text("# A\n", encoding="utf-8")
    with pytest.raises(ValueError):
        write_tables(tmp_path, "| new |")
    assert (tmp_path / "card.md").read_text(encoding="utf-8") == "# A\n"


def test_a_manifest_is_the_same_bytes_for_the_same_content(tmp_path: Path) -> None:
    write_manifest(tmp_path, {"source": "Søren’s texts", "metrics": {"f2": 0.78}})
    first = (tmp_path / "manifest.json").read_bytes()
    write_manifest(tmp_path, json.loads(first))
    assert (tmp_path / "manifest.json").read_bytes() == first


def test_what_a_calibration_error_shows_by_chance_alone() -> None:
    """Drawn: of messages whose probabilities are right, the error that is seen on average."""
    curve = [(40, 0.25, 0.0), (60, 0.7, 0.0), (5, 0.95, 0.0)]
    draw = np.random.default_rng(7)
    seen = np.mean([sum(abs(draw.binomial(n, p) - n * p) for n, p, _ in curve) / 105 for _ in range(4000)])
    assert by_chance(curve) == pytest.approx(seen, abs=0.004)
