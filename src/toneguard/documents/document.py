"""The types of a reading: what a :class:`Document` holds and what it promises.

A document is frozen. Its ``layers`` say what was read; everything is in offsets of ``message.text`` (code points).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import partial
from itertools import islice
from typing import NamedTuple, overload

from toneguard.documents.answers import Answers
from toneguard.findings import Span
from toneguard.making import maker
from toneguard.messages import Message

PLAIN_LAYERS = frozenset({"tokens", "sentences", "parts", "language", "before"})
"""Layers that the plain parser reads of every message."""

LAYERS = PLAIN_LAYERS | {"answers", "entities", "tags"}
"""All layers. Trained heads give ``answers`` (:func:`add_answers`); the last two need a trained spaCy pipeline
(:mod:`toneguard.documents.spacy_parser`)."""


class Kind(IntEnum):
    """What a token is."""

    WORD = 1
    NUMBER = 2
    IDENTIFIER = 3  # order, tracking, serial numbers: letters and digits mixed, or seven digits and more
    URL = 4
    EMAIL = 5
    HANDLE = 6
    HASHTAG = 7
    EMOJI = 8
    EMOTICON = 9
    PUNCTUATION = 10


class Token(NamedTuple):
    """One token; ``term`` is the form that lexicons and models look up."""

    term: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by column, because analysers loop over one column at a time; iterating gives :class:`Token`.

    ``terms`` are lower-cased with straight apostrophes; numbers are ``0``, and URLs, e-mail addresses, handles and
    identifiers stand as ``<url>``, ``<email>``, ``<user>`` and ``<id>``, so that no model can learn a private string.
    ``kinds`` are values of :class:`Kind`, as bytes: these are counted and compared much faster than members.
    """

    terms: tuple[str, ...]
    kinds: bytes
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.terms, map(Kind, self.kinds), self.starts, self.ends)


new_tokens = maker(Tokens)


class PartKind(StrEnum):
    """Parts of a message."""

    GREETING = "greeting"
    BODY = "body"
    SIGN_OFF = "sign-off"
    QUOTED = "quoted"


class Part(NamedTuple):
    """A stretch of the message; the parts of a document follow each other and cover its text."""

    kind: PartKind
    span: Span


new_part = partial(tuple.__new__, Part)
"""A part of its two fields, given as one tuple."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity that a trained pipeline saw (layer ``entities``)."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One message, read once.

    ``folded`` has the length of ``message.text``: lower-cased, with straight quotes and plain spaces, so that a match
    in it is a place in the text. ``spaced`` is its words alone, one space around each. ``name`` is the message's id, or
    ``#n`` by its place in the conversation. ``before`` holds the documents of earlier messages of the same
    conversation, oldest first; never later ones.
    ``own_end`` is where quoted history begins (or the length of the text): what stands before it, ``own_tokens``
    tokens, was written here. ``language`` is an ISO 639-1 code, or None where there is too little text to tell.
    ``answers`` are what trained heads say, or None where they cannot: no text, or not English.
    """

    message: Message
    name: str
    folded: str
    spaced: str
    tokens: Tokens
    sentences: tuple[Span, ...]
    parts: tuple[Part, ...]
    language: str | None
    before: Sequence[Document]
    own_end: int
    own_tokens: int
    entities: tuple[Entity, ...] = ()
    tags: tuple[str, ...] = ()
    answers: Answers | None = None
    layers: frozenset[str] = PLAIN_LAYERS

    @property
    def text(self) -> str:
        """The message's text as it was given."""
        return self.message.text

    def part_at(self, offset: int) -> PartKind:
        """The kind of the part that holds ``offset``."""
        for kind, span in self.parts:
            if offset < span.end:
                return kind
        return PartKind.BODY

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds ``offset``, or an empty span there."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return self.sentences[low]
        return Span(offset, offset)


new_document = maker(Document)


def add_answers(documents: Sequence[Document], answers: Sequence[Answers | None]) -> None:
    """Add the layer ``answers``: the last step of reading, in place, since a copy would cost more than the layer."""
    for document, given in zip(documents, answers, strict=True):
        object.__setattr__(document, "answers", given)
        object.__setattr__(document, "layers", ANSWERED.get(document.layers) or document.layers | {"answers"})


ANSWERED = {PLAIN_LAYERS: PLAIN_LAYERS | {"answers"}}


class History(Sequence[Document]):
    """The first ``count`` documents of a list that every message of a conversation shares.

    A tuple for each message would need memory that grows with the square of a conversation's length.
    """

    __slots__ = ("_count", "_documents")

    def __init__(self, documents: list[Document], count: int) -> None:
        self._documents = documents
        self._count = count

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        if isinstance(index, slice):
            return [self._documents[i] for i in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._documents[index % self._count]

    def __iter__(self) -> Iterator[Document]:
        return islice(self._documents, self._count)

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"History({self._count} documents)"

    def since_role(self, role: str) -> list[Document]:
        """The documents after the last one that ``role`` wrote, oldest first."""
        found: list[Document] = []
        for index in range(self._count - 1, -1, -1):
            if self._documents[index].message.role == role:
                break
            found.append(self._documents[index])
        return found[::-1]
