"""Visits to new tenants."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import StaffMember
from involvement.landlords.models import Subject
from residents.interests import operations, policies, queries
from residents.interests.models import (
    Method,
    TenancyVisit,
)
from residents.people.models import Person
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.interests.wanting import make_tenancy, today
from tests.residents.preferences.said import CLERK


def test_a_tenancy_that_began_brings_one_visit_however_often_it_is_asked(person: Person) -> None:
    make_tenancy(person, today() - dt.timedelta(days=10))
    make_tenancy(make_person("Old (demo)"), today() - dt.timedelta(days=400))
    counts = [operations.pull_visits(by=CLERK, at=timezone.now()) for _ in range(2)]
    assert counts == [1, 0]
    visit = TenancyVisit.objects.get()
    assert visit.person == person
    assert visit.due_on == today() + dt.timedelta(days=42 - 10)


def test_a_visit_is_made_once_with_what_was_talked_about_and_what_interests_them(
    officer_client: Client, person: Person, lifts: Subject, meetings: Method
) -> None:
    staff = StaffMember.objects.create(name="Pat Field (demo)")
    visit = operations.due_visit(
        person=person,
        tenancy_began_on=today() - dt.timedelta(days=60),
        by=CLERK,
        at=timezone.now(),
    )
    shown = text_of(officer_client.get("/desk/visits/"))
    assert "1 visit is still to make" in shown
    assert "1 of them late" in shown
    form = {
        "made_on": today().isoformat(),
        "officer": staff.pk,
        "talked_about": [meetings.pk],
        "discussed": "Repairs",
        "subjects": [lifts.pk],
    }
    officer_client.post(f"/desk/visits/{visit.pk}/", form)
    visit.refresh_from_db()
    assert (visit.made_on, visit.officer, visit.discussed) == (today(), staff, "Repairs")
    (interest,) = queries.wishes_of(person).interests
    assert (str(interest), interest.source) == ("Lifts", "VISIT")
    assert list(queries.visits_to_make()) == []
    with pytest.raises(policies.VisitMade):
        operations.set_aside(visit=visit, why="No", by=CLERK, at=timezone.now())
