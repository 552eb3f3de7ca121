"""The commands for whole archives: score, redact, demo."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from toneguard.archives import ArchiveReport
from toneguard.cli.commands import Format, FormatOption, StandardOption, open_pipeline, terminal

MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="THEIRS=OURS", help="A column of the archive and the field that it holds; repeat it."
    ),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace files that are already there.")]


def mapping_of(given: list[str] | None) -> dict[str, str] | None:
    """``theirs=ours`` pairs as a mapping."""
    from toneguard.errors import InvalidInput

    pairs = {}
    for item in given or []:
        theirs, equals, ours = item.rpartition("=")
        if not equals or not theirs or not ours:
            raise InvalidInput(f"--map {item!r}: write it as THEIRS=OURS, for instance --map body=text")
        pairs[theirs] = ours
    return pairs or None


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar with rows a second and the time left, on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Task as BarTask
    from rich.text import Text

    class Rate(ProgressColumn):
        """Rows a second."""

        def render(self, task: BarTask) -> Text:
            return Text(f"{task.speed:,.0f} rows/s" if task.speed else "", style="bright_black")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=terminal(error=True), transient=True) as bar:
        task = bar.add_task("counting rows", total=None)

        def show(done: int, total: int) -> None:
            bar.update(
                task, description=what if done else "counting rows", completed=done, total=total if done else None
            )

        yield show


def score(
    archive: Annotated[
        Path, typer.Argument(metavar="ARCHIVE", help="JSON Lines, CSV, TSV or Parquet; .gz of the text formats too.")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="Where results go: .jsonl, .csv, .parquet."),
    ],
    standard: StandardOption = None,
    mapping: MapOption = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Keep what people wrote in the results.")] = False,
    overwrite: OverwriteOption = False,
    limit: Annotated[int | None, typer.Option(metavar="ROWS", help="Read at most so many rows.")] = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Review every message of an archive, write one row each, and print a summary.

    Rows need a conversation_id, a role and a text; other columns are kept. Rows that cannot be read are listed in
    FILE.rejected.jsonl. Exit code 0: all rows were scored; 3: some were rejected; 2: the call is wrong.

    Example: toneguard score tickets.csv --out scores.parquet --map body=text --map author=role
    """
    report = run_score(archive, out, standard, mapping_of(mapping), with_text, overwrite, limit)
    show_report(report, output_format)
    if report.rejected:
        raise typer.Exit(3)


def demo(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Keep the results in this file.")
    ] = None,
    standard: StandardOption = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Score the demo archive: conversations of an invented Australian online shop, good and bad."""
    source = demo_archive()
    with tempfile.TemporaryDirectory() as folder:
        target = out or Path(folder) / "demo.jsonl"
        report = run_score(source, target, standard, None, False, True, None)
    show_report(report, output_format, kept=out is not None)
    if output_format is Format.TEXT:
        say = terminal(error=True)
        say.print("\nTry one draft yourself:", style="bold")
        say.print('  toneguard review "We don\'t do refunds." --before "customer: The kettle arrived cracked."')
        say.print("  toneguard explain respect/blame-customer")


def demo_archive() -> Path:
    """Where the demo archive lies: in the package, or in the checkout."""
    from toneguard.errors import ArchiveError

    here = Path(__file__).resolve()
    for folder in (here.parents[3], here.parents[1]):
        path = folder / "corpora" / "demo" / "archive.jsonl"
        if path.exists():
            return path
    raise ArchiveError("the demo archive is missing from this installation")


def run_score(
    archive: Path,
    out: Path,
    standard: str | None,
    mapping: dict[str, str] | None,
    with_text: bool,
    overwrite: bool,
    limit: int | None,
) -> ArchiveReport:
    """Score with a progress bar and a summary."""
    from toneguard.archives import score_archive
    from toneguard.insights.summary import Summary
    from toneguard.pipeline import keep_loaded

    pipeline = open_pipeline(standard)
    keep_loaded()  # this process is ours
    with progress_bar("scoring") as progress:
        return score_archive(
            archive,
            out,
            pipeline,
            mapping=mapping,
            with_text=with_text,
            overwrite=overwrite,
            limit=limit,
            progress=progress,
            summary=Summary(),
        )


def show_report(report: ArchiveReport, output_format: Format, *, kept: bool = True) -> None:
    """The summary on standard output; what was read and where results are, on standard error."""
    if output_format is Format.JSON:
        sys.stdout.write(json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n")
    elif report.summary is not None:
        from toneguard.cli.summary import show_summary

        show_summary(terminal(), report.summary)
    say = terminal(error=True)
    rate = report.scored / report.seconds if report.seconds else 0.0
    say.print(
        f"\n{report.rows_read:,} rows read, {report.scored:,} scored in {report.conversations:,} conversations,"
        f" {report.rejected:,} rejected; {report.seconds:.1f} s, {rate:,.0f} rows/s"
    )
    for note in report.notes:
        say.print(f"note: {note}", style="bright_black")
    if kept:
        say.print(f"results: {report.out}", style="bright_black", soft_wrap=True)
    if report.rejected_file:
        say.print(f"rejected rows, with line and reason: {report.rejected_file}", style="yellow", soft_wrap=True)


def redact(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT|FILE|ARCHIVE|-]", help="A text, a text file, an archive, or - for standard input."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to write; needed for an archive.")
    ] = None,
    mapping: MapOption = None,
    overwrite: OverwriteOption = False,
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file", metavar="FILE", help="A key of 32 random bytes: a value gets the same token everywhere."
        ),
    ] = None,
    last_four: Annotated[
        bool, typer.Option("--last-four", help="Leave the last four digits of cards, accounts and telephones.")
    ] = False,
    spacy: Annotated[
        str | None,
        typer.Option(
            "--spacy", metavar="PIPELINE", help="A trained spaCy pipeline (package or folder): mask its names too."
        ),
    ] = None,
) -> None:
    """Mask personal data with typed tokens such as <EMAIL-1>; the same value gets the same token in a conversation.

    An archive (.jsonl, .csv, .tsv, .parquet, .gz) is masked row by row into --out. Exit code 0: done, whatever was
    found; 3: done, but some rows could not be read; 2: the call is wrong.
    """
    from toneguard.analysers.privacy.keyed import read_key
    from toneguard.archives.formats import is_archive
    from toneguard.cli.commands import write_file
    from toneguard.cli.inputs import read_text
    from toneguard.errors import InvalidInput

    key = read_key(key_file) if key_file else None
    if text is not None and len(text) < 1000 and is_archive(Path(text)) and Path(text).is_file():
        from toneguard.archives.redact import redact_archive

        if out is None:
            raise InvalidInput("an archive is masked into a file: name it with --out FILE")
        with progress_bar("masking") as progress:
            report = redact_archive(
                text,
                out,
                mapping=mapping_of(mapping),
                overwrite=overwrite,
                progress=progress,
                key=key,
                last_four=last_four,
                spacy=spacy,
            )
        say = terminal(error=True)
        say.print(
            f"{report.rows_read:,} rows read, {report.masked:,} masked, {report.rejected:,} rejected;"
            f" {report.seconds:.1f} s"
        )
        say.print(f"columns that were not looked into: {', '.join(report.kept_columns)}", style="bright_black")
        if report.rejected_file:
            say.print(f"rejected rows, with line and reason: {report.rejected_file}", style="yellow", soft_wrap=True)
            raise typer.Exit(3)
        return
    from toneguard.analysers.privacy.redaction import redact as mask

    masked = mask(read_text(text), key=key, last_four=last_four, spacy=spacy)
    if out is None:
        sys.stdout.write(masked if masked.endswith("\n") else masked + "\n")
    else:
        if out.exists() and not overwrite:
            raise InvalidInput(f"{out}: is already there; --overwrite replaces it")
        write_file(out, masked)
