"""Every client is asked the same: an emoji, markup, nothing to say, a rule that is switched off, no text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CLIENTS = ("gramma", "language_tool_python", "libreoffice", "pylanguagetool")
ASKED = {
    "test_an_emoji_before_the_match",
    "test_annotated_data",
    "test_no_match",
    "test_a_disabled_rule",
    "test_missing_text",
}


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_is_asked_the_same(client: str) -> None:
    source = (Path(__file__).parent / f"test_{client}.py").read_text(encoding="utf-8")
    assert {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)} >= ASKED


def test_no_client_is_left_out() -> None:
    found = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert found - {"matrix"} == set(CLIENTS)
