"""Personal data found, missed and cried wolf over, beside Presidio in the same run.

    python benchmarks/quality/privacy.py DIR [--frozen]

Sets: our own development part (``corpora/privacy/train``) or, with ``--frozen``, the held-back third, which is there
for one report; and from DIR (public, MIT) ``privacy/synthetic_pii.jsonl.gz`` (microsoft/presidio-research @ 7622dec;
every third template; some were looked at while building) and ``privacy/recogniser_vectors.jsonl.gz``
(microsoft/presidio @ 0aa9f8e). A match covers at least half of the true span and is not much longer (half as long again
and five characters). F2 weighs recall four times as much as precision. Presidio runs in the peers' environment (see
``speed.py``); where there is none, its columns stay empty.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from toneguard.analysers.privacy import entities
from toneguard.analysers.privacy.recognise import formatted_in
from toneguard.documents import parse
from toneguard.messages import Message
from toneguard.training.names import matches as covers

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
Span = tuple[int, int, str]
TYPES = {
    "PERSON": "person-name", "STREET_ADDRESS": "street-address", "EMAIL_ADDRESS": "email-address",
    "PHONE_NUMBER": "phone-number", "CREDIT_CARD": "payment-card", "IBAN_CODE": "iban", "IP_ADDRESS": "ip-address",
    "US_SSN": "us-social-security-number", "UK_NHS": "nhs-number", "UK_NINO": "uk-national-insurance-number",
    "AU_TFN": "tax-file-number", "AU_ABN": "australian-business-number", "AU_ACN": "australian-company-number",
    "AU_MEDICARE": "medicare-number", "US_PASSPORT": "passport-number", "US_DRIVER_LICENSE": "driver-licence",
    "US_BANK_NUMBER": "bank-account",
}  # fmt: skip
"""Our names of the types that Presidio and its sets know; others (places, dates, organisations) are left out."""
NAME = "person-name"
REAL = 3000


def rows(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def ours(texts: Sequence[dict[str, Any]]) -> tuple[list[list[Span]], float]:
    documents = [parse(Message(row["text"], role=row.get("role", "customer"))) for row in texts]
    entities(parse(Message("Call 0491 570 156 or write to sam@example.com.")))
    clock = time.process_time()
    documents = [parse(document.message) for document in documents]
    found = [
        [(e.span.start, e.span.end, e.rule.removeprefix("privacy/")) for e in entities(document)]
        for document in documents
    ]
    return found, len(texts) / (time.process_time() - clock)


def pace_without_names(texts: Sequence[dict[str, Any]]) -> float:
    """Messages a CPU-second where only what Presidio's pattern engine reads is read: all but names."""
    clock = time.process_time()
    for row in texts:
        formatted_in(parse(Message(row["text"], role=row.get("role", "customer"))))
    return len(texts) / (time.process_time() - clock)


def theirs(texts: Sequence[dict[str, Any]]) -> tuple[list[list[Span]], float] | None:
    if not PEERS.exists():
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": row["text"]}) + "\n" for row in texts)
        file.flush()
        command = [str(PEERS), str(ROOT / "benchmarks/peers/presidio_spans.py"), file.name]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = [[(s, e, TYPES[kind]) for s, e, kind in json.loads(line) if kind in TYPES] for line in lines[:-1]]
    return found, json.loads(lines[-1])["messages_per_cpu_s"]


def matches(true: Span, given: Span) -> bool:
    """Whether a span found counts as the true one."""
    return true[2] == given[2] and covers(true[:2], given[:2])


def count(truth: Iterable[Sequence[Span]], given: Iterable[Sequence[Span]]) -> dict[str, Counter[str]]:
    """By entity: true spans found and missed, and spans found that are none."""
    counts: dict[str, Counter[str]] = {}
    for right, said in zip(truth, given, strict=True):
        for span in right:
            hit = any(matches(span, other) for other in said)
            counts.setdefault(span[2], Counter())["found" if hit else "missed"] += 1
        for other in said:
            if not any(matches(span, other) for span in right):
                counts.setdefault(other[2], Counter())["false"] += 1
    return counts


def figures(one: Counter[str]) -> str:
    found, missed, false = one["found"], one["missed"], one["false"]
    precision = found / (found + false) if found + false else 0.0
    recall = found / (found + missed) if found + missed else 0.0
    f2 = 5 * precision * recall / (4 * precision + recall) if precision + recall else 0.0
    return f"{precision:5.2f} {recall:5.2f} {f2:5.2f}"


def pace(texts: Sequence[dict[str, Any]], mine: float, peer: float | None) -> str:
    """Messages a CPU-second of both."""
    bare = pace_without_names(texts)
    beside = f"; Presidio {peer:.0f}, so {mine / peer:.1f} and {bare / peer:.1f} times" if peer else ""
    return f"messages a CPU-second: {mine:.0f} with names, {bare:.0f} without{beside}"


def report(name: str, texts: Sequence[dict[str, Any]], truth: Sequence[Sequence[Span]]) -> None:
    mine, peer = ours(texts), theirs(texts)
    print(f"\n{name}: {len(texts)} texts. Precision, recall, F2.")
    print(f"{'':32}{'n':>5}  {'ToneGuard':18}{'Presidio':18}")
    by_me = count(truth, mine[0])
    by_peer = count(truth, peer[0]) if peer else {}
    for entity in sorted({span[2] for spans in truth for span in spans} | set(by_me)):
        one = by_me.get(entity, Counter())
        other = figures(by_peer[entity]) if entity in by_peer else ""
        print(f"{entity:32}{one['found'] + one['missed']:5}  {figures(one):18}{other:18}")
    for label, kept in (("all but names", lambda e: e != NAME), ("all", lambda _e: True)):
        total = sum((c for e, c in by_me.items() if kept(e)), Counter())
        other = figures(sum((c for e, c in by_peer.items() if kept(e)), Counter())) if peer else ""
        print(f"{label:32}{total['found'] + total['missed']:5}  {figures(total):18}{other:18}")
    quiet = [place for place, row in enumerate(texts) if row.get("kind") in ("lookalike", "clean")]
    if quiet:
        alarms = Counter(span[2] for place in quiet for span in mine[0][place])
        shown = ", ".join(f"{entity} {1000 * n / len(quiet):.1f}" for entity, n in alarms.most_common()) or "none"
        print(f"false alarms per 1,000 of {len(quiet)} texts without personal data: {shown}")
    print(pace(texts, mine[1], peer[1] if peer else None))
    for kind in ("lookalike", "clean"):
        places = [place for place, row in enumerate(texts) if row.get("kind") == kind]
        if places:
            wrong = [sum(1 for place in places if any(s[2] != NAME for s in mine[0][place]))]
            wrong.append(sum(1 for place in places if mine[0][place]))
            line = f"{kind} texts flagged: {wrong[0]} of {len(places)} without names, {wrong[1]} with"
            if peer:
                line += f"; Presidio {sum(1 for place in places if peer[0][place])}"
            print(line)
    origins: dict[str, Counter[str]] = {}
    for row, said in zip(texts, mine[0], strict=True):
        for span in row.get("spans", ()):
            if span.get("origin"):
                true = (span["start"], span["end"], NAME)
                hit = any(matches(true, other) for other in said)
                origins.setdefault(span["origin"], Counter())["found" if hit else "missed"] += 1
    if origins:
        shown = ", ".join(f"{o} {c['found']}/{c['found'] + c['missed']}" for o, c in sorted(origins.items()))
        print(f"names found by origin: {shown}")


def report_pace(texts: Sequence[dict[str, Any]]) -> None:
    """The pace on what fills an archive: real messages, of which few hold personal data."""
    mine, peer = ours(texts), theirs(texts)
    print(f"\n{len(texts)} real messages of support: {pace(texts, mine[1], peer[1] if peer else None)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--frozen", action="store_true", help="the held-back third, for the one report")
    arguments = parser.parse_args()
    for path in sorted((ROOT / "corpora/privacy" / ("frozen" if arguments.frozen else "train")).glob("*.jsonl")):
        texts = rows(path)
        truth = [[(s["start"], s["end"], s["entity"]) for s in row["spans"]] for row in texts]
        report(f"own, {path.parent.name}/{path.name}", texts, truth)
    texts = [row for row in rows(arguments.data / "privacy/synthetic_pii.jsonl.gz") if row["template_id"] % 3 == 0]
    truth = [[(s["start"], s["end"], TYPES[s["label"]]) for s in row["spans"] if s["label"] in TYPES] for row in texts]
    report("synthetic_pii, every third template", texts, truth)
    for label in ("IBAN_CODE", "IP_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "EMAIL_ADDRESS"):
        texts = [row for row in rows(arguments.data / "privacy/recogniser_vectors.jsonl.gz") if row["entity"] == label]
        truth = [[(s["start"], s["end"], TYPES[label]) for s in row["spans"]] for row in texts]
        report(f"recogniser_vectors, {label}", texts, truth)
    report_pace(rows(arguments.data / "conversations/support_conversations.jsonl.gz")[:REAL])


if __name__ == "__main__":
    main()
