"""Tags of our template for the ticket page."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from helpdesk.decorators import is_helpdesk_staff
from helpdesk.models import Ticket

from toneguard.integrations.django.conf import warns

register = template.Library()


class Overridden(template.Node):
    """The next template of the same name as the one that this node stands in."""

    def render(self, context: Any) -> str:
        """That template, with everything that this one knows."""
        name = self.origin.template_name
        found, _ = context.template.engine.find_template(name, skip=[self.origin])
        return str(found.render(context))


@register.tag("overridden")
def overridden(parser: Any, token: Any) -> Overridden:  # noqa: ARG001
    """``{% overridden %}``: what a site would show without this template; an include would find this one again."""
    return Overridden()


@register.simple_tag(takes_context=True)
def toneguard_ticket(context: Any) -> dict[str, Any] | None:
    """What the script on a ticket's page needs to know; None on all other pages, and for all who are not staff."""
    ticket, request = context.get("ticket"), context.get("request")
    if not isinstance(ticket, Ticket) or request is None or not is_helpdesk_staff(request.user):
        return None
    try:
        return {
            "review": reverse("toneguard:review", args=[ticket.pk]),
            "rules": reverse("toneguard:rule", args=["-"])[:-1],
            "csrfHeader": settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-"),
            "confirmAtHold": warns(),
        }
    except NoReverseMatch:  # a check says so; the page itself must go on
        return None
