"""``toneguard check``: exit codes, every output format by its published fields, and the hook that commits run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = json.loads((ROOT / "tests/data/report_schemas.json").read_text(encoding="utf-8"))
MACROS = {
    "late.md": "# Late\n\nHi {{name}},\n\nçé👍 You should have told us.\nYou can purchase more, or shop elsewhere.\n",
    "sub dir/refund.yaml": "- name: Refund\n  body: We don't do refunds.\n",
    "good.txt": "Thanks for telling us, {{name}}. Your new kettle leaves here today.\n",
}


@pytest.fixture
def macros(tmp_path: Path) -> Path:
    for name, text in MACROS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "toneguard", "check", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("good.txt",), 0),
        (("late.md",), 1),
        (("late.md", "--fail-on", "error"), 0),
        (("late.md", "--fail-on", "never"), 0),
        (("late.md", "--exclude", "*.md"), 0),
        ((".",), 1),
        ((".", "--fail-on", "error"), 1),
    ],
)
def test_it_exits_by_what_it_found(macros: Path, arguments: tuple[str, ...], code: int) -> None:
    assert run(macros, *arguments).returncode == code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument 'PATH...'"),
        (("nowhere",), "nowhere: there is no such file or folder"),
        ((".", "--channel", "fax"), "channel: 'fax' is not one of"),
        ((".", "--output-format", "xml"), "'rdjson'"),
        ((".", "--standard", "nowhere.toml"), "nowhere.toml"),
        ((".", "--output-file", "no/such/folder.txt"), "cannot be written"),
    ],
)
def test_misuse_ends_in_a_clear_line_and_two(macros: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run(macros, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr and "Traceback" not in done.stderr


def test_people_read_place_level_rule_and_remedy(macros: Path) -> None:
    done = run(macros, ".", "--notes")
    lines = done.stdout.splitlines()
    at = lines.index("late.md:5:5: warning respect/blame-customer: This puts the blame on the customer.")
    assert lines[at + 1].startswith("    do: ")
    assert "late.md:6:5: note plain/purchase: People buy things; offices purchase them." in lines
    assert "    instead: can buy" in lines
    assert any(line.startswith("sub dir/refund.yaml:2:9: error law/au/") for line in lines)
    assert "3 replies in 3 files: 1 error, 1 warning" in done.stderr


def test_notes_are_counted_but_not_shown(macros: Path) -> None:
    done = run(macros, "late.md")
    assert "plain/purchase" not in done.stdout
    assert "--notes shows them" in done.stderr


def test_a_file_takes_the_report(macros: Path) -> None:
    done = run(macros, ".", "-f", "json", "-o", "out.json")
    assert done.stdout == ""
    assert json.loads((macros / "out.json").read_text())["replies"] == 3


def report(macros: Path, kind: str, *arguments: str) -> str:
    done = run(macros, ".", "-f", kind, "--notes", *arguments)
    assert done.returncode == 1, done.stderr
    return done.stdout


def problems(macros: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report(macros, "json"))["problems"]
    return found


@pytest.mark.parametrize("kind", ["json", "gitlab", "sarif", "rdjson"])
def test_reports_hold_the_published_fields_and_no_others(macros: Path, kind: str) -> None:
    data = json.loads(report(macros, kind))
    jsonschema.validate(data, SCHEMAS[kind], cls=jsonschema.Draft202012Validator)


def test_all_formats_tell_of_the_same_problems(macros: Path) -> None:
    expected = [(one["path"], one["line"], one["column"], one["rule"]) for one in problems(macros)]
    assert len(expected) >= 3
    lines = [json.loads(line) for line in report(macros, "json-lines").splitlines()]
    assert [(one["path"], one["line"], one["column"], one["rule"]) for one in lines] == expected
    gitlab = [
        (one["location"]["path"], *one["location"]["positions"]["begin"].values(), one["check_name"])
        for one in json.loads(report(macros, "gitlab"))
    ]
    assert gitlab == expected
    sarif = json.loads(report(macros, "sarif"))["runs"][0]
    places = [one["locations"][0]["physicalLocation"] for one in sarif["results"]]
    assert [
        (unquote(at["artifactLocation"]["uri"]), at["region"]["startLine"], at["region"]["startColumn"], one["ruleId"])
        for at, one in zip(places, sarif["results"], strict=True)
    ] == expected
    assert all(sarif["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in sarif["results"])
    rdjson = json.loads(report(macros, "rdjson"))["diagnostics"]
    assert [(one["location"]["path"], one["location"]["range"]["start"]["line"], one["code"]["value"]) for one in rdjson] == [
        (path, line, rule) for path, line, _, rule in expected
    ]
    assert report(macros, "github").count("\n") == len(expected)


def test_columns_of_rdjson_are_bytes_and_those_of_sarif_code_points(macros: Path) -> None:
    line = MACROS["late.md"].splitlines()[4]
    [one] = [one for one in json.loads(report(macros, "rdjson"))["diagnostics"] if one["code"]["value"] == "respect/blame-customer"]
    start, end = (one["location"]["range"][at]["column"] - 1 for at in ("start", "end"))
    assert line.encode()[start:end].decode() == "You should have told"
    run_ = json.loads(report(macros, "sarif"))["runs"][0]
    assert run_["columnKind"] == "unicodeCodePoints"
    [region] = [one["locations"][0]["physicalLocation"]["region"] for one in run_["results"] if one["ruleId"] == "respect/blame-customer"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "You should have told"


def test_fixes_can_be_applied_as_they_are(macros: Path) -> None:
    results = json.loads(report(macros, "sarif"))["runs"][0]["results"]
    [one] = [one for one in results if one["ruleId"] == "plain/purchase"]
    change = one["fixes"][0]["artifactChanges"][0]["replacements"][0]
    region = change["deletedRegion"]
    line = MACROS["late.md"].splitlines()[region["startLine"] - 1]
    fixed = line[: region["startColumn"] - 1] + change["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    assert fixed == "You can buy more, or shop elsewhere."


def test_githubs_lines_are_commands_with_escaped_values(tmp_path: Path) -> None:
    (tmp_path / "100%, odd.txt").write_text("You should have told us.\n")
    [line] = report(tmp_path, "github").splitlines()
    assert line == (
        "::warning title=ToneGuard (respect/blame-customer),file=100%25%2C odd.txt,line=1,col=1,endLine=1,endColumn=21"
        "::100%25, odd.txt:1:1: respect/blame-customer: This puts the blame on the customer."
    )


def test_junit_fails_what_the_exit_code_fails(macros: Path) -> None:
    root = ElementTree.fromstring(report(macros, "junit"))
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["good.txt", "late.md", "sub dir/refund.yaml"]
    for suite in suites:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert all(case.get("name") and case.get("classname") == suite.get("name") for case in cases)
    assert root.get("failures") == "2"
    assert {failure.get("type") for failure in root.iter("failure")} == {"warning", "error"}
    assert {node.tag for node in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    strict = ElementTree.fromstring(report(macros, "junit", "--fail-on", "error"))
    assert strict.get("failures") == "1"


def test_fingerprints_stay_when_lines_move_and_differ_between_like_problems(macros: Path) -> None:
    def marks() -> list[str]:
        return [one["fingerprint"] for one in json.loads(report(macros, "gitlab")) if one["location"]["path"] == "late.md"]

    before = marks()
    path = macros / "late.md"
    path.write_text("\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert marks() == before
    path.write_text(path.read_text(encoding="utf-8") + "You should have told us.\n", encoding="utf-8")
    after = marks()
    assert set(before) < set(after) and len(set(after)) == len(after)


def test_it_loads_no_library_for_data(macros: Path) -> None:
    script = (
        "import sys, toneguard.cli; sys.argv = ['toneguard', 'check', '.']\n"
        "try: toneguard.cli.main()\nexcept SystemExit: pass\n"
        "print('loaded', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=macros, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"spacy", "pandas", "sklearn", "scipy", "textstat", "pyarrow", "mcp"}


def test_the_hook_names_a_command_that_there_is() -> None:
    import yaml

    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] == "toneguard"
    assert hook["entry"] == "toneguard check"
    assert {"plain-text", "markdown", "html", "json", "yaml", "csv"} <= set(hook["types_or"])


@pytest.mark.slow
def test_pre_commit_runs_the_hook(macros: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In an environment of its own, which it builds from this checkout: that takes a minute."""
    pytest.importorskip("pre_commit")
    cache = tmp_path_factory.mktemp("cache")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(cache), "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=macros, capture_output=True, text=True, env=environment, check=False)

    assert call("git", "init", "--quiet").returncode == 0
    assert call("git", "add", ".").returncode == 0
    try_repo = (sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "toneguard")
    bad = call(*try_repo, "--all-files")
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "late.md:5:5: warning respect/blame-customer" in bad.stdout
    good = call(*try_repo, "--files", "good.txt")
    assert good.returncode == 0, good.stdout + good.stderr
