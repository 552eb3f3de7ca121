"""The application as Django installs it."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

FINDER = "toneguard.integrations.django.finders.PreviewFinder"


class ToneGuardConfig(AppConfig):
    """Brings a template, static files, two commands and system checks; no models."""

    name = "toneguard.integrations.django"
    label = "toneguard"
    verbose_name = "ToneGuard"

    def ready(self) -> None:
        """Let staticfiles find the preview where it lies, and check the settings with all others."""
        from toneguard.integrations.django.checks import check_setting, check_site

        # So that a site needs no line for it. Django reads this when it looks for the first file, which is later.
        if FINDER not in settings.STATICFILES_FINDERS:
            settings.STATICFILES_FINDERS = [*settings.STATICFILES_FINDERS, FINDER]
        checks.register(check_setting, "toneguard")
        checks.register(check_site, "toneguard")
