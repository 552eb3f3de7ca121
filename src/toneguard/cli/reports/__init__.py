"""What ``toneguard check`` found, in the formats that people, editors and build servers read: one function each."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from toneguard.macros import Report
from toneguard.reviews import Level


class CheckFormat(StrEnum):
    """The formats, by the names that other linters give them."""

    TEXT = "text"
    JSON = "json"
    JSON_LINES = "json-lines"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    SARIF = "sarif"
    RDJSON = "rdjson"


def writer(kind: CheckFormat) -> Callable[[Report, Level], str]:
    """The function that gives a report as text; it is told from which level on a problem counts as a failure."""
    from toneguard.cli.reports import builds, data, junit, rdjson, sarif, text

    return {
        CheckFormat.TEXT: text.text,
        CheckFormat.JSON: data.json_text,
        CheckFormat.JSON_LINES: data.json_lines,
        CheckFormat.GITHUB: builds.github,
        CheckFormat.GITLAB: builds.gitlab,
        CheckFormat.JUNIT: junit.junit,
        CheckFormat.SARIF: sarif.sarif,
        CheckFormat.RDJSON: rdjson.rdjson,
    }[kind]
