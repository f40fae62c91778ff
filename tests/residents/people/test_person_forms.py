"""The form of a person, tags, and dates of birth."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.people import operations
from residents.people.models import CustomerType, Person
from tests.residents.people.registered import page_of


def test_the_form_says_what_the_housing_system_will_write_over(
    officer_client: Client, ada: Person
) -> None:
    page = page_of(ada, "change")
    assert "Kept by" not in officer_client.get(page).text
    Person.objects.filter(pk=ada.pk).update(feed_source="Housing system")

    shown = officer_client.get(page).text
    assert "They come from Housing system" in shown
    marked = ["name", "customer_type", "born", "place"]
    said = [name for name in marked if _hint(shown, name).endswith("change it there too.")]
    assert said == marked
    assert _hint(shown, "phone") == ""


def _hint(page: str, name: str) -> str:
    found = re.search(rf'id="id_{name}_hint">([^<]*)<', page)
    return found[1] if found else ""


def test_nothing_chosen_is_said_in_words(officer_client: Client, poole: Landlord) -> None:
    page = officer_client.get("/desk/homes/add/").text
    assert ">Not said</option>" in page
    assert ">---------</option>" not in page


def test_a_tag_is_put_on_and_taken_off(officer_client: Client, ada: Person) -> None:
    put = officer_client.post(f"/desk/people/{ada.pk}/tags/", {"name": "Gardeners"}, follow=True)
    assert "has the tag “Gardeners”" in put.text
    tag = ada.tags.get().tag
    off = officer_client.post(f"/desk/people/{ada.pk}/tags/{tag.pk}/off/", follow=True)
    assert "is off Ada Coles" in off.text
    assert not ada.tags.exists()
    none = officer_client.post(f"/desk/people/{ada.pk}/tags/", {"name": ""}, follow=True)
    assert "Write the tag" in none.text


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        ("31/3/1950", (dt.date(1950, 3, 31), "DAY")),
        ("1950", (dt.date(1950, 1, 1), "YEAR")),
        ("31 March 1950", (dt.date(1950, 3, 31), "DAY")),
        ("", (None, "DAY")),
    ],
)
def test_a_date_of_birth_is_kept_as_far_as_it_is_known(
    officer_client: Client, ada: Person, born: str, kept: tuple[dt.date | None, str]
) -> None:
    form = {"name": ada.name, "preferred_channel": "POST", "address": "1 Quay", "born": born}
    officer_client.post(f"/desk/people/{ada.pk}/change/", form)

    ada.refresh_from_db()
    assert (ada.born_on, ada.born_precision) == kept


@pytest.mark.parametrize("born", ["31/02/1950", "01-02-03", "2099", "1850", "soon"])
def test_a_date_that_is_none_is_asked_for_anew(
    officer_client: Client, ada: Person, born: str
) -> None:
    form = {"name": ada.name, "preferred_channel": "POST", "address": "1 Quay", "born": born}
    answer = officer_client.post(f"/desk/people/{ada.pk}/change/", form)

    assert "Write a day such as 31/3/1950, or the year alone." in answer.text


def test_customer_types_are_the_landlords_own(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    assert operations.found(by=officer, at=now) in {0, 11}
    assert operations.found(by=officer, at=now) == 0
    assert CustomerType.objects.filter(kind="SERVICE_USER", lives_here=False).exists()
