"""Addresses, for ``path("toneguard/", include("toneguard.integrations.django.urls"))``."""

from __future__ import annotations

from django.urls import path

from toneguard.integrations.django import views

app_name = "toneguard"
urlpatterns = [
    path("tickets/<int:ticket_id>/review", views.review, name="review"),
    path("rules/<path:name>", views.rule, name="rule"),
]
