"""A ticket as a conversation: what its customer can read, oldest first. Private notes are no part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from helpdesk import settings as helpdesk_settings
from helpdesk.models import FollowUp

from toneguard.messages import Channel, Message, Role

DESCRIPTION = "description"
"""The id of the message that opens a ticket; the others are called by the number of their follow-up."""
CHANNEL = Channel.EMAIL
MOST_MESSAGES = 1_000
"""Messages before a draft that are read, and follow-ups that are held for it."""
CHUNK = 50
"""Follow-ups that the database gives at once."""


def public_followups() -> Any:
    """The follow-ups that customers can read, in order, with their writers."""
    return FollowUp.objects.filter(public=True).select_related("user").order_by("date", "pk")


def messages_of(ticket: Any, followups: Iterable[Any]) -> list[Message]:
    """The messages of a ticket: its description, then the comments of these follow-ups.

    Whoever is staff (:func:`is_agent`) writes as agent, everybody else as customer. django-helpdesk keeps what opens
    a ticket twice, as its description and as its first follow-up, under the name of whoever typed it in; it is one
    message here.
    """
    opening = ticket.description or ""
    messages = []
    if opening.strip():
        messages.append(Message(opening, Role.CUSTOMER, DESCRIPTION, ticket.created, channel=CHANNEL))
    written = [one for one in followups if (one.comment or "").strip()]
    if written and messages and repeats(written[0], opening):
        del written[0]
    for one in written:
        role = role_of(one)
        author = str(one.user_id) if role is Role.AGENT else None
        messages.append(Message(one.comment, role, str(one.pk), one.date, author, CHANNEL))
    return messages


def repeats(followup: Any, opening: str) -> bool:
    """Whether a ticket's first follow-up is the text that opened it; of an e-mail it may hold the quotations too."""
    comment, text = followup.comment.strip(), opening.strip()
    return bool(comment == text or (followup.message_id and comment.startswith(text)))


def role_of(followup: Any) -> Role:
    """Who wrote a follow-up."""
    if followup.user is not None:
        return Role.AGENT if is_agent(followup.user) else Role.CUSTOMER
    return Role.SYSTEM if not followup.message_id and followup.title == escalated() else Role.CUSTOMER


def is_agent(user: Any) -> bool:
    """Whether a user works at the help desk: staff, also once they left, and whom the site's own function lets in.

    Where HELPDESK_ALLOW_NON_STAFF_TICKET_UPDATE is only True, everybody is let in, which tells nobody from customers.
    """
    allowed = helpdesk_settings.HELPDESK_ALLOW_NON_STAFF_TICKET_UPDATE
    return bool(user.is_staff or (callable(allowed) and allowed(user)))


def escalated() -> str:
    """The title of what manage.py escalate_tickets writes into tickets."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(gettext("Ticket Escalated"))


def recent(ticket: Any, most: int) -> list[Message]:
    """The last messages of a ticket that hold ``most`` characters together at most; no older ones are fetched."""
    left, followups = most, []
    for one in public_followups().filter(ticket=ticket).reverse().iterator(chunk_size=CHUNK):
        followups.append(one)  # also the one too many, at which `latest` stops
        left -= len(one.comment or "")
        if left < 0 or len(followups) > MOST_MESSAGES:
            break
    return latest(messages_of(ticket, reversed(followups)), most)


def latest(messages: Sequence[Message], most: int) -> list[Message]:
    """The last of these messages, as many as are read at once, that hold ``most`` characters together at most."""
    kept: list[Message] = []
    for message in reversed(messages[-MOST_MESSAGES:]):
        most -= len(message.text)
        if most < 0:
            break
        kept.append(message)
    return kept[::-1]
