"""A draft as its customer will read it: django-helpdesk fills in ``{{ ticket.title }}`` when the reply is saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.template import engines
from helpdesk.lib import safe_template_context

from toneguard.findings import Contribution, Evidence, Span
from toneguard.macros.located import Located, Patch
from toneguard.reviews import Remark, Review, Scores

FIELD = re.compile(r"\{\{\s*(ticket|queue)((?:\.\w+)+)\s*\}\}")
"""Plain fields only. What has filters stays as it is and is found as a placeholder, which is on the safe side."""


class TooLong(Exception):
    """The fields of a draft hold more text than is read at once."""


def filled(draft: str, ticket: Any, most: int) -> Located:
    """The draft with the fields that django-helpdesk will fill in, as it fills them in.

    Raises :class:`TooLong` where that holds more than ``most`` characters: a short draft may name a long description
    a thousand times.
    """
    whole = Located.plain(draft, 0, len(draft))
    fields = list(FIELD.finditer(draft))
    if not fields:
        return whole
    context = safe_template_context(ticket)
    patches = []
    size = len(draft)
    for field in fields:
        value: Any = context[field[1]]
        for name in field[2][1:].split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if value is not None:
            words = engines["django"].from_string(field[0]).render(context)
            size += len(words) - len(field[0])
            if size > most:
                raise TooLong
            patches.append(Patch(*field.span(), words))
    return whole.patched(patches)


def moved_back(review: Review, text: Located, draft: str, own: str) -> Review:
    """A review of the filled text with its places in the draft; ``own`` is what evidence calls the draft.

    What was found in a value stands at its placeholder, and without words to put there: they would overwrite it.
    """
    if text.text == draft:
        return review

    def back(span: Span) -> Span:
        return Span(*text.place(*span))

    def moved(remark: Remark) -> Remark:
        evidence = tuple(
            Evidence(one.message_id, back(one.span)) if one.span and one.message_id in (None, own) else one
            for one in remark.evidence
        )
        if remark.span is None:
            return replace(remark, evidence=evidence)
        span = back(remark.span)
        same = draft[span.start : span.end] == text.text[remark.span.start : remark.span.end]
        return replace(remark, span=span, evidence=evidence, replacements=remark.replacements if same else ())

    def because(one: Contribution) -> Contribution:
        return one._replace(span=back(one.span)) if one.span else one

    scores = {
        name: score._replace(contributions=tuple(map(because, score.contributions)))
        for name, score in review.scores.items()
    }
    return replace(review, scores=Scores(scores), findings=tuple(map(moved, review.findings)))
