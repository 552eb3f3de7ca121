"""System checks: what ``manage.py check`` says of our setting and of where the application stands."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks
from django.urls import NoReverseMatch, reverse

from toneguard.integrations.django.conf import given, mistakes

APP = "toneguard.integrations.django"
INCLUDE = 'path("toneguard/", include("toneguard.integrations.django.urls"))'


def check_setting(**_: Any) -> list[Any]:
    """The mistakes in ``TONEGUARD``."""
    return [checks.Error(one.message, hint=one.fix, id=f"toneguard.E{one.number:03}") for one in mistakes(given())]


def check_site(**_: Any) -> list[Any]:
    """Whether the ticket page can find us: the order of applications, and the addresses."""
    names = [config.name for config in apps.get_app_configs()]
    if "helpdesk" not in names:
        hint = "Add 'helpdesk' to INSTALLED_APPS (pip install 'toneguard[django]')."
        missing = "ToneGuard's application is for django-helpdesk, which is not installed."
        return [checks.Error(missing, hint=hint, id="toneguard.E006")]
    found = []
    if names.index(APP) > names.index("helpdesk"):
        found.append(
            checks.Error(
                f"{APP!r} stands after 'helpdesk' in INSTALLED_APPS, so that its template is never used.",
                hint=f"Move {APP!r} before 'helpdesk'.",
                id="toneguard.E007",
            )
        )
    try:
        reverse("toneguard:rule", args=["any"])
    except NoReverseMatch:
        found.append(
            checks.Error(
                "The ticket page has no address of ToneGuard to ask.",
                hint=f"Add {INCLUDE} to urlpatterns.",
                id="toneguard.E008",
            )
        )
    return found
