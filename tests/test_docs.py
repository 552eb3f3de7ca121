"""Documentation that cannot lie: what README shows runs and prints what it says; every command and key is named."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from toneguard.rules import builtin_rules
from toneguard.standards import load_standard, preset_names

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_first_example_prints_what_readme_says() -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(blocks("python")[0], {})
    assert out.getvalue() == blocks("text")[0]


def test_every_other_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for block in blocks("python")[1:]:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(block, {})


def test_the_example_of_presidio_prints_what_readme_says() -> None:
    pytest.importorskip("presidio_analyzer")
    block = next(block for block in blocks("python") if "presidio" in block)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(block, {})
    assert out.getvalue() in blocks("text")


def test_the_standard_of_the_readme_loads(tmp_path: Path) -> None:
    path = tmp_path / "standard.toml"
    path.write_text(blocks("toml")[0], encoding="utf-8")
    assert load_standard(path).label == "tidewater@3"


def test_every_command_and_option_is_documented() -> None:
    import typer.main

    from toneguard.cli.app import app

    top = typer.main.get_command(app)
    names = set()
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        for inner in getattr(command, "commands", {"": None}):
            names.add(f"toneguard {name} {inner}".strip())
        group = getattr(command, "commands", {"": command})
        for inner in group.values():
            assert inner.help
            for parameter in inner.params:
                assert parameter.param_type_name == "argument" or parameter.help, f"{name} {parameter.name} has no help"
    for name in names:
        assert name in README, f"README does not show {name}"


def test_every_key_of_a_standard_is_documented() -> None:
    source = (ROOT / "src/toneguard/standards/load.py").read_text(encoding="utf-8")
    keys = set(re.findall(r"\btable\.(?:take|texts|choice|table)\(\s*\"(\w+)\"", source))
    assert {"extends", "packs", "rules_folder", "waivers"} <= keys
    for key in keys:
        assert re.search(rf"\b{key}\b", README), f"README does not name the key {key!r}"


def test_every_key_of_a_rule_is_documented() -> None:
    """By CONTRIBUTING, or by the type that holds it."""
    source = (ROOT / "src/toneguard/rules/load.py").read_text(encoding="utf-8")
    types = (ROOT / "src/toneguard/rules/rule.py").read_text(encoding="utf-8")
    for key in re.findall(r"\btable\.(?:take|texts|choice|table)\(\s*\"(\w+)\"", source):
        assert re.search(rf"\b{key}\b", CONTRIBUTING + types), key


def test_presets_levels_and_rule_counts_are_true() -> None:
    for name in preset_names():
        assert name in README
    for text in (README, CONTRIBUTING):
        for rule in re.findall(r"\b((?:respect|law/au/consumer-guarantees)/[a-z-]+[a-z])\b", text):
            assert rule in builtin_rules(), rule


def test_every_task_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for task in set(re.findall(r"`?make ([a-z-]+)", README + CONTRIBUTING)):
        assert re.search(rf"^{task}:", makefile, re.MULTILINE), task


@pytest.mark.parametrize("word", ["compliant", "certified"])
def test_nothing_we_say_clears_anybody(word: str) -> None:
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.toml")]:
        text = path.read_text(encoding="utf-8")
        if path.name == "load.py" and path.parent.name == "rules":
            continue  # it refuses the words
        assert word not in text.lower(), path
