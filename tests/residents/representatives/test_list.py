from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.representatives import operations
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.exports.taken import asked_for, doors, take, taken
from tests.residents.representatives.test_representatives import given

LIST = reverse("representatives:authority_list")


def test_strangers_find_nothing_and_contributors_are_refused(
    stranger_client: Client, contributor_client: Client
) -> None:
    assert stranger_client.get(LIST).status_code == 404
    assert contributor_client.get(LIST).status_code == 403


def test_the_page_of_people_leads_to_it(officer_client: Client) -> None:
    assert LIST in officer_client.get(reverse("people:person_list")).content.decode()
    assert "Nobody acts for anybody now." in text_of(officer_client.get(LIST))


def test_those_that_hold_are_told_apart_from_those_that_are_over(
    in_poole: Landlord, officer: Actor, officer_client: Client
) -> None:
    doreen, sam, una = (make_person(f"{name} (demo)") for name in ("=Doreen", "Sam", "Una"))
    soon = timezone.localdate() + dt.timedelta(days=20)
    given(doreen, sam, officer, ends_on=soon)
    ended = given(sam, una, officer)
    operations.end_authority(authority=ended, why="They moved away", by=officer, at=timezone.now())
    shown = text_of(officer_client.get(LIST))
    assert "1 authority holds now" in shown
    assert "1 ends within 60 days." in shown
    assert "Sam (demo)" in shown
    assert "Una (demo)" not in shown
    rows = take(officer_client, doors(officer_client, LIST)["who-acts"])
    assert [(row["Who acts"], row["For whom"]) for row in rows] == [
        ("Sam (demo)", "'=Doreen (demo)")
    ]
    assert rows[0]["What they may do"].startswith("speak and write for them; be told")
    over = text_of(officer_client.get(f"{LIST}?over=1"))
    assert "ended" in over
    assert "They moved away" in over
    assert "=Doreen (demo)" not in over
    narrowed = take(officer_client, doors(officer_client, f"{LIST}?over=1")["who-acts"])
    assert [row["Why it ended"] for row in narrowed] == ["They moved away"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_long_it_is(
    in_poole: Landlord,
    officer: Actor,
    officer_client: Client,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for each in range(number):
        given(make_person(f"Resident {each} (demo)"), make_person(f"Carer {each} (demo)"), officer)
    officer_client.get(LIST)
    with django_assert_num_queries(9):
        officer_client.get(LIST)
    assert (len(taken("who-acts")), asked_for("who-acts")) == (number, 2)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Sam", "Una", "Vi"]),
        ("-who-acts", ["Vi", "Una", "Sam"]),
        ("for-whom", ["Vi", "Una", "Sam"]),
        ("until", ["Una", "Vi", "Sam"]),
        ("-until", ["Vi", "Una", "Sam"]),
    ],
)
def test_it_is_put_in_order_at_the_heads(
    in_poole: Landlord, officer: Actor, officer_client: Client, sort: str, names: list[str]
) -> None:
    today = timezone.localdate()
    for whom, who, days in (("Zoe", "Sam", None), ("Yan", "Una", 5), ("Xi", "Vi", 9)):
        ends_on = today + dt.timedelta(days=days) if days else None
        given(make_person(f"{whom} (demo)"), make_person(f"{who} (demo)"), officer, ends_on=ends_on)
    page = officer_client.get(LIST, {"sort": sort}).context["page"]
    assert [row.representative.name for row in page] == [f"{name} (demo)" for name in names]
