"""One click signs in as a resident of the demonstration, and nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.factories.people import make_person
from tests.residents.signin.entering import HOME, browser_at

DEMO = "/my/sign-in/demo/"


@pytest.fixture
def somebody(in_poole: Landlord) -> Person:
    Landlord.objects.filter(pk=in_poole.pk).update(is_demo=True)
    return make_person(email="doreen@post.example", is_demo=True)


@pytest.mark.usefixtures("jean")
def test_the_page_of_demo_people_has_residents_beside_staff(
    poole: Landlord, somebody: Person, settings: object
) -> None:
    settings.DEMO_MODE = True  # type: ignore[attr-defined]  # pytest-django's
    for host, action in (("localhost", f"/at/poole{DEMO}"), ("poole.localhost", DEMO)):
        words = Client(headers={"host": host}).get("/demo/").content.decode()
        assert f'action="{action}"' in words, host
        assert "Doreen Hackett (demo)" in words
        assert "could not be shown" not in words
    here = browser_at(poole)
    assert here.post(DEMO, {"person": somebody.pk})["Location"] == HOME
    assert "Doreen Hackett (demo)" in here.get(HOME).content.decode()


def test_it_signs_nobody_in_outside_the_demonstration(
    poole: Landlord, somebody: Person, settings: object
) -> None:
    assert browser_at(poole).post(DEMO, {"person": somebody.pk}).status_code == 404
    settings.DEMO_MODE = True  # type: ignore[attr-defined]  # pytest-django's
    Person.objects.filter(pk=somebody.pk).update(is_demo=False)
    assert browser_at(poole).post(DEMO, {"person": somebody.pk}).status_code == 404
    Person.objects.filter(pk=somebody.pk).update(is_demo=True)
    Landlord.objects.filter(pk=poole.pk).update(is_demo=False)
    assert browser_at(poole).post(DEMO, {"person": somebody.pk}).status_code == 404
    assert browser_at(poole).post(DEMO, {"person": "x"}).status_code == 404
