"""What the database refuses of interests."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.landlords.models import Subject
from residents.interests.models import (
    ChosenMethod,
    Expression,
    GroupNote,
    GroupPartner,
    GroupToReach,
    Interest,
    Method,
    MethodWish,
    Offer,
    TenancyVisit,
)
from residents.interests.queries import Wishes
from residents.people.models import Person
from tests.factories.people import make_person
from tests.residents.interests.wanting import BY, express, keep, today, told


def test_the_database_refuses_nonsense(person: Person, lifts: Subject, meetings: Method) -> None:
    keep(person, Wishes((lifts,), (meetings,), 60))
    late = {**told(), "said_on": today() + dt.timedelta(days=1)}
    group = GroupToReach.objects.create(name="A", why="B", added_at=timezone.now(), **BY)
    done: dict[str, Any] = {"group": group, "noted_at": timezone.now(), **BY}
    row = express(person, Wishes((lifts,)))
    visit: dict[str, Any] = {
        "person": person,
        "tenancy_began_on": today(),
        "due_on": today(),
        "recorded_at": timezone.now(),
        **BY,
    }
    TenancyVisit.objects.create(**visit)
    open_: dict[str, Any] = {"person": person, "due_on": today(), **told()}
    other = Method.objects.create(name="Other")
    doors = Subject.objects.create(name="Doors")
    cases: list[tuple[str, Any, dict[str, Any]]] = [
        ("interest_is_kept_once", Interest, {"person": person, "subject": lifts, **told()}),
        ("interest_was_said_before", Interest, {"person": person, "subject": doors, **late}),
        ("method_wish_is_kept_once", MethodWish, {"person": person, "method": meetings, **told()}),
        ("method_wish_was_said_before", MethodWish, {"person": person, "method": other, **late}),
        ("offer_that_holds_is_one", Offer, {"person": person, "minutes": 5, **told()}),
        (
            "offer_of_time_is_more",
            Offer,
            {"person": make_person("B (demo)"), "minutes": 0, **told()},
        ),
        (
            "offer_was_said_before",
            Offer,
            {"person": make_person("C (demo)"), "minutes": 5, **late},
        ),
        (
            "chosen_method_says_for_what",
            ChosenMethod,
            {"person": person, "method": other, "about": "", **told()},
        ),
        (
            "chosen_method_was_said_before",
            ChosenMethod,
            {"person": person, "method": other, "about": "Fair", **late},
        ),
        ("method_is_listed_once", Method, {"name": "meetings"}),
        ("method_has_a_name", Method, {"name": ""}),
        ("expression_is_answered_once", Expression, {**open_, "state": "ACCEPTED"}),
        (
            "expression_is_turned_down_with_a_reason",
            Expression,
            {**open_, "state": "TURNED_DOWN", "answered_at": timezone.now()},
        ),
        ("expression_of_time_is_more", Expression, {**open_, "minutes": 0}),
        ("expression_was_said_before", Expression, {**open_, **late}),
        ("visit_is_due_once", TenancyVisit, visit),
        (
            "visit_made_names_its_officer",
            TenancyVisit,
            {**visit, "tenancy_began_on": today() - dt.timedelta(days=9), "made_on": today()},
        ),
        (
            "visit_is_set_aside_with_a_reason",
            TenancyVisit,
            {**visit, "tenancy_began_on": today() - dt.timedelta(days=8), "set_aside_on": today()},
        ),
        (
            "group_to_reach_is_listed_once",
            GroupToReach,
            {"name": "a", "why": "C", "added_at": timezone.now(), **BY},
        ),
        (
            "group_to_reach_says_who_and_why",
            GroupToReach,
            {"name": "D", "why": "", "added_at": timezone.now(), **BY},
        ),
        ("partner_has_a_name", GroupPartner, {"group": group, "added_at": timezone.now(), **BY}),
        ("group_note_has_words", GroupNote, {**done, "done_on": today()}),
        (
            "group_note_is_of_a_day_gone_by",
            GroupNote,
            {**done, "words": "Met", "done_on": today() + dt.timedelta(days=1)},
        ),
    ]
    for name, model, values in cases:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.create(**values)
    for manager in (row.named_subjects,):
        with pytest.raises(IntegrityError, match="names_a_subject_once"), transaction.atomic():
            manager.create(subject=lifts)
