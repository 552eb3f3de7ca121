"""Addresses: ToneGuard's beside the help desk's, which has the root."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("toneguard/", include("toneguard.integrations.django.urls")),
    path("", include("helpdesk.urls", namespace="helpdesk")),
]
