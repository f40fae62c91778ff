from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line
from involvement.landlords.models import Landlord
from tests.factories.plans import make_agreed_plan, make_line
from tests.residents.exports.taken import asked_for, doors, take, taken


def make_late(number: int, title: str = "Involvement plan (demo)") -> None:
    plan = make_agreed_plan(title)
    for each in range(number):
        make_line(
            plan, f"=Road show {each}", owner_words="Repairs panel", deadline_words="December 2027"
        )
    late = timezone.localdate() - dt.timedelta(days=10)
    Line.objects.filter(plan=plan).update(due_on=late)


def test_what_is_late_leaves_from_its_page(in_poole: Landlord, officer_client: Client) -> None:
    make_late(1)
    make_line(
        make_agreed_plan("Another plan (demo)"), "In good time", deadline_words="December 2099"
    )
    rows = take(officer_client, doors(officer_client, reverse("plans:late_list"))["late-lines"])
    assert [(row["Line"], row["Owner"]) for row in rows] == [("'=Road show 0", "Repairs panel")]
    assert "10 days" in rows[0]["How late"]


def test_what_is_late_is_read_in_as_many_questions_for_three_as_for_one(
    in_poole: Landlord,
) -> None:
    make_late(1)
    one = asked_for("late-lines")
    make_late(2, "Another plan (demo)")
    assert (len(taken("late-lines")), asked_for("late-lines")) == (3, one)
