"""Tickets of an invented shop. Import it when Django is ready."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from helpdesk.models import FollowUp, Queue, Ticket

PASSWORD = "wattle and banksia"


def person(name: str, *, staff: bool = True) -> Any:
    """A user of this name; the same one each time."""
    users = get_user_model().objects
    found = users.filter(username=name).first()
    return found or users.create_user(name, f"{name}@example.com", PASSWORD, is_staff=staff)


def open_ticket(description: str, *turns: tuple[str, str], queue: str = "support", title: str = "Cracked kettle") -> Any:
    """A ticket with follow-ups by agent, customer (signed in), mail (from outside) or note (private)."""
    made, _ = Queue.objects.get_or_create(slug=queue, defaults={"title": queue.title()})
    ticket = Ticket.objects.create(title=title, queue=made, submitter_email="moana@example.com", description=description)
    for kind, text in turns:
        follow_up(ticket, kind, text)
    return ticket


def follow_up(ticket: Any, kind: str, text: str, **more: Any) -> Any:
    """One more follow-up, a minute after the last."""
    who = {"agent": person("bronte"), "note": person("tomasz"), "customer": person("moana", staff=False)}.get(kind)
    date = timezone.now() + timedelta(minutes=1 + ticket.followup_set.count())
    mail = f"<{ticket.pk}-{ticket.followup_set.count()}@example.com>" if kind == "mail" else None
    fields = {"title": "Comment", "user": who, "date": date, "public": kind != "note", "message_id": mail, **more}
    return FollowUp.objects.create(ticket=ticket, comment=text, **fields)
