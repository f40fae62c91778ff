"""Two officers with one person, or one home, open at once."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Home, Person
from residents.people.operations import add_home, change_home, change_person
from tests.actionplans.asked import text_of
from tests.factories.people import make_person


def test_the_second_to_save_a_person_is_shown_what_the_first_saved(
    poole: Landlord, officer_client: Client, officer: Actor, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
    page = f"/desk/people/{ada.pk}/change/"
    form = officer_client.get(page).context["form"]
    seen = officer_client.get(page).context["writing"].seen
    mine = {name: form[name].value() or "" for name in form.fields} | {"name": "Ada Cole (demo)"}
    del mine["another"]
    with landlord_scope(poole):
        change_person(person=ada, name="Ada Colls (demo)", by=officer, at=now)

    response = officer_client.post(page, {**mine, "seen": seen})

    words = text_of(response)
    assert "What somebody else saved meanwhile, beside what you wrote" in words
    assert "Ada Colls (demo)" in words
    with landlord_scope(poole):
        assert Person.objects.get(pk=ada.pk).name == "Ada Colls (demo)"

    again = {**mine, "seen": response.context["writing"].seen}
    assert officer_client.post(page, again).status_code == 302
    with landlord_scope(poole):
        assert Person.objects.get(pk=ada.pk).name == "Ada Cole (demo)"


def test_the_second_to_save_a_home_is_shown_what_the_first_saved(
    poole: Landlord, officer_client: Client, officer: Actor, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        home = add_home(address="1 Quay", by=officer, at=now)
    page = f"/desk/homes/{home.pk}/change/"
    shown = officer_client.get(page)
    mine = {"address": "3 Quay", "tenure": "GENERAL", "stock": "LCRA"}
    with landlord_scope(poole):
        change_home(home=home, address="2 Quay", by=officer, at=now)

    response = officer_client.post(page, {**mine, "seen": shown.context["writing"].seen})

    assert "What somebody else saved meanwhile, beside what you wrote" in text_of(response)
    with landlord_scope(poole):
        assert Home.objects.get(pk=home.pk).address == "2 Quay"
    again = {**mine, "seen": response.context["writing"].seen}
    assert officer_client.post(page, again).status_code == 302
    with landlord_scope(poole):
        assert Home.objects.get(pk=home.pk).address == "3 Quay"
