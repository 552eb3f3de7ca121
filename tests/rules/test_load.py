"""Rule files: a mistake is answered with its place and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from toneguard.errors import SettingsError
from toneguard.rules import builtin_rules, resolve
from toneguard.rules.load import digest, read_rule

GOOD = """kind = "phrases"
level = "warning"
message = "No."
why = "Because."
sources = ["practice"]
since = "0.1"
look_for = ["calm down"]
fails = ["Calm down."]
passes = ["A calm colour."]
"""


def read(tmp_path: Path, text: str, name: str = "respect/x") -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    read_rule(path, name)


def test_a_good_rule_loads(tmp_path: Path) -> None:
    read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'level = "warning"',
            'level = "warn"',
            r"x\.toml:2:1: level: 'warn' is not allowed; did you mean 'warning'\? allowed: off, note",
        ),
        ('since = "0.1"', 'sinse = "0.1"', r"x\.toml:1:1: missing key 'since'"),
        ('since = "0.1"', 'since = "0.1"\ncolour = "red"', r"x\.toml:7:1: unknown key 'colour'"),
        ('fails = ["Calm down."]', "", r"a rule needs examples"),
        ('passes = ["A calm colour."]', "passes = []", r"a rule needs examples"),
        ('look_for = ["calm down"]', 'look_for = ["(calm"]', r"x\.toml:7:1: look_for: phrase '\(calm'|phrase '\(calm'"),
        ('look_for = ["calm down"]', "", r"has nothing to look for"),
        ('look_for = ["calm down"]', "look_for = [3]", r"x\.toml:7:1: look_for: expected a list of texts"),
        ('kind = "phrases"', 'kind = "swap"', r"'swap' belongs"),
        ('sources = ["practice"]', "sources = []", r"name at least one source"),
        ('message = "No."', 'message = "You are compliant."', r"never say 'compliant' or 'certified'"),
        ('message = "No."', "message = 3", r"x\.toml:3:1: message: expected text, got 3"),
        ('level = "warning"', "level = warning", r"x\.toml:2:9: "),
        ("kind", "when_latest = ['anger', 'joy']\nkind", r"x\.toml:1:1: when_latest: 'joy' is not allowed"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(SettingsError, match=problem):
        read(tmp_path, GOOD.replace(old, new, 1))


def test_a_law_rule_needs_its_law(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"needs the table \[law\]"):
        read(tmp_path, GOOD, "law/au/x")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        read_rule(tmp_path / "none.toml", "respect/none")
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"kind = 'x'\nwhy = '\xff'\n")
    with pytest.raises(SettingsError, match=r"bad\.toml:2:1: not UTF-8"):
        read_rule(bad, "respect/bad")


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        SettingsError, match=r"there is no rule 'respect/blame-custumer'; did you mean 'respect/blame-customer'\?"
    ):
        resolve("respect/blame-custumer", builtin_rules())


def test_the_digest_depends_on_the_rules() -> None:
    rules = list(builtin_rules().values())
    assert digest(rules) == digest(rules) != digest(rules[1:])
