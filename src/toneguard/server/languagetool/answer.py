"""A review in the words of the LanguageTool protocol. Offsets and lengths count UTF-16 code units, as Java does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from toneguard._version import __version__
from toneguard.documents import parse
from toneguard.findings import Span
from toneguard.messages import Message
from toneguard.offsets import Utf16
from toneguard.reviews import Remark, Review
from toneguard.rules import Rule
from toneguard.server.languagetool.form import LANGUAGES, Asked

CONTEXT = 40
"""Characters around a match that its context shows."""
SENTENCE = 1_000
"""Characters of a sentence that a match shows whole; else every match in one without end would repeat all of it."""
SOFTWARE = {
    "name": "ToneGuard",
    "version": __version__,
    "buildDate": None,
    "apiVersion": 1,
    "premium": False,
    "premiumHint": "",
    "status": "",
}
DETECTED = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch"}


def answer(review: Review, asked: Asked, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The body of ``/v2/check``. Findings about something absent have no place in the text and are left out."""
    text = asked.text
    units = Utf16(text.sent)
    sentences = parse(Message(text.plain)).sentences
    starts = [sentence.start for sentence in sentences]
    matches = []
    for remark in review.findings:
        rule = rules.get(remark.rule)
        if remark.span is None or rule is None or not asked.wants(remark):
            continue
        first = sentences[max(0, bisect_right(starts, remark.span.start) - 1)]
        sentence = text.plain[around(remark.span, Span(first.start, max(first.end, remark.span.end)))]
        matches.append(match(remark, rule, text.place(remark.span), text.sent, units, sentence))
    ranges = [[units.at(end) for end in text.place(sentence)] for sentence in sentences]
    found = review.language
    return {
        "software": SOFTWARE,
        "warnings": {"incompleteResults": bool(review.skipped)},
        "language": {
            "name": LANGUAGES[asked.code],
            "code": asked.code,
            "detectedLanguage": {
                "name": DETECTED.get(found, found) if found else LANGUAGES[asked.code],
                "code": found or asked.code,
                # The recogniser says which language or none, without a number.
                "confidence": 1.0 if found else 0.0,
                "source": "toneguard" if found else "request",
            },
        },
        "matches": matches,
        "sentenceRanges": ranges,
        "extendedSentenceRanges": extended(ranges, found or asked.code),
    }


def around(place: Span, sentence: Span) -> slice:
    """The sentence, or of a very long one what stands around the place."""
    if sentence.end - sentence.start <= SENTENCE:
        return slice(sentence.start, sentence.end)
    return slice(max(sentence.start, place.start - CONTEXT), min(sentence.end, place.end + CONTEXT))


def match(remark: Remark, rule: Rule, place: Span, sent: str, units: Utf16, sentence: str) -> dict[str, Any]:
    """One finding."""
    start = units.at(place.start)
    message = f"{remark.message} {rule.advice}".strip()
    return {
        "message": message,
        "shortMessage": remark.message if len(remark.message) <= 60 else rule.name,
        "replacements": [{"value": value, "shortDescription": ""} for value in remark.replacements],
        "offset": start,
        "length": units.at(place.end) - start,
        "context": context(sent, place),
        "sentence": sentence,
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule.name,
            "subId": "",
            "description": rule.why,
            # Clients treat "misspelling" apart, with dictionaries of their own.
            "issueType": "style",
            "urls": [],
            "category": {"id": rule.pack, "name": rule.pack},
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def context(sent: str, place: Span) -> dict[str, Any]:
    """What stands around a match, on one line; its offset and length count within ``text``."""
    start, end = max(0, place.start - CONTEXT), min(len(sent), place.end + CONTEXT)
    before = "..." if start else ""
    text = "".join(" " if char in "\r\n\t" else char for char in sent[start:end])
    shown = before + text + ("..." if end < len(sent) else "")
    units = Utf16(shown)
    first = len(before) + place.start - start
    offset = units.at(first)
    return {"text": shown, "offset": offset, "length": units.at(first + place.end - place.start) - offset}


def extended(ranges: Sequence[Sequence[int]], language: str) -> list[dict[str, Any]]:
    """The sentences with their language."""
    detected = [{"language": language, "rate": 1.0}]
    return [{"from": start, "to": end, "detectedLanguages": detected} for start, end in ranges]
