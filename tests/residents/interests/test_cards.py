"""Paper cards keyed in."""

from __future__ import annotations

from django.test import Client

from involvement.landlords.models import Landlord, Subject
from residents.interests import queries
from residents.interests.models import (
    Method,
    MethodWish,
)
from residents.interests.queries import Wishes
from residents.people.models import Person
from residents.preferences.queries import needs_of
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.interests.wanting import keep, today


def test_a_card_finds_the_person_and_adds_to_what_is_known(
    officer_client: Client, person: Person, lifts: Subject, meetings: Method
) -> None:
    keep(person, Wishes((lifts,)))
    form = {
        "who": person.name,
        "methods": [meetings.pk],
        "amount": "2",
        "unit": "HOURS",
        "per": "MONTH",
        "formats": ["LARGE_PRINT"],
        "support": ["TRANSPORT"],
        "source": "CARD",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    response = officer_client.post("/desk/interests/card/", form, follow=True)
    assert f"The card of {person.name} is keyed in." in text_of(response)
    held = queries.wishes_of(person)
    assert ([str(row) for row in held.interests], str(held.offer)) == (
        ["Lifts"],
        "2 hours a month",
    )
    assert {need.kind for need in needs_of(person)} == {"LARGE_PRINT", "TRANSPORT"}
    assert Person.objects.get().large_print


def test_a_card_of_somebody_new_asks_for_a_way_to_reach_them(
    officer_client: Client, in_poole: Landlord, meetings: Method
) -> None:
    form = {
        "who": "Ŵyn Łuczak (demo)",
        "methods": [meetings.pk],
        "source": "CARD",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    shown = text_of(officer_client.post("/desk/interests/card/", form))
    assert "They are new to us: write one way to reach them." in shown
    assert Person.objects.count() == 0
    officer_client.post("/desk/interests/card/", {**form, "contact": "07700 900 321"})
    assert Person.objects.get().name == "Ŵyn Łuczak (demo)"


def test_two_of_one_name_are_told_apart_by_number(
    officer_client: Client, in_poole: Landlord, meetings: Method
) -> None:
    first, second = make_person(), make_person()
    form = {
        "who": first.name,
        "methods": [meetings.pk],
        "source": "CARD",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    shown = text_of(officer_client.post("/desk/interests/card/", form))
    assert f"2 people have this name. Type one of: {first.name}, no. {first.pk}" in shown
    officer_client.post("/desk/interests/card/", {**form, "who": f"{second.name}, no. {second.pk}"})
    assert [wish.person for wish in MethodWish.objects.all()] == [second]
