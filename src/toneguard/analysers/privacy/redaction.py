"""Masking: every piece of personal data becomes a typed token, ``<CARD-1>``, the same value the same token.

Masking asks no standard and no role: names in greetings, team mailboxes and quoted history are masked too. Masking
what was masked changes nothing: tokens are never personal data, and a text is masked until nothing more is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from toneguard.analysers.privacy.entity import PACK, TOKENS, Entity
from toneguard.analysers.privacy.keyed import checked, keyed
from toneguard.analysers.privacy.recognise import compiled, continuations, entities
from toneguard.analysers.privacy.view import MASKED
from toneguard.documents import Document, parse, parse_conversation
from toneguard.documents.spacy_parser import add_layers
from toneguard.findings import Span
from toneguard.messages import Conversation, Message, Role
from toneguard.resources.names import NOT_NAMES, PARTICLES

Text = TypeVar("Text", str, Message, Conversation)

NAME = PACK + "person-name"
PARTLY_SHOWN = frozenset(PACK + rule for rule in ("payment-card", "bank-account", "iban", "phone-number"))
"""What people name by its last digits."""
SHOWN = 4
MOST_PASSES = 6
"""Masking one thing may bring a label closer to another number; more passes than this were never needed."""
CAPITALISED = re.compile(r"(?<![\w<-])[^\W\d_][^\W\d_'’-]{2,29}(?![\w>])")


class Tokens:
    """The tokens of one conversation: numbered by kind in the order in which values are first met.

    With a ``key`` they are the same in every conversation (:mod:`keyed`); with ``last_four`` those of cards, accounts
    and telephones end with the last four digits, by which people tell them apart.
    """

    def __init__(self, key: bytes | None = None, *, last_four: bool = False) -> None:
        self._key = key
        self._last_four = last_four
        self._tokens: dict[tuple[str, str], str] = {}
        self._last: dict[str, int] = {}
        self._bearers: dict[str, set[str]] = {}  # tokens of people by first and last name
        self._full: set[str] = set()  # tokens of people known by more than one word

    def reserve(self, text: str) -> None:
        """Leave out the numbers of tokens that a text already holds: these were given before."""
        if "<" in text:
            for match in MASKED.finditer(text):
                kind, number = match.group()[1:-1].partition(":")[0].rsplit("-", 1)
                if number.isdigit():
                    self._last[kind] = max(self._last.get(kind, 0), int(number))

    def token(self, rule: str, value: str) -> str:
        """The token of a value; a first or last name alone is its bearer's, if only one is known."""
        token = self._tokens.get((rule, value))
        if token is None:
            token = (self.bearer(value) if rule == NAME else None) or self._make(rule, value)
            self._tokens[(rule, value)] = token
            if rule == NAME:
                words = value.split()
                if len(words) > 1:
                    self._full.add(token)
                for word in {words[0], words[-1]}:
                    self._bearers.setdefault(word, set()).add(token)
        return token

    def bearer(self, name: str) -> str | None:
        """The token of the only person known by this name, or by a part of it where it is one word."""
        words = name.split()
        if len(words) > 1:
            token = self._tokens.get((NAME, words[0]))
            return None if token in self._full else token  # another Sam than the Sam Lee we know
        bearers = self._bearers.get(name, set())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _make(self, rule: str, value: str) -> str:
        kind = TOKENS[rule]
        if self._key is None:
            self._last[kind] = self._last.get(kind, 0) + 1
            name = str(self._last[kind])
        else:
            name = keyed(self._key, rule, value)
        shown = ""
        if self._last_four and rule in PARTLY_SHOWN:
            digits = "".join(filter(str.isdigit, value))
            shown = f":{digits[-SHOWN:]}" if len(digits) >= 2 * SHOWN else ""
        return f"<{kind}-{name}{shown}>"


def redact_text(document: Document, tokens: Tokens, found: Sequence[Entity] | None = None) -> str:
    """The document's text with tokens in place of personal data (``found``, or what the recognisers find)."""
    text = document.text
    pieces: list[str] = []
    position = 0
    for entity in entities(document) if found is None else found:
        pieces += (text[position : entity.span.start], tokens.token(entity.rule, entity.value))
        position = entity.span.end
    return "".join((*pieces, text[position:]))


class Masker:
    """Masks the texts of one conversation, with one set of tokens.

    ``order_numbers`` are expressions for the organisation's own order and case numbers, which stay; ``key`` and
    ``last_four`` are those of :class:`Tokens`; ``spacy`` is a trained pipeline (a package or folder) whose names are
    masked too.
    """

    def __init__(
        self,
        order_numbers: Sequence[str] = (),
        *,
        key: bytes | None = None,
        last_four: bool = False,
        spacy: str | None = None,
    ) -> None:
        self.tokens = Tokens(None if key is None else checked(key), last_four=last_four)
        self._order_numbers = compiled(tuple(order_numbers))
        self._spacy = spacy

    def redact(self, value: Text) -> Text:
        """The same text, message or conversation without personal data; ids, roles, dates and authors stay."""
        if isinstance(value, str):
            return self._messages((Message(text=value, role=Role.CUSTOMER),))[0].text
        if isinstance(value, Message):
            return self._messages((value,))[0]
        return replace(value, messages=self._messages(value.messages))

    def _messages(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        for message in messages:
            self.tokens.reserve(message.text)
        for _ in range(MOST_PASSES):
            documents = parse_conversation(messages) if len(messages) > 1 else [parse(m) for m in messages]
            if self._spacy:
                documents = add_layers(documents, self._spacy)
            trained = self._spacy is not None
            found = [
                list(entities(document, order_numbers=self._order_numbers, trained=trained)) for document in documents
            ]
            add_pieces(documents, found)
            for entity in (entity for these in found for entity in these):
                self.tokens.token(entity.rule, entity.value)
            for document, these in zip(documents, found, strict=True):
                these += self._namesakes(document, these)
                these.sort(key=lambda entity: entity.span)
            if not any(found):
                break
            messages = tuple(
                replace(document.message, text=redact_text(document, self.tokens, these))
                if these
                else document.message
                for document, these in zip(documents, found, strict=True)
            )
        return messages

    def _namesakes(self, document: Document, found: Sequence[Entity]) -> list[Entity]:
        """Names that were recognised elsewhere in the conversation, where they stand without a cue."""
        text = document.text
        taken = {place for entity in found for place in range(*entity.span)}
        if "<" in text:
            taken.update(place for match in MASKED.finditer(text) for place in range(*match.span()))
        namesakes = []
        for match in CAPITALISED.finditer(text):
            word = match.group()
            folded = word.lower()
            if not word[0].isupper() or folded in NOT_NAMES or folded in PARTICLES or match.start() in taken:
                continue
            if self.tokens.bearer(folded) is not None:
                namesakes.append(
                    Entity(NAME, Span(*match.span()), folded, 0.5, ("named elsewhere in the conversation",))
                )
        return namesakes


def add_pieces(documents: Sequence[Document], found: list[list[Entity]]) -> None:
    """Add the earlier pieces of numbers that were sent in several messages, each with the value of the whole."""
    for index, document in enumerate(documents):
        for entity, earlier in continuations(document):
            if all(other.span != entity.span or other.rule != entity.rule for other in found[index]):
                continue  # something surer stands there, or an order number of the organisation's own
            for back, span in earlier:
                these = found[index - back]
                # The piece alone may have been taken for a shorter number.
                these[:] = [one for one in these if one.span.end <= span.start or span.end <= one.span.start]
                these.append(replace(entity, span=span))


def redact(
    value: Text,
    *,
    order_numbers: Sequence[str] = (),
    key: bytes | None = None,
    last_four: bool = False,
    spacy: str | None = None,
) -> Text:
    """The same text, message or conversation with typed tokens in place of personal data."""
    return Masker(order_numbers, key=key, last_four=last_four, spacy=spacy).redact(value)
