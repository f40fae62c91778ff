"""The public page of a plan: the words that were agreed, and how it is going today."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import planning, progress
from actionplans.plans.operations.lines import delete_line, edit_line
from involvement.landlords.models import Landlord
from tests.actionplans.asked import asked
from tests.factories.plans import CLERK, make_group, make_line, make_plan

NOW = timezone.now()


def published(count: int = 1) -> Plan:
    plan = make_plan()
    group = make_group(plan)
    for at in range(count):
        make_line(
            plan, f"Ring back {at}", under=group, owner_words="JM", deadline_words="June 2040",
            measure="A log of calls",
        )  # fmt: skip
    plan = planning.agree_plan(
        plan=plan, agreed_on=timezone.localdate(), agreed_by="Panel", by=CLERK, at=NOW
    )
    planning.publish_plan(plan=plan, by=CLERK, at=NOW)
    return plan


def note(line: Line, words: str, **values: Any) -> None:
    progress.record_progress(line=line, words=words, by=CLERK, at=timezone.now(), **values)


def page_of(visitor: Client, plan: Plan) -> str:
    page = visitor.get(reverse("plans_public:plan_detail", args=[plan.pk])).content.decode()
    return " ".join(page.split())


def test_it_says_how_each_line_is_going_today_beside_the_agreed_words(
    visitor: Client, in_poole: Landlord
) -> None:
    plan = published()
    line = Line.objects.get(title="Ring back 0")
    assert "Not started" in page_of(visitor, plan)
    note(line, "Everybody was rung in May", status="AT_RISK")
    line.refresh_from_db()
    edit_line(line=line, version=line.version, values={"title": "Ring later"}, by=CLERK, at=NOW)
    page = page_of(visitor, plan)
    assert "Ring back 0" in page
    assert "Ring later" not in page
    assert "Amber: at risk" in page
    assert "Everybody was rung in May" in page
    assert "how each line is going today" in page


def test_a_note_that_names_somebody_stays_out_and_the_one_before_it_shows(
    visitor: Client, in_poole: Landlord
) -> None:
    plan = published()
    line = Line.objects.get(title="Ring back 0")
    note(line, "Half are rung")
    note(line, "Doreen (demo) was rung", names_somebody=True, status="DONE")
    page = page_of(visitor, plan)
    assert "Half are rung" in page
    assert "Doreen" not in page
    assert "Done" in page


def test_a_promise_that_is_late_or_no_longer_there_says_so(
    visitor: Client, in_poole: Landlord
) -> None:
    plan = published(2)
    late, gone = Line.objects.get(title="Ring back 0"), Line.objects.get(title="Ring back 1")
    Line.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    delete_line(line=gone, reason="Written twice", by=CLERK, at=NOW)
    page = page_of(visitor, plan)
    assert "Red: late" in page
    assert "No longer in the plan" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_lines_as_for_one(
    visitor: Client, in_poole: Landlord, count: int
) -> None:
    plan = published(count)
    for line in Line.objects.filter(kind="ACTION"):
        note(line, "Begun")
    queries, page = asked(visitor, reverse("plans_public:plan_detail", args=[plan.pk]))
    assert page.count("Begun") == count
    assert queries == 5
