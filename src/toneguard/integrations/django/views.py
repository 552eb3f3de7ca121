"""What the ticket page asks: a review of the draft, and what a rule says. All answers are JSON, refusals too."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from helpdesk.decorators import is_helpdesk_staff
from helpdesk.models import Ticket
from helpdesk.user import HelpdeskUser

from toneguard.errors import SettingsError, ToneGuardError, whereabouts
from toneguard.integrations.django.conf import pipeline
from toneguard.integrations.django.conversations import CHANNEL, recent
from toneguard.integrations.django.drafts import TooLong, filled, moved_back
from toneguard.messages import MAX_CONVERSATION, MAX_TEXT, Message
from toneguard.offsets import MAX_EXPLAINED, review_in_utf16
from toneguard.reviews import dump
from toneguard.rules import builtin_rules, resolve
from toneguard.rules.load import to_dict

log = logging.getLogger("toneguard.django")
FIELDS = {"draft": (str, "a text"), "explain": (bool, "true or false")}
View = Callable[..., Any]


class Refused(Exception):
    """A request that is answered with this status; ``field`` is the path of what is wrong in its body."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.field = status, code, message, field

    def answer(self) -> Any:
        """The response."""
        return reply({"error": {"code": self.code, "message": self.message, "field": self.field}}, self.status)


class JsonCsrf(CsrfViewMiddleware):
    """Django's own check, which here answers as the rest of us does."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:  # noqa: ARG002
        return Refused(403, "csrf", "The page is out of date or not this site's; load it again.").answer()


def reply(data: Any, status: int = 200) -> Any:
    """JSON as every door writes it."""
    return HttpResponse(dump(data), status=status, content_type="application/json")


def door(method: str) -> Callable[[View], View]:
    """For staff, by one method; every answer is JSON, and no log or error page holds what was sent."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                if not request.user.is_authenticated:
                    raise Refused(403, "signed-out", "You are signed out; sign in and load the page again.")
                if not is_helpdesk_staff(request.user):
                    raise Refused(403, "not-staff", "Only staff of the help desk may ask.")
                return view(request, *args, **kwargs)
            except Refused as refused:
                return refused.answer()
            except Exception as problem:
                # Errors of ours never quote a customer.
                log.error("%s", problem if isinstance(problem, ToneGuardError) else whereabouts(problem))
                return Refused(500, "failed", "The review failed; what was sent is not kept.").answer()

        checked = decorator_from_middleware(JsonCsrf)(guarded)

        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.method == method:
                return checked(request, *args, **kwargs)
            refused = Refused(405, "method", f"Ask with {method}.").answer()
            refused["Allow"] = method
            return refused

        # Exempt from the site's own check, whose refusal is a page, because ours has the same in JSON. A site that
        # asks everybody to sign in would redirect to a page too.
        answering: View = login_not_required(csrf_exempt(never_cache(opened)))
        return answering

    return guard


@door("POST")
def review(request: Any, ticket_id: int) -> Any:
    """Review ``{"draft": TEXT}`` as the next reply of a ticket; ``"explain": true`` also says what moved each score.

    The answer is the server's of ``POST /v1/reviews``: a Review whose offsets count UTF-16 code units.
    """
    ticket = Ticket.objects.select_related("queue").filter(pk=ticket_id).first()
    if ticket is None:
        raise Refused(404, "unknown-ticket", "There is no ticket of this number.")
    if not HelpdeskUser(request.user).can_access_ticket(ticket):
        raise Refused(403, "not-yours", "You may not see this ticket.")
    body = read(request)
    draft, explain = body["draft"], body.get("explain", False)
    most = MAX_EXPLAINED if explain else MAX_TEXT
    try:
        text = filled(draft, ticket, most)
    except TooLong:
        limit = f"With its fields filled in the draft holds more than {most} characters."
        raise Refused(413, "too-large", limit, "draft") from None
    before = recent(ticket, MAX_CONVERSATION - len(text.text))
    found = pipeline().review(Message(text.text, "agent", channel=CHANNEL), before=before)
    found = moved_back(found, text, draft, f"#{len(before) + 1}")
    return reply(review_in_utf16(found, [*before, Message(draft, "agent", channel=CHANNEL)], explain=explain))


@door("GET")
def rule(request: Any, name: str) -> Any:  # noqa: ARG001
    """What ``toneguard explain`` says of a rule."""
    rules = {**builtin_rules(), **pipeline().standard.rules}
    try:
        return reply(to_dict(rules[resolve(name, rules)]))
    except SettingsError:
        raise Refused(404, "unknown-rule", "There is no rule of this name.") from None


def read(request: Any) -> dict[str, Any]:
    """The body, checked; raises :class:`Refused`."""
    try:
        data = json.loads(request.body)
    except RequestDataTooBig:
        raise Refused(413, "too-large", "The request is larger than this site takes.") from None
    except UnreadablePostError:
        raise Refused(400, "unreadable", "The request did not arrive whole.") from None
    except (ValueError, RecursionError):
        raise Refused(400, "not-json", "The body is not JSON.") from None
    if not isinstance(data, dict):
        raise Refused(400, "invalid", 'Expected an object: {"draft": "..."}.')
    for name, value in data.items():
        kind, said = FIELDS.get(name, (None, ""))
        if kind is None:
            raise Refused(400, "invalid", f"Unknown field; known: {', '.join(FIELDS)}.", name[:40])
        if not isinstance(value, kind):
            raise Refused(400, "invalid", f"Expected {said}.", name)
    if "draft" not in data:
        raise Refused(400, "invalid", "Field required.", "draft")
    size, most = len(data["draft"]), MAX_EXPLAINED if data.get("explain") else MAX_TEXT
    if size > most:
        raise Refused(413, "too-large", f"The draft holds {size} characters; at most {most} are read.", "draft")
    return data
