"""What an advocate or carer says for somebody is marked “by X for Y”, and only where they may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.representatives import operations
from tests.factories.people import make_person


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person("Doreen Hackett (demo)")


def sent(**values: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {
        "words": "The lift is out.",
        "who": "Doreen Hackett (demo)",
        "spoken_by": "sam reeve (demo)",
        "said_on": today,
        "source_kind": "PHONE",
        **values,
    }


def may_speak(person: Person, by: Actor, at: dt.datetime, *, ends_on: dt.date | None) -> None:
    operations.give_authority(
        person=person,
        representative=make_person("Sam Reeve (demo)"),
        kind="CARER",
        evidence="SPOKEN",
        evidence_seen_on=dt.date(2020, 1, 1),
        began_on=dt.date(2020, 1, 1),
        ends_on=ends_on,
        by=by,
        at=at,
    )


def test_what_a_carer_says_is_theirs_for_the_person(
    officer_client: Client, doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    may_speak(doreen, officer, now, ends_on=None)
    officer_client.post(reverse("feedback:record"), sent())
    row = Feedback.objects.get()
    assert row.person == doreen
    assert row.by_words == (
        "Sam Reeve (demo), for Doreen Hackett (demo), by telephone, keyed in by Jean Marlow (demo)"
    )
    shown = officer_client.get(reverse("feedback:feedback_detail", args=[row.pk]))
    assert "Spoken for them by" in shown.content.decode()
    page = officer_client.get(reverse("people:person_detail", args=[doreen.pk])).content.decode()
    assert "Write down what Sam Reeve (demo) says for them" in page
    begun = officer_client.get(reverse("feedback:record") + "?who=Doreen&spoken_by=Sam+Reeve")
    assert 'value="Sam Reeve"' in begun.content.decode()


def test_without_leave_nothing_is_recorded(
    officer_client: Client, doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    refused = officer_client.post(reverse("feedback:record"), sent())
    assert "has no leave to speak for Doreen Hackett (demo)" in refused.content.decode()
    may_speak(doreen, officer, now, ends_on=dt.date(2020, 2, 1))
    refused = officer_client.post(reverse("feedback:record"), sent())
    assert "has no leave to speak" in refused.content.decode()
    nobody = officer_client.post(reverse("feedback:record"), sent(who=""))
    assert "the person they spoke for" in nobody.content.decode()
    assert not Feedback.objects.exists()
