"""Whoever told us something took part."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.feedback import operations
from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.participation.models import Participation
from residents.participation.operations import withdraw_participation
from residents.people.models import Person
from residents.people.operations import add_person
from tests.actionplans.asked import text_of
from tests.factories.feedback import make_feedback


@pytest.fixture
def ada(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    return add_person(
        name="Ada Coles (demo)", preferred_channel="POST", address="1 Quay", by=officer, at=now
    )


def facts() -> list[tuple[Person | None, str]]:
    rows = Participation.objects.order_by("pk").select_related("person")
    return [(row.person, row.label) for row in rows]


def test_each_thing_said_by_somebody_we_know_counts_once(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    make_feedback(person=ada, source_words="Stall at the fun day")
    make_feedback()

    assert operations.count_as_taking_part(by=officer, at=now) == 1
    assert operations.count_as_taking_part(by=officer, at=now) == 0

    assert facts() == [(ada, "Stall at the fun day")]


def test_it_moves_to_whoever_is_found_to_have_said_it(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    said = make_feedback(person=ada)
    operations.count_as_taking_part(by=officer, at=now)
    ben = add_person(
        name="Ben Hale (demo)", preferred_channel="POST", address="2", by=officer, at=now
    )
    said.person = ben
    said.save(update_fields=["person"])

    assert operations.count_as_taking_part(by=officer, at=now) == 1
    assert facts() == [(ben, "Telephone call")]


def test_what_was_taken_back_by_hand_stays_so(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    make_feedback(person=ada)
    operations.count_as_taking_part(by=officer, at=now)
    row = Participation.objects.get()
    withdraw_participation(row=row, why="A neighbour spoke", by=officer, at=now)

    assert operations.count_as_taking_part(by=officer, at=now) == 0
    assert Participation.objects.get().withdrawn_at is not None


def test_each_landlord_is_counted_by_itself(
    poole: Landlord, oxford: Landlord, officer: Actor, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        person = add_person(
            name="Ada Coles (demo)", preferred_channel="POST", address="1", by=officer, at=now
        )
        make_feedback(person=person)
    with landlord_scope(oxford):
        assert operations.count_as_taking_part(by=officer, at=now) == 0
    with landlord_scope(poole):
        assert operations.count_as_taking_part(by=officer, at=now) == 1


@pytest.mark.parametrize("reason", ["Passed on to those it concerns.", "Passed on", "Heard!"])
def test_why_it_needed_no_answer_ends_as_a_sentence_does(
    ada: Person, officer_client: Client, officer: Actor, reason: str
) -> None:
    said = make_feedback(person=ada)
    operations.note_and_thank(feedback=[said], reason=reason, by=officer, at=timezone.now())
    page = text_of(officer_client.get(reverse("people:person_detail", args=[ada.pk])))
    ended = reason if reason[-1] in ".!" else f"{reason}."
    assert f": {ended}" in page
    assert f"{ended}." not in page
