"""A number that was sent in pieces, as people do in chats: "my card is 4111 1111", then "1111 1111".

Only the last piece is found, in the light of what was written before it; masking a whole conversation also hides the
earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from toneguard.analysers.privacy.entity import LIKELY, PACK, Entity
from toneguard.documents import Document, parse
from toneguard.findings import Span
from toneguard.messages import Message

PHONE = PACK + "phone-number"
PIECES = frozenset(
    PACK + rule
    for rule in (
        "payment-card", "iban", "bank-account", "phone-number", "tax-file-number", "australian-business-number",
        "australian-company-number", "medicare-number", "centrelink-reference", "nhs-number", "nz-ird-number",
        "us-social-security-number", "uk-national-insurance-number", "driver-licence", "passport-number",
    )
)  # fmt: skip
"""What is long enough to be sent in pieces."""
OPENS = re.compile(r"(?:[\s.…,&+-]|then |and |next )*(?=\d)")
CLOSES = re.compile(r"\d(?=[^\w%°$€£]{0,7}\Z)")  # also before a smiley
ONLY = re.compile(r"[\s.…,&+-]*\d[\d\s.…,-]*\Z")
DIALLED = ("0", "+", "(")
"""How a telephone number begins that is told in pieces: without one of these, two sums in a row make one somewhere."""
LOOSE_PLANS = ("+49", "+43")
"""Countries in whose plans numbers of nearly every length are telephones."""
MOST_PIECES = 6
LONGEST = 400
"""A message longer than this is no piece of a number."""
REASON = "continued from the message before"
Recognise = Callable[[Document], Iterable[Entity]]


class Continued(NamedTuple):
    """The last piece of a number, and the earlier ones: how many messages back, and where there."""

    entity: Entity
    earlier: tuple[tuple[int, Span], ...]


def continues(document: Document) -> bool:
    """Whether the message begins with a number and its writer's last one ended with one. Quick: most do not."""
    if not document.before or not any(map(str.isdigit, document.folded[:6])) or not OPENS.match(document.folded):
        return False
    before = document.before[-1]
    own = before.folded[: before.own_end]
    return before.message.role is document.message.role and CLOSES.search(own, max(0, len(own) - 8)) is not None


def continued(document: Document, recognise: Recognise) -> Iterator[Continued]:
    """Numbers that a message which :func:`continues` completes; ``recognise`` gives the entities of a document."""
    opening = OPENS.match(document.folded) if document.own_end <= LONGEST else None
    if opening is None:
        return
    first = opening.end()
    pieces = earlier_pieces(document)
    text, ends = "", []  # the pieces in one text, a space between them, and where each ends
    for piece in pieces:
        text += piece.text
        ends.append(len(text))
        text += " "
    boundary = len(text)
    oldest = pieces[0].document
    message = Message(text=text + document.text[first : document.own_end], role=document.message.role)
    for entity in recognise(parse(message, before=oldest.before)):
        (start, end) = entity.span
        if entity.rule not in PIECES or start >= ends[-1] or end <= boundary:
            continue
        if entity.rule == PHONE and not is_dialled(text[start : ends[-1]], entity.value):
            continue
        places = []
        begin = 0
        for piece, stop in zip(pieces, ends, strict=True):
            if start < stop:
                offset = piece.start - begin
                places.append((piece.back, Span(max(start, begin) + offset, stop + offset)))
            begin = stop + 1
        if is_whole(pieces[-1].document, places[-1][1], entity.confidence, recognise):
            continue
        place = Span(first, first + end - boundary)
        confidence = min(entity.confidence, LIKELY)
        yield Continued(
            replace(entity, span=place, confidence=confidence, because=(*entity.because, REASON)), tuple(places)
        )


def is_dialled(first: str, number: str) -> bool:
    """Whether a number of which the ``first`` pieces are given is written as a telephone number is dialled."""
    return first.startswith("+") or (first.startswith(DIALLED) and not number.startswith(LOOSE_PLANS))


class Piece(NamedTuple):
    """An earlier message that may hold a piece: how many messages back, and its text from ``start`` to the number."""

    document: Document
    back: int
    text: str
    start: int


def earlier_pieces(document: Document) -> list[Piece]:
    """The messages before, oldest first, that end with a number and are followed by nothing but numbers."""
    pieces: list[Piece] = []
    before = document.before
    for back in range(1, min(len(before), MOST_PIECES) + 1):
        earlier = before[-back]
        if earlier.message.role is not document.message.role:
            break
        own = earlier.folded[: earlier.own_end]
        last = CLOSES.search(own, max(0, len(own) - 8))
        if last is None:
            break
        opening = OPENS.match(own)
        alone = opening is not None and ONLY.match(own) is not None
        start = opening.end() if opening and alone else max(0, len(own) - LONGEST)
        pieces.append(Piece(earlier, back, earlier.text[start : last.end()], start))
        if not alone:
            break
    return pieces[::-1]


def is_whole(document: Document, span: Span, confidence: float, recognise: Recognise) -> bool:
    """Whether the number at the end of the earlier message is as surely personal data by itself, so needs no more."""
    return any(
        entity.confidence >= confidence and entity.span.start < span.end == entity.span.end
        for entity in recognise(document)
    )
