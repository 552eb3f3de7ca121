"""SARIF 2.1.0, the OASIS format for the results of static analysis: what it found, why, and how to mend it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from toneguard._version import __version__
from toneguard.cli.reports.builds import fingerprints
from toneguard.macros import Problem, Report
from toneguard.reviews import Level, dump
from toneguard.rules import builtin_rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/toneguard/toneguard"
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "note", Level.NOTE: "note"}


def sarif(report: Report, fail_on: Level) -> str:  # noqa: ARG001  (all formats are called alike)
    """One run with the rules that were broken and a result per problem; columns are code points."""
    names = sorted({found.rule for found in report.problems})
    marks = fingerprints(report)
    driver = {
        "name": "ToneGuard",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [described(name, report) for name in names],
    }
    results = [
        result(found, names.index(found.rule), mark) for found, mark in zip(report.problems, marks, strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, 2) + "\n"


def described(name: str, report: Report) -> dict[str, Any]:
    """A rule with its reasons; those that say what is wrong with a file have no more than a name."""
    rule = report.standard.rules.get(name) or builtin_rules().get(name)
    if rule is None:
        return {"id": name}
    level = report.standard.levels.get(name, rule.level)
    advice = f"\n\nDo: {rule.advice}" if rule.advice else ""
    return {
        "id": name,
        "shortDescription": {"text": rule.message},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}{advice}\n\nSources: {'; '.join(rule.sources)}"},
        "defaultConfiguration": {"level": LEVELS.get(level, "none")},
    }


def result(found: Problem, index: int, mark: str) -> dict[str, Any]:
    """A problem, with a fix for each text that can be put in its place as it is."""
    artifact = {"uri": quote(found.path)}
    region = {
        "startLine": found.line,
        "startColumn": found.column,
        "endLine": found.end_line,
        "endColumn": found.end_column,
    }
    data: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": LEVELS[found.level],
        "message": {"text": found.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"toneguard/v1": mark},
    }
    if found.fixes:
        data["fixes"] = [
            {
                "description": {"text": f"Write {fix!r} instead." if fix else "Leave it out."},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix}}],
                    }
                ],
            }
            for fix in found.fixes
        ]
    return data
