"""Targets with their own number and date, plans linked with plans, headings with a deadline."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan, PlanLink
from actionplans.plans.operations.plan_links import link_plans, unlink_plans
from actionplans.plans.operations.targets import keep_target
from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from tests.actionplans.asked import seen_of
from tests.factories.plans import CLERK, agree, make_group, make_line, make_plan

NOW = timezone.now()


def told(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan, under=make_group(plan), targets=["More people come"])


def linked(plan: Plan, other: Plan | None, kind: str = "RELATES", words: str = "") -> PlanLink:
    return link_plans(plan=plan, other=other, words=words, kind=kind, by=CLERK, at=NOW)


def test_targets_are_added_changed_and_taken_off_on_the_lines_page(
    officer_client: Client, line: Line
) -> None:
    sent = {"words": "20 shops a year", "value_words": "20", "due_on": "2030-03-31"}
    address = reverse("plans:target_add", args=[line.pk])
    assert "Write what the line should bring about." in told(officer_client.post(address, {}))
    officer_client.post(address, {**sent, "version": line.version})
    page = told(officer_client.get(reverse("plans:line_detail", args=[line.pk])))
    assert "To reach: 20." in page
    assert "By Sunday 31 March 2030." in page
    target = line.targets.get(words="20 shops a year")
    assert target.position == 1
    edit = reverse("plans:target_edit", args=[target.pk])
    line.refresh_from_db()
    changed = {**sent, "value_words": "25", "reached_on": "2030-02-01", "version": line.version}
    officer_client.post(edit, changed)
    target.refresh_from_db()
    assert (target.value_words, target.reached_on) == ("25", dt.date(2030, 2, 1))
    entry = history_of(line)[0]
    assert [(c["old"], c["new"]) for c in entry.changes] == [("20", "25"), ("", "1 February 2030")]
    line.refresh_from_db()
    officer_client.post(reverse("plans:target_remove", args=[target.pk]), {"version": line.version})
    assert [t.words for t in line.targets.order_by("position")] == ["More people come"]


def test_two_officers_at_one_target_see_each_other(
    officer_client: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    target = line.targets.get()
    edit = reverse("plans:target_edit", args=[target.pk])
    seen = seen_of(officer_client.get(edit))
    values: dict[str, Any] = {"words": "All come", "value_words": "", "measure": "A count"}
    values |= dict.fromkeys(("due_on", "reached_on"))
    keep_target(line=line, version=1, values=values, target=target, by=officer, at=now)
    answer = officer_client.post(edit, {"words": "Mine", "seen": seen})
    page = told(answer)
    assert "Somebody else changed this while you were writing." in page
    assert '<td data-label="They saved">All come</td>' in page
    assert "Mine</textarea>" in page
    assert "A count</textarea>" in page
    remove = reverse("plans:target_remove", args=[target.pk])
    assert "Somebody else changed" in told(officer_client.post(remove, {"version": 1}, follow=True))
    officer_client.post(edit, {"words": "Mine", "measure": "A count", "seen": seen_of(answer)})
    target.refresh_from_db()
    assert (target.words, target.measure) == ("Mine", "A count")


def test_a_plan_is_linked_on_its_page_shows_on_both_and_is_unlinked(
    officer_client: Client, plan: Plan
) -> None:
    other = make_plan("Local plan (demo)")
    address = reverse("plans:plan_link", args=[plan.pk])
    assert "Choose one of our plans, or write" in told(
        officer_client.post(address, {"kind": "PART"})
    )
    officer_client.post(address, {"other": other.pk, "kind": "PART"})
    about, others = (
        told(officer_client.get(reverse("plans:plan_about", args=[one.pk])))
        for one in (plan, other)
    )
    assert "<dt>Is a part of</dt>" in about
    assert "Local plan (demo)" in about
    assert "<dt>Has as a part</dt>" in others
    assert "Involvement plan (demo)" in others
    officer_client.post(reverse("plans:plan_unlink", args=[PlanLink.objects.get().pk]))
    assert not PlanLink.objects.exists()
    assert "took away the link" in history_of(other)[0].sentence


def test_a_plan_kept_elsewhere_is_linked_in_words(officer_client: Client, plan: Plan) -> None:
    sent = {"words": "The council’s local plan", "kind": "RELATES"}
    officer_client.post(reverse("plans:plan_link", args=[plan.pk]), sent)
    page = told(officer_client.get(reverse("plans:plan_about", args=[plan.pk])))
    assert "The council’s local plan" in page


def test_no_plan_comes_round_to_being_a_part_of_itself(plan: Plan) -> None:
    middle, outer = make_plan("Middle"), make_plan("Outer")
    linked(plan, middle, "PART")
    linked(middle, outer, "PART")
    with pytest.raises(policies.PlansCannotBeLinked, match="is a part of “Outer” already"):
        linked(outer, plan, "PART")
    with pytest.raises(policies.PlansCannotBeLinked, match="linked already"):
        linked(middle, plan)
    with pytest.raises(policies.PlansCannotBeLinked, match="with itself"):
        linked(plan, plan)
    assert linked(outer, plan).kind == "RELATES"


def test_an_archived_plan_keeps_its_links(plan: Plan) -> None:
    link = linked(plan, None, words="Local plan")
    Plan.objects.filter(pk=plan.pk).update(
        state="ARCHIVED", archived_at=NOW, agreed_on=timezone.localdate()
    )
    with pytest.raises(policies.PlanIsArchived):
        unlink_plans(link=PlanLink.objects.get(pk=link.pk), by=CLERK, at=NOW)


def test_a_deadline_on_a_heading_shows_wherever_a_lines_deadline_would(
    officer_client: Client, line: Line, plan: Plan
) -> None:
    heading = line.parent
    assert heading is not None
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    table = reverse("plans:plan_detail", args=[plan.pk])
    agree(plan)
    assert "heading-deadline" not in told(officer_client.get(table))
    Line.objects.filter(pk=heading.pk).update(deadline_words="Spring fair", due_on=yesterday)
    page = told(officer_client.get(table))
    assert "Spring fair" in page
    assert "<b>1 line is late</b>" in page
    assert page.count(heading.heading) >= 1
    late = told(officer_client.get(table, {"due": "late"}))
    assert "Showing 1 of 2 lines" in late
    assert "Spring fair" in late
    assert "Begin road shows" not in late
    assert "Spring fair" in told(officer_client.get(reverse("plans:late_list")))
    assert "One plan line is late" in told(officer_client.get(reverse("faces:desk_home")))
    detail = reverse("plans:line_detail", args=[heading.pk])
    assert "Note progress" in told(officer_client.get(detail))


def test_a_heading_under_a_heading_shows_its_deadline_in_its_place(
    officer_client: Client, in_poole: Landlord
) -> None:
    plan = make_plan("Deep", level_names=["Aim", "Action", "Task"])
    aim = make_group(plan, "Be heard")
    action = make_group(plan, "Meet", under=aim, deadline_words="June 2040")
    make_line(plan, "Hold a café", under=action)
    page = told(officer_client.get(reverse("plans:plan_detail", args=[plan.pk])))
    assert page.index("Be heard</a>") < page.index("June 2040") < page.index("Hold a café")
    assert page.count(">Meet</a>") == 1
