"""JUnit's XML, as Jenkins and most build servers read it: a suite per file, a failing case per problem."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toneguard.macros import Report
from toneguard.reviews import Level

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report, fail_on: Level) -> str:
    """A suite for each file; files without problems have one case that passes.

    Problems below ``fail_on`` are cases that pass, with what was found as their output.
    """
    by_file = {path: list(found) for path, found in groupby(report.problems, lambda problem: problem.path)}
    root = Element("testsuites", name="toneguard")
    tests = failures = 0
    for path in dict.fromkeys([*report.sources, *by_file]):
        problems = by_file.get(path, [])
        failing = sum(found.level.rank >= fail_on.rank for found in problems)
        cases = max(len(problems), 1)
        suite = SubElement(
            root, "testsuite", name=clean(path), tests=str(cases), failures=str(failing), errors="0", skipped="0"
        )
        for found in problems:
            name = f"{found.rule} at {found.line}:{found.column}"
            case = SubElement(suite, "testcase", name=name, classname=clean(path), time="0")
            words = f"{found.path}:{found.line}:{found.column}: {found.level.value} {found.rule}: {found.message}"
            if found.level.rank >= fail_on.rank:
                failure = SubElement(case, "failure", message=clean(found.message), type=found.level.value)
                failure.text = clean(words)
            else:
                SubElement(case, "system-out").text = clean(words)
        if not problems:
            SubElement(suite, "testcase", name="no problems", classname=clean(path), time="0")
        tests += cases
        failures += failing
    root.attrib |= {"tests": str(tests), "failures": str(failures), "errors": "0"}
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return NOT_XML.sub("�", text)
