"""Sentences of everyday written service: full stops, but also line breaks, lists, and "What?! Really?? No way!!!"."""

from __future__ import annotations

import re

from toneguard.findings import Span, new_span

# Begins with one class of characters, to which the engine jumps; two alternatives would be tried at every place.
END = re.compile(r"[.!?…\n](?:(?<=\n)|[.!?…]*[\"'”’)\]*]*(?=\s|\Z))")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:mr|mrs|ms|mx|dr|prof|st|mt|no|nos|vs|etc|approx|appt|dept|est|inc|ltd|pty|co|corp|jr|sr|ph|tel|ext"
    r"|e\.g|i\.e|eg|ie|a\.m|p\.m|cf|fig|ref|qty|max|min|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|u\.s|u\.k|[a-z])\Z"
)
LONGEST_ABBREVIATION = 6
# Abbreviations that end a sentence as often as not: a capital after them decides.
CLOSING_ABBREVIATIONS = ("etc", "a.m", "p.m", "ltd", "inc", "co")
# Abbreviations that are words as well ("She said no.", "It came on Sat."): a number after them decides.
NUMBERED = frozenset(
    "no nos est max min ext ref fig tel ph mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept "
    "oct nov dec".split()
)
BULLET = re.compile(r"[ \t]*(?:[-*•·–—]|\d{1,2}[.)]|[a-z][.)]|step \d)[ \t]", re.IGNORECASE)
WRAP_WIDTH = 55
"""Lines shorter than this were ended by their writer; longer ones may have been wrapped by a program."""


def split_sentences(text: str, folded: str) -> tuple[Span, ...]:
    """The sentences of ``text`` without the white space around them."""
    spans: list[Span] = []
    start = 0
    size = len(text)
    for match in END.finditer(folded):
        if match.start() < start:
            continue
        if folded[match.start()] == "\n":
            if not line_ends_sentence(text, start, match.start()):
                continue
        elif match.end() < size and not stop_ends_sentence(text, folded, start, match):
            continue
        add(spans, text, start, match.end())
        start = match.end()
    add(spans, text, start, size)
    return tuple(spans)


def add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Append the stretch without white space around it, if it holds a letter or a digit or is all there is of a line."""
    if text[start:end].isspace():
        return
    if text[start : start + 1].isspace():
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
    if text[end - 1 : end].isspace():
        end = start + len(text[start:end].rstrip())
    if end > start:
        if text[start].isalnum() or LETTER_OR_DIGIT.search(text, start, end):
            spans.append(new_span((start, end)))
        elif spans and text[spans[-1].end : start].strip() == "" and "\n" not in text[spans[-1].end : start]:
            spans[-1] = Span(spans[-1].start, end)  # a lone "!!" or emoji belongs to what it follows
        else:
            spans.append(Span(start, end))


def stop_ends_sentence(text: str, folded: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop at ``match`` ends the sentence that began at ``start``; more text follows it."""
    mark = match.group()
    following = match.end()
    while following < len(text) and text[following].isspace():
        if text[following] == "\n":
            return True
        following += 1
    if following >= len(text):
        return True
    successor = text[following]
    if mark[0] == "." and mark.rstrip("\"'”’)]*") == ".":
        word = folded[max(start, match.start() - LONGEST_ABBREVIATION - 1) : match.start()]
        if len(word) > LONGEST_ABBREVIATION and word.isalpha():
            return True  # the word before it is too long for what is looked for below
        abbreviation = ABBREVIATION.search(folded, max(start, match.start() - 12), match.start())
        if abbreviation:
            word = abbreviation.group().strip("( \"'\n\t")
            if word in CLOSING_ABBREVIATIONS:
                return successor.isupper()
            if word in NUMBERED:
                return not successor.isdigit()
            # "i" alone ends sentences ("so do I."); other single letters are initials.
            return word == "i"
        line = folded.rfind("\n", start, match.start()) + 1 or start
        return not re.fullmatch(r"\s*\d{1,2}", folded[max(line, start) : match.start()])  # "1. Open the app"
    if mark[0] in ".…":
        return not successor.islower()
    return True


def line_ends_sentence(text: str, start: int, newline: int) -> bool:
    """Whether the line break at ``newline`` ends the sentence that began at ``start``."""
    if not text[start:newline].strip():
        return True
    following = text[newline + 1 : newline + 200]
    if not following.strip() or following[0] == "\n" or following[:2] == "\r\n" or BULLET.match(following):
        return True
    line_start = text.rfind("\n", 0, newline) + 1
    line = text[line_start:newline].strip()
    successor = following.lstrip()[0]
    if len(line) < WRAP_WIDTH:
        return not successor.islower()
    return False
