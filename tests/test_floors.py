"""Imports run down only, and every folder of the house stands on a floor."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src/toneguard"
FLOORS = {
    "cli": 7, "integrations": 7, "server": 7, "training": 7,
    "archives": 6, "insights": 6, "macros": 6, "testing": 6,
    "pipeline": 5,
    "analysers": 4, "standards": 4,
    "heads": 3,
    "rules": 3,
    "documents": 2, "offsets": 2, "resources": 2, "reviews": 2,
    "messages": 1, "findings": 1, "errors": 1, "making": 1,
}  # fmt: skip
FACE = {"__init__", "__main__", "_version"}
SIDE_BY_SIDE = (
    {"analysers", "standards"},
    {"cli", "training"},
    {"cli", "integrations"},
    {"integrations", "training"},
    {"server", "cli"},
    {"server", "integrations"},
    {"server", "training"},
)


def place(path: Path) -> str:
    """The folder or module of the house that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


FILES = sorted(path for path in SOURCE.rglob("*.py") if place(path) not in FACE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_down(path: Path) -> None:
    own = place(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "toneguard":
            raise AssertionError(f"line {node.lineno}: inner modules never import from the face")
        names = (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        for name in names:
            if not name or not name.startswith("toneguard."):
                continue
            other = name.split(".")[1]
            if other == own or other == "_version":
                continue
            assert FLOORS[other] <= FLOORS[own], f"line {node.lineno}: {own} imports {other}, which stands above it"
            assert {own, other} not in SIDE_BY_SIDE, f"line {node.lineno}: {own} and {other} do not know each other"


def test_every_place_has_a_floor() -> None:
    places = {place(path) for path in SOURCE.rglob("*.py")} - FACE
    assert places == set(FLOORS)


def test_analysers_do_not_import_each_other() -> None:
    shared = {"base", "catalogue"}
    for path in (SOURCE / "analysers").rglob("*.py"):
        own = path.relative_to(SOURCE / "analysers").parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("toneguard.analysers."):
                other = str(node.module).split(".")[2]
                assert other == own or other in shared, f"{path.name}:{node.lineno} imports analyser {other}"


def test_files_can_be_read_in_one_sitting() -> None:
    long = {
        path.name: lines
        for path in SOURCE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert not long
