"""Names of people in the run of the text: "I'm Tomasz", "I spoke to Karen", an answer, a contact line, a given name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toneguard.analysers.privacy.entity import LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.name_reader import (
    BEFORE_HERE,
    CALLED_BY_NAME,
    OF_ONESELF,
    WORD,
    Place,
    Reader,
)
from toneguard.documents import Document
from toneguard.resources.names import GIVEN_TERMS
from toneguard.resources.not_people import NO_PERSON_AFTER, NO_PERSON_BEFORE

# "I'm Tomasz", "this is Priya from", "Priya here", "I spoke to Karen"

AFTER_SELF = re.compile(
    r"\s?(?:[,.!(–-]|(?:from|with|at|here|calling|again|speaking|writing|and i(?:'m|'ve|'ll| am| have)?|your"
    r"|the|in|on|contacting"
    r"|emailing|chatting|messaging|looking)\b|\Z)"
)
THIS_IS = re.compile(r"\s?(?:[,(-]|(?:from|here|calling|again|speaking|writing|with|at)\b)")
SELF_CUES = frozenset({"i'm", "i am", "im", "this is", "it's"})
NO_INTRODUCTION = frozenset({".", "!", "", "at", "on", "in", "with"})
AFTER_HERE = re.compile(r"[,.!:]|(?P<from> from\b)| (?:at|again|with)\b|\s*\Z")
COMMA = re.compile(r",?(?: (?:again|so much|very much|a lot|heaps))?,?\s")


def self_named(reader: Reader) -> Iterator[Place]:
    """Those who name themselves or others: "I'm Tomasz, the team leader", "my husband Arjun"."""
    for start, end in reader.view.of("i am"):
        found = reader.name(end + 1, most=3) if reader.text[end : end + 1].isspace() else None
        if not found or reader.shouting:
            continue
        cue = reader.text[start:end]
        reason = OF_ONESELF if cue in SELF_CUES else "after a word for a person"
        pointing = cue in ("this is", "it's")
        following = (THIS_IS if pointing else AFTER_SELF).match(reader.text, found.end)
        if reader.known(found.words):
            if following or not pointing or len(found.words) > 1:
                yield found, STRONG if following else LIKELY, reason
        elif (
            following
            and cue in SELF_CUES
            and cue != "it's"
            and not reader.branded(found)
            and (len(found.words) > 1 or following.group().strip() not in NO_INTRODUCTION)
        ):
            yield found, POSSIBLE if len(found.words) < 2 else LIKELY, reason


def speaking(reader: Reader) -> Iterator[Place]:
    """The words right before "here" at the start of a sentence: "Priya here"."""
    text = reader.text
    for start, end in reader.view.of("here"):
        after = AFTER_HERE.match(text, end)
        if not after or text[start - 1 : start] != " ":
            continue
        begin = max(text.rfind(mark, max(0, start - 40), start) for mark in ",.!?\n-:(") + 1
        begin += len(text[begin:start]) - len(text[begin:start].lstrip(" "))
        if text.startswith(("hi ", "hey ", "hello ", "it's "), begin):
            begin = text.index(" ", begin) + 1
        found = reader.name(begin, most=3)
        if found and found.end == start - 1 and (reader.known(found.words) or after["from"]):
            yield found, LIKELY, BEFORE_HERE


def spoken_to(reader: Reader) -> Iterator[Place]:
    """Behind "I spoke to" and thanks: given names only, for brands stand here as often."""
    for _, end in reader.view.of("spoke"):
        comma = COMMA.match(reader.text, end)
        found = reader.name(comma.end(), most=3) if comma else None
        if found and reader.known(found.words) and not reader.shouting:
            yield found, LIKELY, "after 'spoke to' or thanks"


# An answer to "may I have your name?"

SHORT_ANSWER = 80
ASKED = re.compile(
    r"\b(?:(?:your|the|full|first|last|customer'?s?|account holder'?s?|passenger'?s?)"
    r" (?:full |first |last |legal |complete |correct |own |good )?names?\b|who (?:am|are|is) (?:i|we|this"
    r"|it)\b"
    r"|with whom|who do i|whom am i|whose name|name (?:on|for|under|of) )"
)
REQUEST = re.compile(r"\?|please|need|provide|may i|can i")
LEAD_IN = re.compile(
    r"\s*(?:(?:yes|yeah|yep|sure|ok|okay|of course|certainly|thanks|thank you|hi|hello|it's|it is|its"
    r"|it would be|that's"
    r"|that is|that would be|this is|i'm|i am|name|full name|under|sorry|the name is|names?|please"
    r"|no problem)[ ,.!:-]{1,3}){0,3}+"
)


def asked_for_name(document: Document) -> bool:
    """Whether the other side asked for a name in one of the two messages before."""
    before, role = document.before, document.message.role
    for index in range(len(before) - 1, max(-1, len(before) - 3), -1):
        earlier = before[index]
        if earlier.message.role is not role:
            question = earlier.folded[max(0, earlier.own_end - 250) : earlier.own_end]
            named = "name" in question or "who" in question  # as every wording of the question has it
            return named and ASKED.search(question) is not None and REQUEST.search(question) is not None
    return False


def answered(reader: Reader) -> Iterator[Place]:
    """A short answer to a question for a name."""
    if not asked_for_name(reader.view.document):
        return
    lead = LEAD_IN.match(reader.text)
    found = reader.name(lead.end() if lead else 0, lower=True)
    if found:
        rest = reader.text[found.end :].strip(" .,!\n")
        if not rest or reader.text[found.end] in ",.\n-(" or rest[0].isdigit() or reader.known(found.words):
            yield found, LIKELY, "the name was asked for just before"


# A contact line: name, then address or telephone.

CONTACTS = frozenset(
    {"privacy/phone-number", "privacy/street-address", "privacy/email-address", "privacy/date-of-birth"}
)
BESIDE = re.compile(
    r"(?:^|[\n.!?;,(:|>]|\b(?:is|to|for|at|and|from|name|ring|call|belongs to|under|her|him|with)\b)[ \t]*"
    r"(?P<name>[^\n.!?;,(:|>\d@]{3,45})[,|:;(–— \t\n-]{1,4}(?:(?:of|at|on|phone|ph|mob|mobile|tel"
    r"|email)[.: ]{1,2})?\Z"
)


def beside(reader: Reader, others: Sequence[Entity]) -> Iterator[Place]:
    """Two or three capitalised words right before a telephone number, an address or the like."""
    if reader.view.places is not None or reader.shouting:
        return  # the places of the other entities are those of the message; such texts are rare
    for entity in others:
        if entity.rule not in CONTACTS:
            continue
        start = entity.span.start
        match = BESIDE.search(reader.text, max(0, start - 60), start)
        if not match:
            continue
        begin, stop = match.span("name")
        stop = begin + len(reader.text[begin:stop].rstrip(" -–—"))
        for word in WORD.finditer(reader.cased, begin, stop):
            found = reader.name(word.start())
            if found and found.end == stop and (reader.known(found.words) or len(found.words) in (2, 3)):
                yield found, LIKELY, "beside contact data"
                break


# Given names with a capital, anywhere.

NO_PERSON = re.compile(
    r"\b(?:product|user|file|company|business|store|brand|domain|event|item|model|screen|display|host|server"
    r"|hotel|street"
    r"|suburb|city|trading|bank|network|wi-?fi|app|device|team|plan|game|track|song|artist|shop)s?'?s? ?name"
)
CALLED = re.compile(r"[.!?,]|\s*\Z")


def by_given_name(reader: Reader, uncommon: Sequence[int]) -> Iterator[Place]:
    """A listed given name with a capital: with a surname, called by name, or in the middle of a sentence.

    ``uncommon`` are the tokens that can be given names.
    """
    tokens = reader.view.document.tokens
    text = reader.text
    for start in [tokens.starts[index] for index in uncommon if tokens.terms[index] in GIVEN_TERMS]:
        found = reader.name(start, most=3)
        if not found or reader.shouting:
            continue
        start, end, words = found
        if NO_PERSON_BEFORE.search(text, max(0, start - 12), start) or NO_PERSON_AFTER.match(text, end):
            continue
        if reader.cased[start : start + len(words[0])].isupper():
            continue  # airport codes
        if len(words) > 1:
            yield found, LIKELY, "given name and surname"
        elif CALLED.match(text, end) and (text[max(0, start - 2) : start] == ", " or start == 0):
            yield found, LIKELY, CALLED_BY_NAME
        elif text.startswith("'s ", end) or not reader.starts_sentence(start):
            yield found, POSSIBLE, "given name"
