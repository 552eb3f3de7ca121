"""A small help desk: django-helpdesk with ToneGuard as a reader of the README installs it, in a folder of its own."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache


@lru_cache(maxsize=1)
def site() -> tempfile.TemporaryDirectory[str]:
    """Django made ready in this process, with an empty database in a folder that goes when the process does."""
    folder = tempfile.TemporaryDirectory(prefix="helpdesk-")
    os.environ["HELPDESK_SITE"] = folder.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk_site.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, run_syncdb=True)
    return folder
