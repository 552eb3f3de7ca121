"""``manage.py toneguard_score``: every message of the help desk's tickets, reviewed as ``toneguard score`` does."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from helpdesk.models import Queue

from toneguard.archives import score_archive
from toneguard.archives.write import ending_of, refuse
from toneguard.errors import ToneGuardError
from toneguard.insights.summary import Summary
from toneguard.integrations.django.archive import put_aside, tickets
from toneguard.integrations.django.conf import pipeline


class Command(BaseCommand):
    """Scores tickets into a table."""

    help = (
        "Review what was written in tickets, each message in the light of those before it, and write one row each. "
        "Private notes are not read. Without --with-text the table holds no text."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The options of ``toneguard score`` that make sense here, and which tickets."""
        parser.add_argument("--out", "-o", type=Path, required=True, help="Where rows go: .jsonl, .csv, .parquet.")
        parser.add_argument("--since", type=day, metavar="DATE", help="Tickets with messages since 2026-07-01.")
        parser.add_argument("--queue", action="append", default=[], metavar="SLUG", help="Of this queue; repeat it.")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="How the summary is printed.")
        parser.add_argument("--with-text", action="store_true", help="Keep what people wrote in the rows.")
        parser.add_argument("--overwrite", action="store_true", help="Replace files that are already there.")

    def handle(self, *_: Any, **options: Any) -> None:
        """Score, and say what was found."""
        out: Path = options["out"]
        known = set(Queue.objects.values_list("slug", flat=True))
        for slug in options["queue"]:
            if slug not in known:
                raise CommandError(f"--queue {slug}: there is no such queue; there are {', '.join(sorted(known))}")
        try:
            ending_of(out)
            refuse(out, overwrite=options["overwrite"])
            reviewer = pipeline()
            with put_aside(tickets(options["queue"], options["since"]), out) as source:
                report = score_archive(
                    source,
                    out,
                    reviewer,
                    with_text=options["with_text"],
                    overwrite=options["overwrite"],
                    summary=Summary(),
                )
        except ToneGuardError as problem:
            raise CommandError(str(problem)) from None
        report = replace(report, source=Path("helpdesk"))
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.to_dict(), indent=2, ensure_ascii=False))
        elif report.summary is not None:
            self.stdout.write("\n".join(report.summary.lines()))
        self.stderr.write(
            f"{report.scored:,} messages of {report.conversations:,} tickets, {report.seconds:.1f} s; results: {out}"
        )
        if report.rejected_file:
            raise CommandError(f"{report.rejected} messages could not be read: {report.rejected_file}", returncode=3)


def day(text: str) -> datetime:
    """The beginning of a day in the site's time zone."""
    try:
        begins = datetime.combine(date.fromisoformat(text), datetime.min.time())
    except ValueError:
        raise argparse.ArgumentTypeError("write a date as 2026-07-01") from None
    return begins.replace(tzinfo=timezone.get_current_timezone()) if settings.USE_TZ else begins
