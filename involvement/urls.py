"""Joins the capabilities' address lists into the faces of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from involvement.accounts import urls as accounts

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("involvement.faces.urls")),
    path("sign-in/", include(accounts.entrance)),
    path("", include((accounts.public, "accounts"))),
]
