"""The public page of a plan: the words that were agreed, and how it is going today."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import planning, progress, ties
from actionplans.plans.operations.lines import delete_line, edit_line
from involvement.calendars.words import say_date
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


def test_it_begins_with_how_many_promises_are_kept_and_leads_to_each_part(
    visitor: Client, in_poole: Landlord
) -> None:
    plan = published(2)
    for at in range(3):
        make_line(plan, f"Say so {at}", under=make_group(plan, f"Be told {at}"))
    plan.refresh_from_db()
    planning.publish_plan(plan=plan, by=CLERK, at=NOW)
    kept, late = Line.objects.get(title="Ring back 0"), Line.objects.get(title="Ring back 1")
    note(kept, "Everybody was rung", status="DONE")
    Line.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    page = page_of(visitor, plan)
    assert "<b>1 of 5 promises is kept, and 1 is late.</b>" in page
    assert f'<a href="#part-{kept.parent_id}">' in page
    assert f'<section class="promises" id="part-{kept.parent_id}">' in page
    assert "1 of 2 kept" in page


def test_a_long_plan_is_folded_under_its_headings_until_all_of_it_is_asked_for(
    visitor: Client, in_poole: Landlord
) -> None:
    plan = published(9)
    heading = make_group(plan, "Be told")
    for at in range(9):
        make_line(plan, f"Say so {at}", under=heading)
    plan.refresh_from_db()
    planning.publish_plan(plan=plan, by=CLERK, at=NOW)
    note(Line.objects.get(title="Say so 3"), "We said so", status="DONE")
    page = page_of(visitor, plan)
    assert page.count('<details class="promises promises--folded">') == 2
    assert f'<div id="part-{heading.pk}">' in page, "an address of a part opens it"
    assert "<h2>Be told</h2>" in page
    assert "1 of 9 kept" in page
    assert "Say so 8" in page
    assert '<a href="?all=1">Show all of it at once</a>' in page
    whole = visitor.get(reverse("plans_public:plan_detail", args=[plan.pk]), {"all": "1"})
    assert '<details class="promises' not in whole.content.decode()
    assert "Say so 8" in whole.content.decode()


def test_a_year_that_is_marked_says_when_and_a_deadline_that_says_done_says_nothing(
    visitor: Client, in_poole: Landlord, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        'Task,By when,2030/31\nHold a café,,***\nRing back,Complete,\nWrite,Ongoing,\nMeet,"Complete\nYearly",\n'
    )
    call_command(
        "import_action_plan",
        *(str(path), "--landlord", "poole", "--title", "Plan"),
        stdout=io.StringIO(),
    )
    plan = Plan.objects.get()
    lines = list(plan.lines.order_by("pk"))
    ties.give_smart_reason(lines=lines, words="As agreed", by=CLERK, at=NOW)
    planning.agree_plan(plan=plan, agreed_on=NOW.date(), agreed_by="Panel", by=CLERK, at=NOW)
    planning.publish_plan(plan=plan, by=CLERK, at=NOW)
    page = page_of(visitor, plan)
    assert "When: 2030/31" in page
    assert "When: Ongoing" in page
    assert page.count("Complete") == 1
    assert "When: Complete, Yearly" in page


def test_the_list_says_who_agreed_each_plan_and_when(visitor: Client, in_poole: Landlord) -> None:
    plan = published()
    page = " ".join(visitor.get(reverse("plans_public:plan_list")).content.decode().split())
    assert plan.title in page
    assert f"by Panel on {say_date(timezone.localdate())}</p>" in page
