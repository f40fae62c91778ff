from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.duplicates.models import DuplicatePair
from residents.duplicates.operations import dismiss, look_for_duplicates
from tests.factories.people import make_person
from tests.residents.exports.taken import asked_for, doors, take, taken

NAMES = ("Ada Coles (demo)", "=Ben Lake (demo)", "Cat Moss (demo)")


def pairs(number: int, officer: Actor, now: dt.datetime) -> None:
    for each, name in enumerate(NAMES[:number]):
        for side in "ab":
            address = f"{each} {name} Row"
            make_person(name, phone=f"01632 96{each}10{each}", address=f"{address} {side}")
    look_for_duplicates(by=officer, at=now)


def test_the_pairs_leave_as_the_page_lists_them(
    in_poole: Landlord, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    pairs(2, officer, now)
    dismissed = DuplicatePair.objects.get(first__name=NAMES[0])
    dismiss(pair=dismissed, by=officer, at=now)
    rows = take(
        officer_client, doors(officer_client, reverse("duplicates:pair_list"))["here-twice"]
    )
    assert len(rows) == 1
    assert {rows[0]["First: name"], rows[0]["Second: name"]} == {f"'{NAMES[1]}"}
    assert "telephone" in rows[0]["Why"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pairs_are_read_in_one_question(
    in_poole: Landlord, officer: Actor, now: dt.datetime, number: int
) -> None:
    pairs(number, officer, now)
    assert len(taken("here-twice")) == number
    assert asked_for("here-twice") == 2
