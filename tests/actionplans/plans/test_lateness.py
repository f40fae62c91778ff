"""What is late: only what somebody promised. A draft is not agreed, an archived plan is put away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, Plan, Reminder
from actionplans.plans.operations.reminding import remind
from actionplans.plans.queries import lines as line_queries
from actionplans.plans.queries.plans import plans_with_counts
from actionplans.plans.queries.standing import summary
from actionplans.plans.queries_group import PlanTotals, plan_totals
from involvement.auditing.actors import job
from involvement.landlords.models import Landlord
from tests.factories.plans import agree, make_group, make_line, make_plan

PROMISED, NOT_PROMISED = ("AGREED", "PUBLISHED"), ("DRAFT", "ARCHIVED")
STATES = [*PROMISED, *NOT_PROMISED]


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    """A draft with one line whose day was yesterday, one to come, one done and one stopped."""
    in_poole.contact_name, in_poole.contact_email = "Jean Marlow (demo)", "jean@poole.example"
    in_poole.save()
    plan = make_plan()
    group = make_group(plan)
    past, coming, *finished = (
        make_line(plan, title, under=group) for title in ("Mend the lift", "Plant trees", "A", "B")
    )
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Line.objects.filter(pk__in=[past.pk, *(line.pk for line in finished)]).update(due_on=yesterday)
    Line.objects.filter(pk=coming.pk).update(due_on=timezone.localdate() + dt.timedelta(days=90))
    for line, status in zip(finished, ("DONE", "STOPPED"), strict=True):
        Line.objects.filter(pk=line.pk).update(status=status)
    return plan


def in_state(plan: Plan, state: str) -> Plan:
    if state != "DRAFT":
        agree(plan)
    now = timezone.now()
    Plan.objects.filter(pk=plan.pk).update(state=state, published_at=now, archived_at=now)
    plan.refresh_from_db()
    return plan


def words(client: Client, name: str, *args: Any, **asked: str) -> str:
    page = client.get(reverse(name, args=args), asked)
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize("state", STATES)
def test_every_count_of_lateness_counts_what_is_promised_and_no_other(
    plan: Plan, state: str
) -> None:
    plan, today, one = in_state(plan, state), timezone.localdate(), int(state in PROMISED)
    late = line_queries.late_lines(today=today)
    assert [line.title for line in late] == ["Mend the lift"] * one
    assert [row.late_count for row in plans_with_counts(today=today)] == [one]
    counts = summary(plan, now=timezone.now(), today=today)
    assert (counts.late, counts.past) == (one, 1)
    assert (counts.not_started, counts.done, counts.stopped) == (2 - one, 1, 1)
    expected = PlanTotals(plans=1, lines=4, done=1, late=1) if one else PlanTotals(0, 0, 0, 0)
    assert plan_totals(today) == expected


@pytest.mark.parametrize("state", STATES)
def test_every_page_says_the_same_about_it(officer_client: Client, plan: Plan, state: str) -> None:
    plan, is_late = in_state(plan, state), state in PROMISED
    line = Line.objects.get(title="Mend the lift")
    assert line.parent is not None
    table = words(officer_client, "plans:plan_detail", plan.pk)
    assert ("Red: late" in table) is is_late
    assert ("1 line is late" in table) is is_late
    assert ("1 day late" in table) is is_late
    assert ("already past" in table) is not is_late
    assert ("Red: late" in words(officer_client, "plans:line_detail", line.pk)) is is_late
    assert ("1 late" in words(officer_client, "plans:line_detail", line.parent.pk)) is is_late
    assert ("Mend the lift" in words(officer_client, "plans:late_list")) is is_late
    assert ("One plan line is late" in words(officer_client, "faces:desk_home")) is is_late
    assert ("1 line late." in words(officer_client, "plans:plan_list")) is is_late


@pytest.mark.parametrize("state", STATES)
def test_filters_find_what_is_late_in_a_promise_and_what_is_past_in_a_draft(
    officer_client: Client, plan: Plan, state: str
) -> None:
    plan = in_state(plan, state)
    asked, other = ("late", "past") if state in PROMISED else ("past", "late")
    page = words(officer_client, "plans:plan_detail", plan.pk, due=asked)
    assert "Showing 1 of 4 lines" in page
    assert f'value="{asked}"' in page
    assert f'value="{other}"' not in page
    not_started = words(officer_client, "plans:plan_detail", plan.pk, state="not_started")
    assert f"Showing {1 if state in PROMISED else 2} of 4 lines" in not_started


@pytest.mark.parametrize("state", STATES)
def test_nobody_is_reminded_of_what_nobody_promised(
    in_poole: Landlord, plan: Plan, state: str
) -> None:
    in_state(plan, state)
    coming = Line.objects.filter(title="Plant trees")
    coming.update(due_on=timezone.localdate() + dt.timedelta(days=7))
    sent = remind(
        landlord=in_poole,
        url_of=lambda token: f"https://poole.example/update/{token}/",
        by=job("The morning's reminders"),
        at=timezone.now(),
    )
    kinds = list(Reminder.objects.order_by("kind").values_list("kind", flat=True))
    assert (sent, kinds) == ((1, ["AFTER", "BEFORE"]) if state in PROMISED else (0, []))


def test_a_draft_says_that_nothing_is_late_yet_and_which_days_are_past(
    officer_client: Client, plan: Plan
) -> None:
    page = words(officer_client, "plans:plan_detail", plan.pk)
    assert "Nothing can be late before it is agreed" in page
    assert '<a href="?due=past">the day of 1 line has passed already</a>' in page
    past = words(officer_client, "plans:plan_detail", plan.pk, due="past")
    assert "those whose day has passed." in past
    assert "Mend the lift" in past
    assert "Plant trees" not in past


def test_what_is_carried_into_a_draft_is_late_in_the_plan_it_comes_from_alone(
    officer_client: Client, plan: Plan
) -> None:
    agree(plan)
    officer_client.post(reverse("plans:plan_carry", args=[plan.pk]), {"title": "Next (demo)"})
    assert Line.objects.filter(title="Mend the lift").count() == 2
    (line,) = line_queries.late_lines(today=timezone.localdate())
    assert line.plan == plan
