"""Reviewdog's diagnostic format, which brings problems into code review on any host.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from typing import Any

from toneguard.cli.reports.sarif import HOME
from toneguard.macros import Problem, Report
from toneguard.reviews import Level, dump

SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.SUGGESTION: "INFO", Level.NOTE: "INFO"}


def rdjson(report: Report, fail_on: Level) -> str:  # noqa: ARG001  (all formats are called alike)
    """One object with a diagnostic per problem; its columns count bytes of UTF-8."""
    diagnostics = [diagnostic(found, report.sources.get(found.path, "")) for found in report.problems]
    return dump({"source": {"name": "toneguard", "url": HOME}, "diagnostics": diagnostics}, 2) + "\n"


def diagnostic(found: Problem, source: str) -> dict[str, Any]:
    """A problem, with what can be put in its place as it is."""
    stretch = {
        "start": {"line": found.line, "column": in_bytes(source, found.start, found.column)},
        "end": {"line": found.end_line, "column": in_bytes(source, found.end, found.end_column)},
    }
    data: dict[str, Any] = {
        "message": found.message,
        "location": {"path": found.path, "range": stretch},
        "severity": SEVERITIES[found.level],
        "code": {"value": found.rule},
    }
    if found.fixes:
        data["suggestions"] = [{"range": stretch, "text": fix} for fix in found.fixes]
    return data


def in_bytes(source: str, offset: int, column: int) -> int:
    """A column of code points as one of bytes; both from 1."""
    before = source[offset - (column - 1) : offset] if offset >= column - 1 else ""
    return 1 + len(before.encode("utf-8", "surrogatepass"))
