"""Totals that somebody else counted are looked at first, and stand in where we know of few."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.profiles import operations
from residents.profiles.models import PopulationTotal

GOOD = """Characteristic,Category,Count,As of,Source
Religion,Muslim,"1,200",31 March 2026,The census of the town
Religion,No religion,4000,31/03/2026,The census of the town
Ethnic group,White,5000,2026-03-31,The census of the town
"""
BAD = """Characteristic,Category,Count,As of,Source
Shoe size,Nine,5,31 March 2026,Guess
Religion,Jedi,5,31 March 2026,Guess
Religion,Sikh,a few,31 March 2026,Guess
Religion,Hindu,5,31/02/2026,Guess
Religion,Jewish,5,31 March 2026,
"""


@pytest.fixture(autouse=True)
def questions(in_poole: Landlord, officer: Actor, now: dt.datetime) -> None:
    operations.begin_question_set(by=officer, at=now)


def uploaded(client: Client, text: str) -> str:
    file = SimpleUploadedFile("totals.csv", text.encode())
    return client.post(reverse("profiles:totals"), {"file": file})["Location"]


def test_a_table_is_looked_at_and_then_kept_once(officer_client: Client) -> None:
    page = uploaded(officer_client, GOOD)
    assert "3 rows read: 3 new." in officer_client.get(page).content.decode()
    assert not PopulationTotal.objects.exists()
    officer_client.post(f"{page}settle/", {"keep": "1"})
    kept = PopulationTotal.objects.order_by("pk").values_list("characteristic", "category", "count")
    assert list(kept) == [
        ("RELIGION", "MUSLIM", 1200),
        ("RELIGION", "NONE", 4000),
        ("ETHNIC_GROUP", "WHITE", 5000),
    ]
    again = uploaded(officer_client, GOOD)
    assert "3 unchanged" in officer_client.get(again).content.decode()
    officer_client.post(f"{again}settle/", {"aside": "1"})
    assert PopulationTotal.objects.count() == 3


def test_every_row_that_cannot_be_read_says_why(officer_client: Client) -> None:
    page = uploaded(officer_client, BAD)
    html = officer_client.get(page).content.decode()
    assert html.count("To put right") == 5
    assert "“Shoe size” is none of the questions" in html
    assert "“31/02/2026” is no past day" in html
    officer_client.post(f"{page}settle/", {"keep": "1"})
    assert not PopulationTotal.objects.exists()
