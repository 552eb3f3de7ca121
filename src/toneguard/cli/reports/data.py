"""JSON for programs: one object, or a line per problem."""

from __future__ import annotations

from toneguard._version import __version__
from toneguard.macros import Report
from toneguard.reviews import SCHEMA_VERSION, Level, dump


def json_text(report: Report, fail_on: Level) -> str:  # noqa: ARG001  (all formats are called alike)
    """One object: what was looked at, by which standard, and the problems."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "toneguard": __version__,
        "standard": report.standard.label,
        "files": len(report.sources),
        "replies": report.replies,
        "problems": [found.to_dict() for found in report.problems],
    }
    return dump(data, 2) + "\n"


def json_lines(report: Report, fail_on: Level) -> str:  # noqa: ARG001
    """An object a line, for each problem one."""
    return "".join(dump(found.to_dict()) + "\n" for found in report.problems)
