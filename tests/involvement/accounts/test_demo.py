"""One-click sign-in: there in a demonstration, nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from involvement.accounts.models import Membership
from involvement.checks import demo_mode_is_off, demo_mode_stays_local
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(poole: Landlord, settings: Any) -> Landlord:
    settings.DEMO_MODE = True
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(is_demo=True)
    return poole


def test_without_demo_mode_there_is_no_such_page(poole: Landlord, jean: Membership) -> None:
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(is_demo=True)
    client = Client()
    assert client.get("/demo/").status_code == 404
    chosen = {"landlord": "poole", "person": str(jean.pk)}
    assert client.post("/demo/", chosen).status_code == 404
    assert client.get("/at/poole/desk/").status_code == 302
    assert "/demo/" not in client.get("/at/poole/sign-in/").content.decode()
    assert "Poole" not in client.get("/").content.decode()


def test_in_demo_mode_one_click_opens_the_desk(shown: Landlord, jean: Membership) -> None:
    client = Client()
    page = client.get("/demo/").content.decode()
    assert "Jean Marlow (demo)" in page
    assert "Runs involvement day by day" in page
    chosen = {"landlord": "poole", "person": str(jean.pk)}
    answer = client.post("/demo/", chosen, follow=True)
    assert answer.redirect_chain[-1][0] == "/at/poole/desk/"


def test_only_landlords_of_the_demonstration_are_offered(
    shown: Landlord, oxford: Landlord, stranger: Membership
) -> None:
    client = Client()
    assert "Tom Ferris (demo)" not in client.get("/demo/").content.decode()
    chosen = {"landlord": "oxford", "person": str(stranger.pk)}
    assert client.post("/demo/", chosen).status_code == 404


def test_the_front_door_leads_to_every_demo_landlord(shown: Landlord) -> None:
    page = Client().get("/").content.decode()
    assert "/at/poole/" in page
    assert "/demo/" in page


def test_a_deployment_with_demo_mode_is_refused(settings: Any) -> None:
    settings.DEMO_MODE = False
    assert demo_mode_is_off(None) == []
    settings.DEMO_MODE = True
    assert [each.id for each in demo_mode_is_off(None)] == ["involvement.E001"]


def test_demo_mode_on_a_public_address_is_refused_at_every_start(settings: Any) -> None:
    settings.DEMO_MODE = True
    settings.BASE_DOMAIN = "localhost"
    assert demo_mode_stays_local(None) == []
    settings.BASE_DOMAIN = "involvement.example"
    assert [each.id for each in demo_mode_stays_local(None)] == ["involvement.E002"]


def test_database_and_cache_answer_for_their_health() -> None:
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})
