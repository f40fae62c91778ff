"""Complaints about data that are matched to nobody and may be of whoever is to be erased."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy import policies
from residents.privacy.models import DataComplaint, Erasure
from residents.privacy.operations import complaints, erasing
from tests.factories.people import make_person

NAME = "Doreen Quillfeather (demo)"
QUERIES = 8


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person(
        NAME,
        email="doreen.q@post.example",
        phone="01632 960777",
        address="3 Quayside Mews, Poole",
    )


def complain(
    by: Actor, at: dt.datetime, *, name: str = NAME, contact: str = "by the bus stop"
) -> DataComplaint:
    return complaints.receive(
        name=name,
        contact=contact,
        words="You wrote to the wrong address.",
        received_on=dt.date(2026, 3, 2),
        received_how="PHONE",
        by=by,
        at=at,
    )


def erase(person: Person, by: Actor, at: dt.datetime) -> Erasure:
    erasure = erasing.propose(person=person, reason="ASKED", asked_on=at.date(), by=by, at=at)
    return erasing.erase(erasure=erasure, by=by, at=at)


@pytest.mark.parametrize(
    ("name", "contact"),
    [
        ("doreen  QUILLFEATHER", "12 The Quay, Oxford"),
        ("Mrs Quillfeather", "01865 960 000"),
        ("Her daughter", "01632960777"),
        ("Her daughter", "Doreen.Q@post.example"),
        ("Her daughter", "3 Quayside Mews,\nPoole"),
    ],
)
def test_a_complaint_matched_to_nobody_that_may_be_theirs_stops_it(
    doreen: Person, officer: Actor, now: dt.datetime, name: str, contact: str
) -> None:
    complaint = complain(officer, now, name=name, contact=contact)
    with pytest.raises(policies.NotSettledYet, match=f"Complaint {complaint.number} .* may be"):
        erase(doreen, officer, now)
    complaints.answer(
        complaint=complaint,
        outcome="UPHELD",
        outcome_words="We put the address right.",
        told_on=now.date(),
        told_how="PHONE",
        by=officer,
        at=now,
    )
    assert erase(doreen, officer, now).state == Erasure.State.DONE


def test_a_complaint_of_somebody_else_stops_nothing(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    complain(officer, now, name="Leroy Biggs", contact="leroy@post.example")
    other = make_person(NAME)
    complaint = complain(officer, now, name="Doreen Quillfeather", contact="by the bus stop")
    with pytest.raises(policies.NotSettledYet):
        erase(doreen, officer, now)
    complaints.say_whose(complaint=complaint, person=other, by=officer, at=now)
    assert erase(doreen, officer, now).state == Erasure.State.DONE
    with pytest.raises(policies.NotSettledYet):
        erase(other, officer, now)


def test_who_said_that_a_complaint_is_not_theirs_stands_in_history_and_its_words_stay(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    complaint = complain(officer, now, name="Her neighbour", contact="doreen.q@post.example")
    erasure = erasing.propose(
        person=doreen,
        reason="ASKED",
        asked_on=now.date(),
        not_theirs=[complaint.pk],
        by=officer,
        at=now,
    )
    with pytest.raises(policies.NotSettledYet):
        erasing.erase(erasure=erasure, by=officer, at=now)
    erasing.erase(erasure=erasure, not_theirs=[complaint.pk], by=officer, at=now)
    sentences = [entry.sentence for entry in history_of(doreen)]
    said = f", and said that complaint {complaint.number} is not theirs"
    assert sum(sentence.endswith(said) for sentence in sentences) == 2
    complaint.refresh_from_db()
    assert complaint.contact == "doreen.q@post.example"


def test_a_complaint_that_may_be_theirs_is_matched_or_ticked_away(
    doreen: Person, officer: Actor, officer_client: Client
) -> None:
    row = complain(officer, timezone.now())
    complaint = reverse("privacy:complaint_detail", args=[row.pk])
    whose = reverse("privacy:complaint_whose", args=[row.pk])
    assert "matched to nobody in the register" in officer_client.get(complaint).text
    assert whose in officer_client.get(complaint).text
    assert doreen.name in officer_client.get(whose).text
    assert "We found nobody" in officer_client.get(whose, {"q": "Zebedee"}).text

    erase = reverse("privacy:erasure_propose", args=[doreen.pk])
    given = {"reason": "ASKED", "asked_on": timezone.localdate().isoformat()}
    page = officer_client.post(erase, given).text
    assert "a complaint that may be theirs is still open" in page
    assert f"Complaint {row.number} about data is still open and may be theirs" in page
    assert not Erasure.objects.exists()
    officer_client.post(whose, {"person": doreen.pk})
    row.refresh_from_db()
    assert row.person == doreen
    page = officer_client.post(erase, given | {"not_theirs": row.pk}).text
    assert "something they asked of us is still open" in page
    assert not Erasure.objects.exists()

    officer_client.post(whose, {"person": "none"})
    officer_client.post(erase, given | {"not_theirs": row.pk})
    assert Erasure.objects.get().person == doreen


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_of_three_people_as_of_one(
    doreen: Person,
    officer: Actor,
    now: dt.datetime,
    officer_client: Client,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number - 1):
        make_person(NAME)
    row = complain(officer, now)
    with django_assert_num_queries(QUERIES):
        page = officer_client.get(reverse("privacy:complaint_whose", args=[row.pk])).text
    assert page.count(NAME) > number
