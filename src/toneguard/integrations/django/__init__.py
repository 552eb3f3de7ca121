"""django-helpdesk: replies reviewed while they are typed, tickets scored as an archive, canned replies checked.

    INSTALLED_APPS = [..., "toneguard.integrations.django", "helpdesk"]          # before helpdesk
    urlpatterns = [..., path("toneguard/", include("toneguard.integrations.django.urls"))]
    TONEGUARD = {"standard": BASE_DIR / "standard.toml", "tier": "fast", "hold": "warn"}     # all of it optional

``manage.py check`` says what is wrong with these. Reviews are made in the Django process; nothing leaves it.
"""
