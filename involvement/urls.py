"""Joins the capabilities' address lists into the faces of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("involvement.faces.urls")),
    path("sign-in/", include("allauth.urls")),
]
