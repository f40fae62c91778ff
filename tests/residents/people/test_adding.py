"""Somebody is added by hand, with the home they live in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import Place
from residents.people import operations
from residents.people.models import Home, Person, Residency

PAGE = "/desk/people/add/"
GIVEN = {"name": "Ada Frost (demo)", "preferred_channel": "POST"}


@pytest.fixture
def court(officer: Actor, now: dt.datetime, in_poole: Any) -> list[Home]:
    place = Place.objects.create(name="Drake Court")
    return [
        operations.add_home(
            address=f"{number} Drake Court",
            postcode="BH15 1AA",
            reference=f"H{number}",
            place=place,
            by=officer,
            at=now,
        )
        for number in (3, 31)
    ]


def test_their_home_is_found_by_reference_and_gives_address_and_place(
    officer_client: Client, court: list[Home]
) -> None:
    form = {**GIVEN, "home": "H3", "capacity": "JOINT", "lives_since": "2019-04-01"}
    page = officer_client.post(PAGE, form, follow=True)

    assert "is among the people and lives at 3 Drake Court." in page.text
    person, lives = Person.objects.get(), Residency.objects.get()
    assert (person.home, person.place) == (court[0], court[0].place)
    assert person.address == "3 Drake Court\nBH15 1AA"
    assert (lives.person, lives.home, lives.capacity) == (person, court[0], "JOINT")
    assert (lives.started_on, lives.ended_on) == (dt.date(2019, 4, 1), None)
    sentences = [entry.sentence for entry in history_of(person)]
    assert sentences == ["moved them to 3 Drake Court", "added them to the people"]


@pytest.mark.parametrize("words", ["3", "bh15 1aa", "3 dra"])
def test_of_several_homes_one_is_chosen(
    officer_client: Client, court: list[Home], words: str
) -> None:
    form = {**GIVEN, "home": words, "capacity": "TENANT"}
    if words == "3 dra":
        assert officer_client.post(PAGE, form).status_code == 302
        assert Person.objects.get().home == court[0]
        return
    asked = officer_client.post(PAGE, form).text
    assert "Several homes begin like this. Choose one." in asked
    assert "31 Drake Court, BH15 1AA (reference H31)" in asked
    assert "To write to them we need their address." not in asked
    assert not Person.objects.exists()

    officer_client.post(PAGE, {**form, "which": court[1].pk})
    person = Person.objects.get()
    assert (person.home, person.residencies.get().started_on) == (court[1], None)


def test_letters_go_elsewhere_where_another_address_is_given(
    officer_client: Client, court: list[Home]
) -> None:
    officer_client.post(PAGE, {**GIVEN, "home": "H3", "address": "c/o 1 Quay"})
    assert Person.objects.get().address == "c/o 1 Quay"
    assert Residency.objects.get().capacity == "TENANT"


def test_nobody_is_added_to_a_home_that_is_not_there_or_on_a_day_to_come(
    officer_client: Client, court: list[Home], now: dt.datetime
) -> None:
    none = officer_client.post(PAGE, {**GIVEN, "home": "zzz"}).text
    assert "No home begins like this" in none
    tomorrow = str(now.date() + dt.timedelta(days=2))
    late = officer_client.post(PAGE, {**GIVEN, "home": "H3", "lives_since": tomorrow}).text
    assert "Write a day that has come." in late
    assert not Person.objects.exists()


def test_without_a_home_nobody_lives_anywhere(officer_client: Client, court: list[Home]) -> None:
    officer_client.post(PAGE, {**GIVEN, "address": "1 Quay"})
    assert Person.objects.get().home is None
    assert not Residency.objects.exists()


def test_who_may_be_known_is_asked_about_and_the_home_stays_chosen(
    officer_client: Client, court: list[Home]
) -> None:
    form = {**GIVEN, "home": "3", "which": court[1].pk}
    officer_client.post(PAGE, form)
    asked = officer_client.post(PAGE, form).text
    assert "This may be somebody we know" in asked
    assert f'value="{court[1].pk}" id="id_which_1" checked' in asked
    officer_client.post(PAGE, {**form, "another": "on"})
    assert Residency.objects.filter(home=court[1]).count() == 2


def test_the_page_of_a_home_leads_to_adding_somebody_there(
    officer_client: Client, court: list[Home]
) -> None:
    assert f"{PAGE}?home=H3" in officer_client.get(f"/desk/homes/{court[0].pk}/").text
    assert 'value="H3"' in officer_client.get(PAGE, {"home": "H3"}).text
