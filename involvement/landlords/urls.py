"""Addresses of the settings pages, under `/desk/settings/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from involvement.landlords.views import registers, settings

app_name = "landlords"

desk: list[URLPattern | URLResolver] = [
    path("settings/", settings.settings_home, name="settings"),
    path("settings/start/", settings.start, name="start"),
    path("settings/brand/", settings.brand, name="brand"),
    path("settings/brand/logo/", settings.logo, name="logo"),
    path("settings/words/", settings.words, name="words"),
    path("settings/about/<slug:slug>/", settings.section, name="section"),
    path("settings/lists/subjects/start/", registers.plant_subjects, name="subjects_plant"),
    path("settings/lists/<slug:slug>/", registers.register, name="register"),
    path("settings/lists/<slug:slug>/<int:pk>/", registers.entry, name="entry"),
    path("settings/lists/<slug:slug>/<int:pk>/<slug:act>/", registers.entry_put, name="entry_put"),
]
