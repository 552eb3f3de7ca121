"""``manage.py toneguard_check``: the help desk's canned replies, checked as ``toneguard check`` does with files."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from helpdesk.models import PreSetReply

from toneguard.errors import ToneGuardError
from toneguard.integrations.django.conf import pipeline
from toneguard.integrations.django.conversations import CHANNEL
from toneguard.macros import check_texts
from toneguard.reviews import Level

LEVELS = ("note", "suggestion", "warning", "error")


class Command(BaseCommand):
    """Checks pre-set replies."""

    help = "Check the pre-set replies, by line and column. Placeholders such as {{ ticket.title }} are no findings."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The options of ``toneguard check`` that make sense here."""
        parser.add_argument("--format", choices=("text", "json"), default="text", help="How findings are printed.")
        parser.add_argument(
            "--fail-on",
            choices=(*LEVELS, "never"),
            default="warning",
            help="Exit with 1 from this level of findings on (warning).",
        )
        parser.add_argument("--notes", action="store_true", help="Also show findings of level note.")

    def handle(self, *_: Any, **options: Any) -> None:
        """Check, and say what was found."""
        replies = PreSetReply.objects.order_by("name", "pk").values_list("pk", "name", "body")
        texts = [(f"{name} (#{key})", body) for key, name, body in replies]
        try:
            report = check_texts(texts, pipeline(), channel=CHANNEL)
        except ToneGuardError as problem:
            raise CommandError(str(problem)) from None
        shown = [one for one in report.problems if options["notes"] or one.level.barks]
        if options["format"] == "json":
            self.stdout.write(json.dumps([one.to_dict() for one in shown], indent=2, ensure_ascii=False))
        else:
            for one in shown:
                instead = f" Instead: {' / '.join(one.replacements)}" if one.replacements else ""
                place = f"{one.path}:{one.line}:{one.column}"
                self.stdout.write(f"{place}: {one.level.value} {one.rule}: {one.message}{instead}")
        self.stderr.write(f"{report.replies} pre-set replies, {len(shown)} findings")
        worst = max((one.level.rank for one in report.problems), default=0)
        if options["fail_on"] != "never" and worst >= Level(options["fail_on"]).rank:
            raise CommandError("some pre-set replies need another look", returncode=1)
