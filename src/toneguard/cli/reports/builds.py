"""For build servers: workflow commands of GitHub Actions, and GitLab's code quality report."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from toneguard.macros import Problem, Report
from toneguard.reviews import Level, dump

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "notice", Level.NOTE: "notice"}
SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "major", Level.SUGGESTION: "minor", Level.NOTE: "info"}


def github(report: Report, fail_on: Level) -> str:  # noqa: ARG001  (all formats are called alike)
    """A workflow command per problem, which GitHub shows beside the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
    """
    lines = []
    for found in report.problems:
        fields = {
            "title": f"ToneGuard ({found.rule})",
            "file": found.path,
            "line": found.line,
            "col": found.column,
            "endLine": found.end_line,
            "endColumn": found.end_column,
        }
        where = ",".join(f"{name}={escaped(str(value), property=True)}" for name, value in fields.items())
        words = f"{found.path}:{found.line}:{found.column}: {found.rule}: {found.message}"
        lines.append(f"::{COMMANDS[found.level]} {where}::{escaped(words)}\n")
    return "".join(lines)


def escaped(text: str, *, property: bool = False) -> str:  # noqa: A002  (GitHub's word)
    """A value as GitHub's runner reads it back."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property else text


def gitlab(report: Report, fail_on: Level) -> str:  # noqa: ARG001
    """A list of issues as in Code Climate's engines.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    marks = fingerprints(report)
    issues = [
        {
            "description": found.message,
            "check_name": found.rule,
            "fingerprint": mark,
            "severity": SEVERITIES[found.level],
            "location": {
                "path": found.path,
                "positions": {
                    "begin": {"line": found.line, "column": found.column},
                    "end": {"line": found.end_line, "column": found.end_column},
                },
            },
        }
        for found, mark in zip(report.problems, marks, strict=True)
    ]
    return dump(issues, 2) + "\n"


def fingerprints(report: Report) -> list[str]:
    """What stays the same of a problem when lines move: file, rule, what is found, and which of its like it is."""
    seen: Counter[tuple[str, str, str]] = Counter()
    marks = []
    for found in report.problems:
        key = (found.path, found.rule, found_text(found, report))
        seen[key] += 1
        whole = "\0".join((*key, str(seen[key])))
        marks.append(sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:40])
    return marks


def found_text(found: Problem, report: Report) -> str:
    """The text that a problem is about; it goes into digests only."""
    return " ".join(report.sources.get(found.path, "")[found.start : found.end].split())
