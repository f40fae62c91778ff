"""The page of all changes."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from involvement.auditing import views

app_name = "auditing"

desk: list[URLPattern | URLResolver] = [path("settings/history/", views.history, name="history")]
