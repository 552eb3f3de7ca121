"""Tickets as an archive: rows of messages, ticket by ticket, for what ``toneguard score`` does with a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from helpdesk.models import Ticket

from toneguard.archives.temporary import beside, private_file
from toneguard.errors import ArchiveError
from toneguard.integrations.django.conversations import messages_of, public_followups
from toneguard.reviews import dump

CHUNK = 100
"""Tickets that are held in memory at once, with what was written in them."""


def tickets(queues: Sequence[str] = (), since: datetime | None = None) -> Any:
    """The tickets to read: of these queues (slugs; all without any), with something written since a moment.

    A ticket is read from its beginning, because what came before counts. One that was merged into another is left out.
    """
    found = Ticket.objects.filter(merged_to__isnull=True).select_related("queue").order_by("pk")
    if queues:
        found = found.filter(queue__slug__in=queues)
    if since is not None:
        written = public_followups().filter(ticket=OuterRef("pk"), date__gte=since)
        found = found.filter(Q(created__gte=since) | Exists(written))
    return found.prefetch_related(Prefetch("followup_set", public_followups(), to_attr="read_by_customers"))


def rows(found: Any) -> Iterator[dict[str, Any]]:
    """One row for each message of these tickets, in the fields of archives."""
    for ticket in found.iterator(chunk_size=CHUNK):
        for place, message in enumerate(messages_of(ticket, ticket.read_by_customers)):
            yield {
                "conversation_id": str(ticket.pk),
                "message_id": message.id,
                "seq": place,  # not by time alone: a ticket's own time may be later than that of what is in it
                "author_role": message.role.value,
                "author_id": message.author,
                "created_at": message.sent_at.isoformat() if message.sent_at else None,
                "channel": message.channel.value if message.channel else None,
                "queue": ticket.queue.slug,
                "text": message.text,
            }


@contextmanager
def put_aside(found: Any, out: Path) -> Iterator[Path]:
    """The rows in a file beside ``out`` that its owner alone can read, and that is gone afterwards.

    An archive is read twice, and what is written meanwhile in a help desk at work must not come between. Raises
    :class:`~toneguard.errors.ArchiveError` where there are no rows, or no such file can be written.
    """
    path = beside(out, "messages.jsonl")
    try:
        count = 0
        try:
            with private_file(path) as file:
                for row in rows(found):
                    file.write(dump(row).encode("utf-8") + b"\n")
                    count += 1
        except OSError as problem:
            raise ArchiveError(f"{out.parent}: cannot put messages aside: {problem.strerror}") from None
        if not count:
            raise ArchiveError("no ticket holds a message that its customer can read")
        yield path
    finally:
        path.unlink(missing_ok=True)
