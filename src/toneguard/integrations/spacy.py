"""spaCy: a component that reviews each document, ``nlp.add_pipe("toneguard")``.

    nlp = spacy.blank("en")
    nlp.add_pipe("toneguard", config={"standard": "strict", "role": "agent"})
    doc = nlp("We don't do refunds.")
    doc._.toneguard.verdict, doc.spans["toneguard"]

It reads the text, not spaCy's tokens, so it can stand anywhere in a pipeline and says what every other door says.
Only importing this module (or adding the component) imports spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.util import minibatch

from toneguard.errors import InvalidInput
from toneguard.messages import Conversation, Message, Role, as_message, choose
from toneguard.pipeline import BATCH, Pipeline
from toneguard.reviews import Review

STORED = "toneguard"
"""The key of ``doc.user_data`` that holds the review as plain data, which ``doc.to_bytes()`` and pickle keep."""

CONTEXT = "toneguard_context"
FROM_TUPLES = ("role", "id", "channel", "public", "before")
"""What is used of the context that ``nlp.pipe(..., as_tuples=True)`` gives; other keys are the caller's own."""


class ToneGuard:
    """Reviews documents. ``doc._.toneguard`` is then the :class:`~toneguard.reviews.Review`.

    ``standard`` is the path of a standard or the name of a preset (None: the default one), ``tier`` "fast" or
    "accurate" (None: the one that the standard names), ``role`` who wrote the texts, ``spans_key`` where in
    ``doc.spans`` the findings go: spans widened to whole tokens, with the rule as label and the level as id. Findings
    about something absent have no span and are in the review only.

    A document may say more of itself: in ``doc._.toneguard_context``, a mapping of the fields of
    :class:`~toneguard.messages.Message` and of ``before`` (messages or ``(role, text)`` pairs, oldest first), or in
    the context of ``nlp.pipe(..., as_tuples=True)``, of which ``role``, ``id``, ``channel``, ``public`` and ``before``
    are used.

    Raises :class:`~toneguard.errors.SettingsError` for a standard that is wrong and
    :class:`~toneguard.errors.InvalidInput` for an unknown role, tier or field.
    """

    def __init__(self, standard: str | Path | None, tier: str | None, role: str, spans_key: str) -> None:
        self._role = choose(Role, role, "role")
        self._spans_key = spans_key
        self._pipeline = Pipeline.from_standard(standard or "default", tier=tier)

    def __call__(self, doc: Doc) -> Doc:
        """Review one document."""
        return self._reviewed([doc])[0]

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Review a stream of documents, in batches."""
        for docs in minibatch(stream, batch_size):
            yield from self._reviewed(docs)

    def _reviewed(self, docs: Sequence[Doc]) -> list[Doc]:
        read = [conversation_of(doc, self._role) for doc in docs]
        for doc, review in zip(docs, self._pipeline.review_last(read), strict=True):
            doc.user_data[STORED] = review.to_dict()
            doc.spans[self._spans_key] = spans_of(doc, review)
        return list(docs)


def conversation_of(doc: Doc, role: Role) -> Conversation:
    """The message that a document is, behind what was written before it."""
    given: dict[str, Any] = {"role": role}
    handed = getattr(doc, "_context", None)
    if isinstance(handed, Mapping):
        given |= {name: handed[name] for name in FROM_TUPLES if handed.get(name) is not None}
    own = doc._.get(CONTEXT)
    if own is not None and not isinstance(own, Mapping):
        raise InvalidInput(f"doc._.{CONTEXT}: expected a mapping of fields, got {type(own).__name__}")
    given |= own or {}
    before = given.pop("before", None) or ()
    if isinstance(before, str | Message) or not isinstance(before, Iterable):
        raise InvalidInput("before: expected a list of messages or (role, text) pairs, oldest first")
    message = Message.from_dict({**given, "text": doc.text})
    return Conversation("", (*(as_message(earlier) for earlier in before), message))


def spans_of(doc: Doc, review: Review) -> SpanGroup:
    """The findings that have a place, as spans of whole tokens, in the order of the text."""
    spans = [
        doc.char_span(found.span.start, found.span.end, found.rule, span_id=found.level.value, alignment_mode="expand")
        for found in review.findings
        if found.span is not None
    ]
    return SpanGroup(doc, spans=[span for span in spans if span is not None])


def stored_review(doc: Doc) -> Review | None:
    """The review that a document carries; None before it has been reviewed."""
    data = doc.user_data.get(STORED)
    return Review.from_dict(data) if data else None


# Forced, because notebooks and test runners import modules again.
Doc.set_extension("toneguard", getter=stored_review, force=True)
Doc.set_extension(CONTEXT, default=None, force=True)


@Language.factory(  # type: ignore[untyped-decorator]
    "toneguard",
    assigns=["doc._.toneguard", "doc.spans"],
    default_config={"standard": None, "tier": None, "role": "agent", "spans_key": "toneguard"},
)
def make(
    nlp: Language,  # noqa: ARG001  (spaCy names it)
    name: str,  # noqa: ARG001
    standard: str | None,
    tier: str | None,
    role: str,
    spans_key: str,
) -> ToneGuard:
    """The component, as ``nlp.add_pipe`` makes it."""
    return ToneGuard(standard, tier, role, spans_key)
