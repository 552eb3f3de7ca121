"""The commands for a team's own voice."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from toneguard.cli.commands import Format, FormatOption, terminal


def read_replies(path: Path) -> list[str]:
    """Example replies: each ``text`` of .jsonl and .csv; of other files what lines of ``---`` part, or each line."""
    from toneguard.errors import InvalidInput
    from toneguard.resources.text import decode

    try:
        text = decode(path.read_bytes(), str(path))
    except OSError as problem:
        raise InvalidInput(f"{path}: cannot be read ({problem.strerror})") from None
    ending = path.suffix.lower()
    replies = []
    if ending in (".jsonl", ".ndjson"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                try:
                    replies.append(json.loads(line)["text"])
                except (ValueError, KeyError, TypeError):
                    raise InvalidInput(f"{path}:{number}: expected an object with a 'text'") from None
    elif ending == ".csv":
        reader = csv.DictReader(io.StringIO(text))
        if "text" not in (reader.fieldnames or []):
            raise InvalidInput(f"{path}: there is no column 'text'; columns: {', '.join(reader.fieldnames or [])}")
        replies = [row["text"] or "" for row in reader]
    else:
        separated = "\n---\n" in text
        replies = text.split("\n---\n") if separated else text.splitlines()
    replies = [reply.strip() for reply in replies if isinstance(reply, str) and reply.strip()]
    if not replies:
        raise InvalidInput(f"{path}: holds no replies")
    return replies


def fit(
    on_brand: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="Replies in the team's voice: .jsonl or .csv with a text each, or one a line.",
        ),
    ],
    off_brand: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Replies that are not; without them the voice is held against replies in general."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where the voice is written.")] = Path(
        "voice.json"
    ),
    name: Annotated[str, typer.Option(help="What the voice is called.")] = "our voice",
    tier: Annotated[
        str, typer.Option(help="fast, or accurate: better, needs off-brand replies, scores in that tier only.")
    ] = "fast",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is already there.")] = False,
) -> None:
    """Learn a voice from example replies, in seconds; none of their text is kept.

    Then name it in the standard: [options.brand_voice] voice = "voice.json"
    """
    from toneguard.analysers.brand_voice.fit import fit_voice
    from toneguard.errors import InvalidInput

    if out.exists() and not overwrite:
        raise InvalidInput(f"{out}: is already there; --overwrite replaces it")
    voice = fit_voice(read_replies(on_brand), read_replies(off_brand) if off_brand else (), name=name, tier=tier)
    voice.save(out)
    show(out, Format.TEXT)


def show(
    voice: Annotated[Path, typer.Argument(metavar="VOICE", help="A file that brand fit wrote.")],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Say what a fitted voice learnt: how well it can be told, and which phrases and habits make it."""
    from toneguard.analysers.brand_voice.voice import Voice

    fitted = Voice.load(voice)
    if output_format is Format.JSON:
        sys.stdout.write(json.dumps(fitted.to_dict(), indent=2, ensure_ascii=False) + "\n")
        return
    from rich.text import Text

    console = terminal()
    console.print(Text(fitted.name, style="bold"))
    against = f"{fitted.off} that are not" if fitted.contrast == "off-brand" else "service replies in general"
    console.print(f"from {fitted.on} replies of the team, against {against}; {voice}")
    if fitted.encoder:
        console.print(f"scores in the tier accurate, with encoder {fitted.encoder}")
    for left in fitted.left_out:
        console.print(Text(f"left out: {left}", style="bright_black"))
    if fitted.abstains:
        console.print(Text(f"It will not score: {fitted.abstains}", style="yellow"))
        return
    if "auc" in fitted.metrics:
        metrics = fitted.metrics
        console.print(
            f"tells the team's replies from others with AUC {metrics['auc']:.2f}"
            f" (95 % interval {metrics['auc_low']:.2f} to {metrics['auc_high']:.2f}, cross-validated)"
        )
    phrases = sorted(fitted.phrases, key=lambda phrase: -phrase.weight)
    for title, chosen in (("Sounds like you", phrases[:12]), ("Does not", phrases[:-13:-1])):
        words = [phrase.described for phrase in chosen if (phrase.weight > 0) == (title == "Sounds like you")]
        console.print(
            Text(f"{title}: ", style="green" if title == "Sounds like you" else "red")
            + Text(", ".join(words) or "nothing in particular")
        )
