"""What was written to somebody about their own data is theirs to see, and goes when they go."""

from __future__ import annotations

import datetime as dt

import pytest

from involvement.auditing.actors import Actor
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy.operations import complaints, erasing
from residents.privacy.operations.messages import ERASED
from residents.privacy.packing import sections_of
from residents.privacy.ports import A_RESIDENT
from residents.profiles import operations as profiles
from residents.profiles.queries import question_set
from tests.factories.people import make_person


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person("Doreen Quillfeather (demo)", email="doreen.q@post.example")


def acknowledged(person: Person, by: Actor, at: dt.datetime) -> None:
    complaint = complaints.receive(
        name=person.name,
        contact=person.email,
        words="You wrote to the wrong address.",
        received_on=at.date(),
        received_how="EMAIL",
        person=person,
        by=by,
        at=at,
    )
    complaints.acknowledge(
        complaint=complaint, landlord=person.landlord, on=at.date(), by=by, at=at
    )
    complaints.answer(
        complaint=complaint,
        outcome="UPHELD",
        outcome_words="We put it right.",
        told_on=at.date(),
        told_how="EMAIL",
        by=by,
        at=at,
    )


def invited(person: Person, by: Actor, at: dt.datetime) -> None:
    if question_set() is None:
        profiles.begin_question_set(by=by, at=at)
    profiles.send_link(
        person=person, address_of=lambda token: f"https://us.example/{token}", why="", by=by, at=at
    )


@pytest.mark.parametrize("write", [acknowledged, invited])
def test_it_is_in_their_pack_and_emptied_when_they_are_erased(
    doreen: Person, officer: Actor, now: dt.datetime, write: object
) -> None:
    other = make_person("Leroy Biggs (demo)", email="leroy@post.example")
    for person in (doreen, other):
        write(person, officer, now)  # type: ignore[operator]  # one of the two above
    mine, theirs = Message.objects.order_by("pk")
    shown = [row.value for part in sections_of(doreen) for row in part.rows]
    assert mine.body in shown
    assert shown.count(mine.body) == 1
    assert theirs.to_address not in shown

    erasure = erasing.propose(
        person=doreen, reason="ASKED", asked_on=now.date(), by=officer, at=now
    )
    erasing.erase(erasure=erasure, by=officer, at=now)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.to_name, mine.to_address, mine.body) == (A_RESIDENT, ERASED, ERASED)
    assert (mine.state, mine.link) == ("CANCELLED", "")
    assert theirs.to_address == "leroy@post.example"
