"""Canned replies from file to problem: places, placeholders, suppressions, and files that are no replies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toneguard.errors import InvalidInput
from toneguard.macros import Problem, Report, check_files, find_files
from toneguard.macros.placeholders import placeholders
from toneguard.pipeline import Pipeline
from toneguard.reviews import Level

PIPELINE = Pipeline()
BLAME = "respect/blame-customer"


def check(tmp_path: Path, name: str, source: str | bytes, **settings: object) -> Report:
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return check_files([path], PIPELINE, **settings)  # type: ignore[arg-type]


def found(report: Report) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.rule) for one in report.problems if one.level.barks or one.rule.startswith("check/")]


def the(report: Report, rule: str) -> Problem:
    return next(one for one in report.problems if one.rule == rule)


def test_a_finding_has_line_column_and_what_to_write(tmp_path: Path) -> None:
    report = check(tmp_path, "late.txt", "Hi Sam,\n\n👍🏽 You should have told us. You can purchase a new one.\n")
    assert (3, 4, BLAME) in found(report)
    one = the(report, BLAME)
    source = next(iter(report.sources.values()))
    assert source[one.start : one.end] == "You should have told"
    assert (one.end_line, one.end_column) == (3, 24)
    swap = the(report, "plain/purchase")
    assert swap.fixes == swap.replacements != ()
    assert report.replies == 1


def test_what_is_missing_from_a_reply_is_said_at_its_first_line(tmp_path: Path) -> None:
    terms = tmp_path / "standard.toml"
    terms.write_text('name = "t"\nversion = "1"\nextends = "default"\n[options.brand_voice]\nterms = { must = ["Tidewater"] }\n')
    path = tmp_path / "a.txt"
    path.write_text("\n\n  Hi Sam,\nall done.\n")
    one = the(check_files([path], Pipeline.from_standard(terms)), "brand/missing-term")
    assert (one.line, one.column, one.start, one.end) == (3, 3, 4, 4)


@pytest.mark.parametrize("one", [
    "{{name}}", "{{{raw}}}", "{{ ticket.requester.first_name | default: 'there' }}", "{{dc.refund}}", "${order.total}",
    "%FIRST_NAME%", "%first_name%", "%{name}", "{first_name}", "*|FNAME|*", "«First_Name»", "[[name]]", "<<Name>>",
    "[FIRST NAME]", "[Customer]", "[insert date]", "<first name>", "<%= name %>", "{% if vip %}", "{{#if vip}}",
    "{{/if}}", "{{else}}", "{{! a note }}", "{# a note #}", "<% if vip %>",
])  # fmt: skip
def test_placeholders_are_no_findings(tmp_path: Path, one: str) -> None:
    [patch] = placeholders(f"Dear {one}, thanks.")
    assert (patch.start, patch.end) == (5, 5 + len(one))
    report = check(tmp_path, "a.txt", f"Dear Sam,\n\nYour parcel is on its way {one}. It should reach you on Friday.\n")
    assert "clarity/unfilled-placeholder" not in {problem.rule for problem in report.problems}


@pytest.mark.parametrize(
    "text", ["Take 20% off and 10% more.", "See [our guide](https://example.com).", "Choose <Settings>.", "A smile :{)"]
)
def test_what_is_no_placeholder_is_left_alone(text: str) -> None:
    assert placeholders(text) == []


def test_rules_see_through_placeholders_and_never_overwrite_them(tmp_path: Path) -> None:
    report = check(tmp_path, "a.txt", "Hi {{customer.first_name}},\n\nYou should have told {{agent.name}} sooner.\n")
    assert found(report) == [(3, 1, BLAME)]
    text = "Faulty items can only be returned within {{return_days}} days of purchase."
    within = check(tmp_path, "b.txt", text)
    assert any(rule.startswith("law/au/") for _, _, rule in found(within))
    for one in within.problems:
        assert not one.fixes or "{{" not in text[one.start : one.end]


def test_a_stand_in_alone_raises_nothing(tmp_path: Path) -> None:
    report = check(tmp_path, "a.txt", "Please ask {{agent.name}} or write to {{support.email}}.\n")
    assert "privacy/person-name" not in {one.rule for one in report.problems}


def test_a_half_filled_greeting_is_still_found(tmp_path: Path) -> None:
    assert (1, 1, "clarity/unfilled-placeholder") in found(check(tmp_path, "a.txt", "Hi null,\n\nYour refund is on its way.\n"))


TWO = "You should have told us.\nCalm down, please.\n"


@pytest.mark.parametrize(
    ("name", "source", "left"),
    [
        ("a.md", f"<!-- toneguard: allow {BLAME} -->\n{TWO}", ["respect/calm-down"]),
        ("a.md", f"You should have told us. <!-- toneguard: allow {BLAME} -->\nCalm down.\n", ["respect/calm-down"]),
        ("a.md", f"{TWO}<!-- toneguard: allow {BLAME} -->", [BLAME, "respect/calm-down", "check/unused-allow"]),
        ("a.txt", f"# toneguard: allow {BLAME} -- we quote a customer\n\n{TWO}", ["respect/calm-down"]),
        ("a.txt", f"# toneguard: allow {BLAME}\n# toneguard: allow respect/calm-down\n{TWO}", ["respect/calm-down", "check/unused-allow"]),
        ("a.txt", "# toneguard: allow respect/*\nYou should have told us. Calm down.\n", []),
        ("a.txt", f"# toneguard: allow {BLAME}, respect/calm-down\nYou should have told us. Calm down.\n", []),
        ("a.md", f"# toneguard: allow {BLAME}\n{TWO}", [BLAME, "respect/calm-down"]),
        ("a.html", f"<p>You should have told us.</p> <!-- toneguard: allow {BLAME} -->\n", []),
        ("a.yaml", f"# toneguard: allow respect/*\n- name: x\n  body: |\n    Hi,\n    {TWO.splitlines()[0]}\n    Calm down.\n", []),
        ("a.yaml", f"- body: |  # toneguard: allow {BLAME}\n    Hi,\n    You should have told us.\n- body: You should have told us.\n", [BLAME]),
        ("a.json", f'[{{"text": "You should have told us.", "toneguard": "allow {BLAME}"}}, {{"text": "You should have told us."}}]', [BLAME]),
        ("a.json", f'[{{"text": "You should have told us. <!-- toneguard: allow {BLAME} -->"}}, {{"text": "You should have told us."}}]', [BLAME]),
        ("a.csv", f"text,toneguard\nYou should have told us.,allow {BLAME}\nYou should have told us.,\n", [BLAME]),
        ("a.txt", "# toneguard: allow\nThanks.\n", ["check/unknown-rule"]),
        ("a.txt", "# toneguard: allow respect/blame\nYou should have told us.\n", ["check/unknown-rule", BLAME]),
        ("a.txt", "# toneguard: allow law/*\nWe don't do refunds.\n", ["check/cannot-be-allowed", "law/au/consumer-guarantees/no-refunds"]),
    ],
)  # fmt: skip
def test_suppressions(tmp_path: Path, name: str, source: str, left: list[str]) -> None:
    assert sorted(rule for _, _, rule in found(check(tmp_path, name, source))) == sorted(left)


def test_a_suppression_is_not_part_of_the_reply(tmp_path: Path) -> None:
    plain = check(tmp_path, "a.txt", f"Hi Sam,\n\n{TWO}")
    spoken = check(tmp_path, "b.txt", f"Hi Sam,\n\n# toneguard: allow {BLAME}\n{TWO}")
    assert [rule for _, _, rule in found(plain) if rule != BLAME] == [rule for _, _, rule in found(spoken)]


def test_a_locked_rule_cannot_be_allowed(tmp_path: Path) -> None:
    standard = tmp_path / "standard.toml"
    standard.write_text('name = "t"\nversion = "1"\nextends = "default"\nlocks = ["respect"]\n')
    path = tmp_path / "a.txt"
    path.write_text(f"# toneguard: allow {BLAME}\nYou should have told us.\n")
    rules = [rule for _, _, rule in found(check_files([path], Pipeline.from_standard(standard)))]
    assert rules == ["check/cannot-be-allowed", BLAME]


@pytest.mark.parametrize(
    ("name", "source", "line", "says"),
    [
        ("a.txt", b"ok\nnot \xff utf-8", 1, "not UTF-8 at line 2"),
        ("a.md", b"\x89PNG\0\0", 1, "is binary"),
        ("a.json", b'{"text": 1,\n]', 2, "is no JSON"),
        ("a.yaml", b"a: [", 1, "is no YAML"),
    ],
)
def test_unreadable_files_are_problems_and_the_rest_is_read(tmp_path: Path, name: str, source: bytes, line: int, says: str) -> None:
    (tmp_path / name).write_bytes(source)
    (tmp_path / "z.txt").write_text("You should have told us.")
    report = check_files(find_files([tmp_path]), PIPELINE)
    first, second = (one for one in report.problems if one.level.barks)
    assert (first.rule, first.level, first.line) == ("check/unreadable", Level.ERROR, line)
    assert says in first.message
    assert second.rule == BLAME


def test_huge_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as handle:
        handle.truncate(2 * 2**20)
    assert "larger than 1 MB" in the(check_files([path], PIPELINE), "check/unreadable").message


def test_replies_without_end_are_refused_at_their_place(tmp_path: Path) -> None:
    report = check(tmp_path, "a.txt", "You should have told us.\n---\n" + "So it goes. " * 10_000)
    assert found(report) == [(1, 1, BLAME), (3, 1, "check/unreadable")]
    assert "part several by lines of ---" in the(report, "check/unreadable").message


def test_files_without_replies_are_named(tmp_path: Path) -> None:
    report = check(tmp_path, "package.json", '{"name": "x"}')
    assert (len(report.empty), report.replies, report.problems) == (1, 0, ())


def test_the_channel_is_checked(tmp_path: Path) -> None:
    assert check(tmp_path, "a.txt", "Thanks, Sam.", channel="email").replies == 1
    with pytest.raises(InvalidInput, match="channel: 'fax' is not one of"):
        check(tmp_path, "a.txt", "Thanks.", channel="fax")


def test_folders_are_walked_and_patterns_leave_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "old/c.txt", "old/keep.txt", ".hidden/d.txt", "deep/e.yaml", "deep/drafts/f.txt", "g.png", "h.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / ".gitignore").write_text("old/*\n!keep.txt\n# a comment\n")
    (tmp_path / "deep" / ".toneguardignore").write_text("/drafts\n")
    os.symlink(tmp_path, tmp_path / "loop")

    def names(*paths: Path, exclude: tuple[str, ...] = ()) -> list[str]:
        return [path.relative_to(tmp_path).as_posix() for path in find_files(paths, exclude=exclude)]

    assert names(tmp_path) == ["a.md", "b.txt", "deep/e.yaml", "h.csv", "old/keep.txt"]
    assert names(tmp_path, exclude=("*.csv", "deep/")) == ["a.md", "b.txt", "old/keep.txt"]
    assert names(tmp_path / "old/c.txt", tmp_path / "g.png", tmp_path / "old/c.txt") == ["old/c.txt", "g.png"]
    assert names(tmp_path / "b.txt", exclude=("*.txt",)) == []


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there is no such file or folder"):
        find_files([tmp_path / "nowhere"])
