"""What a person at a terminal sees: the message with its findings underlined, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from toneguard.reviews import Level, Remark, Review, Verdict

STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.SUGGESTION: "cyan", Level.NOTE: "bright_black"}
MARKS = {Level.ERROR: "^", Level.WARNING: "~", Level.SUGGESTION: "-", Level.NOTE: "."}
VERDICTS = {
    Verdict.PASS: ("PASS", "black on green", "nothing that must change"),
    Verdict.REVISE: ("REVISE", "black on yellow", "change it before it goes out"),
    Verdict.HOLD: ("HOLD", "white on red", "do not send this"),
    Verdict.UNKNOWN: ("UNKNOWN", "black on white", "a required check could not run"),
}
SHOWN_SCORES = (
    "sentiment",
    "politeness",
    "dissatisfaction",
    "brand_voice",
    "flesch_kincaid_grade",
    "flesch_reading_ease",
    "words",
    "longest_sentence",
)
WIDEST = 100


def show_review(console: Console, text: str, review: Review, *, notes: bool, advice: dict[str, str]) -> None:
    """Print a review; ``notes`` includes findings of level note, ``advice`` holds what to do by rule."""
    remarks = [found for found in review.findings if notes or found.level.barks]
    hidden = len(review.findings) - len(remarks)
    console.print(headline(review, remarks))
    console.print()
    width = min(console.width, WIDEST) - 4
    for line in underlined(text, remarks, width):
        console.print(Text("  ") + line, soft_wrap=True)
    for found in sorted(remarks, key=lambda r: -r.level.rank):
        console.print()
        show_remark(console, found, text, width, advice.get(found.rule, ""))
    console.print()
    show_scores(console, review)
    for skipped in review.skipped:
        console.print(Text(f"  {skipped.analyser} was skipped: {skipped.reason}", style="red"))
    if hidden:
        console.print(
            Text(f"  {hidden} note{'s' if hidden > 1 else ''} not shown (--notes shows them)", style="bright_black")
        )


def headline(review: Review, remarks: Sequence[Remark]) -> Text:
    """The verdict and the counts."""
    counts = [
        f"{count} {level.value}{'s' if count > 1 else ''}"
        for level in (Level.ERROR, Level.WARNING, Level.SUGGESTION, Level.NOTE)
        if (count := sum(1 for found in remarks if found.level is level))
    ]
    summary = ", ".join(counts) or "no findings"
    line = Text()
    if review.verdict is None:
        line.append(f" {review.role.value.upper()} ", style="black on white")
        line.append(f"  read, not judged: {summary}")
    else:
        name, style, meaning = VERDICTS[review.verdict]
        line.append(f" {name} ", style=style)
        line.append(f"  {meaning}: {summary}" if counts else f"  {meaning}")
    return line


def underlined(text: str, remarks: Sequence[Remark], width: int) -> list[Text]:
    """The text in rows of at most ``width`` cells, each followed by a row of marks where findings lie."""
    worst: dict[int, Level] = {}
    for found in sorted(remarks, key=lambda r: r.level.rank):
        if found.span is not None:
            worst.update(dict.fromkeys(range(found.span.start, found.span.end), found.level))
    rows: list[Text] = []
    for start, end in visual_rows(text, width):
        line, marks = Text(), Text()
        for offset in range(start, end):
            character = text[offset] if text[offset].isprintable() else "�" if text[offset] not in "\t\r" else " "
            level = worst.get(offset)
            line.append(character, style=STYLES[level] if level else "")
            marks.append((MARKS[level] if level else " ") * cell_len(character), style=STYLES[level] if level else "")
        rows.append(line)
        if marks.plain.strip():
            marks.rstrip()
            rows.append(marks)
    return rows


def visual_rows(text: str, width: int) -> list[tuple[int, int]]:
    """Start and end of each row, broken at white space where a line is wider than ``width`` cells."""
    rows: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        row = start
        while cell_len(text[row:end]) > width:
            stop = row
            cells = 0
            while stop < end and (cells := cells + cell_len(text[stop])) <= width:
                stop += 1
            blank = text.rfind(" ", row, stop)
            stop = blank + 1 if blank > row else max(stop, row + 1)
            rows.append((row, stop))
            row = stop
        rows.append((row, end))
        start = end + 1
    return rows


def show_remark(console: Console, found: Remark, text: str, width: int, advice: str) -> None:
    """One finding: level and rule, what it says, what to write instead."""
    head = Text("  ")
    head.append(f"{found.level.value:<12}", style=STYLES[found.level])
    head.append(found.rule, style="bold")
    if found.span is not None and not found.rule.startswith("privacy/"):
        quoted = " ".join(text[found.span.start : found.span.end].split())
        head.append(f'  "{quoted if len(quoted) <= 50 else quoted[:47] + "..."}"', style="bright_black")
    console.print(head, soft_wrap=True)
    body = Table.grid(padding=0)
    body.add_column(width=12)
    body.add_column(max_width=max(20, width - 12))
    body.add_row("", Text(found.message))
    if found.replacements:
        label = Text("instead: ", style="green")
        for position, replacement in enumerate(found.replacements[:3]):
            label.append((" / " if position else "") + (replacement or "(leave it out)"))
        body.add_row("", label)
    elif advice:
        body.add_row("", Text("do: ", style="green") + Text(advice))
    for evidence in found.evidence:
        if evidence.message_id is not None:
            body.add_row("", Text(f"because of message {evidence.message_id}", style="bright_black"))
    console.print(body)


def show_scores(console: Console, review: Review) -> None:
    """The main scores, with what they rest on."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    for name in SHOWN_SCORES:
        score = review.scores.get(name)
        if score is None or (score.value is None and score.because.startswith("asked of")):
            continue
        value = "-" if score.value is None else f"{score.value:.2f}".removesuffix(".00")
        if score.interval:
            value += f" ({round(score.interval[0])} to {round(score.interval[1])})"
        reason = f"{score.label}: {score.because}" if score.label else score.because
        grid.add_row(Text(f"  {name}"), Text(value, style="bold"), Text(reason, style="bright_black"))
    console.print(grid)
