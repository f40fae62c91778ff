"""The registers a data-protection officer is asked for leave by the one door."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy.operations import complaints, erasing, looking, requests
from residents.privacy.queries.complaints import unanswered
from residents.privacy.queries.erasures import waiting
from residents.privacy.queries.requests import under_way
from tests.factories.people import make_person
from tests.residents.exports.taken import asked_for, doors, take, taken
from tests.residents.privacy.test_pages import ask, complain

HUB, SETTLED, LOOKS = (reverse(f"privacy:{name}") for name in ("hub", "settled", "look_list"))
REGISTERS = ("access-requests", "data-complaints", "erasures")


def propose(person: Person, by: Actor) -> None:
    erasing.propose(
        person=person, reason="ASKED", asked_on=timezone.localdate(), by=by, at=timezone.now()
    )


def one_of_each(name: str, by: Actor) -> Person:
    person = make_person(name)
    propose(person, by)
    ask(person, by)
    complain(by, name)
    return person


def settle_everything(by: Actor) -> None:
    now, today = timezone.now(), timezone.localdate()
    for request in under_way():
        requests.close(request=request, because="They took it back", by=by, at=now)
    for complaint in unanswered():
        complaints.answer(
            complaint=complaint,
            outcome="UPHELD",
            outcome_words="We put the address right.",
            told_on=today,
            told_how="PHONE",
            by=by,
            at=now,
        )
    for erasure in waiting():
        erasing.refuse(erasure=erasure, because="A claim is under way", by=by, at=now)


def test_each_register_leaves_from_above_its_table(
    in_poole: Landlord, officer: Actor, ada_client: Client
) -> None:
    one_of_each("=Doreen (demo)", officer)
    found = doors(ada_client, HUB)
    for which, column in zip(REGISTERS, ("Name", "Name", "Name, while it waits"), strict=True):
        rows = take(ada_client, found[which])
        assert [row[column] for row in rows] == ["'=Doreen (demo)"]


def test_what_is_settled_leaves_from_its_own_page_and_a_receipt_names_nobody(
    in_poole: Landlord, officer: Actor, ada_client: Client
) -> None:
    one_of_each("Doreen (demo)", officer)
    settle_everything(officer)
    one_of_each("Ada (demo)", officer)
    found = doors(ada_client, SETTLED)
    closed = take(ada_client, found["access-requests"])
    assert [(row["Name"], row["Closed because"]) for row in closed] == [
        ("Doreen (demo)", "They took it back")
    ]
    answered = take(ada_client, found["data-complaints"])
    assert [row["What we found and did"] for row in answered] == ["We put the address right."]
    refused = take(ada_client, found["erasures"])
    assert [(row["Name, while it waits"], row["Refused because"]) for row in refused] == [
        ("", "A claim is under way")
    ]
    assert [len(taken(which)) for which in REGISTERS] == [2, 2, 2]


def test_an_officer_sees_the_tables_without_the_door(
    in_poole: Landlord, officer: Actor, officer_client: Client
) -> None:
    one_of_each("Doreen (demo)", officer)
    assert "Doreen (demo)" in officer_client.get(HUB).content.decode()
    assert doors(officer_client, HUB) == {}
    door = reverse("exports:export_ask", args=["access-requests"])
    assert officer_client.get(door).status_code == 403


def test_the_register_of_looks_leaves_as_its_page_narrows_it(
    in_poole: Landlord, officer: Actor, ada_client: Client
) -> None:
    doreen, ron = make_person("=Doreen (demo)"), make_person("Ron (demo)")
    for person in (doreen, ron):
        looking.record_view(person=person, by=officer, at=timezone.now(), page="their page")
    looking.record_export(
        page="the list “People”", people=41, purpose="The AGM", by=officer, at=timezone.now()
    )
    found = doors(ada_client, f"{LOOKS}?person={doreen.pk}&kind=VIEWED")
    rows = take(ada_client, found["looks"])
    assert [(row["Whom"], row["Person number"]) for row in rows] == [
        ("'=Doreen (demo)", str(doreen.pk))
    ]
    rows = taken("looks", kind="EXPORTED", since=timezone.localdate().isoformat())
    assert [(row["Whom"], row["How many people"], row["What for"]) for row in rows[-1:]] == [
        ("", "41", "The AGM")
    ]
    assert len(taken("looks", by="nobody of this name")) == len(taken("looks"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_registers_are_read_in_one_question_each(
    in_poole: Landlord, officer: Actor, number: int
) -> None:
    for each in range(number):
        person = one_of_each(f"Resident {each} (demo)", officer)
        looking.record_view(person=person, by=officer, at=timezone.now(), page="their page")
    for which in REGISTERS:
        assert (len(taken(which)), asked_for(which)) == (number, 2)
    # The names that may be chosen from are asked for each time the filter is read
    assert (len(taken("looks")), asked_for("looks")) == (number, 4)
