"""Every page of plans: what it says, who may see it, and how many queries it takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, Plan
from involvement.landlords.models import Landlord
from tests.factories.plans import make_group, make_line, make_plan

DESK = ["plan_list", "plan_add", "late_list", "flagged_list", "match_list", "upload_add"]
OF_PLAN = ["plan_detail", "plan_about", "plan_edit", "mark_list", "smart_check", "line_add"]
OF_LINE = [
    *("line_detail", "line_edit", "line_progress", "line_settle", "line_split"),
    *("line_move", "line_delete", "line_link", "line_send_link"),
]
CHANGES = {
    *("plan_add", "match_list", "upload_add", "plan_edit", "mark_list", "smart_check", "line_add"),
    *("line_edit", "line_settle", "line_split", "line_move", "line_delete", "line_link"),
    "line_send_link",
}


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    plan = make_plan()
    group = make_group(plan)
    make_line(plan, under=group, owner_words="JM", deadline_words="Ongoing", monitor_words="Panel")
    make_line(
        plan, "Give a budget to a resident group", under=group, deadline_words="Sometime in spring"
    )
    return plan


@pytest.fixture
def line(plan: Plan) -> Line:
    found: Line = Line.objects.get(title="Begin road shows")
    return found


def addresses(plan: Plan, line: Line) -> list[tuple[str, str]]:
    found = [(name, reverse(f"plans:{name}")) for name in DESK]
    found += [(name, reverse(f"plans:{name}", args=[plan.pk])) for name in OF_PLAN]
    return found + [(name, reverse(f"plans:{name}", args=[line.pk])) for name in OF_LINE]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_officer_opens_every_page_of_a_plan_and_its_lines(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    for name, address in addresses(plan, line):
        response = officer_client.get(address)
        assert response.status_code == 200, name
        assert "</main>" in words(response), name


def test_strangers_find_nothing_and_contributors_may_not_change(
    stranger_client: Client, contributor_client: Client, plan: Plan, line: Line
) -> None:
    for name, address in addresses(plan, line):
        assert stranger_client.get(address).status_code == 404, name
        expected = 403 if name in CHANGES else 200
        assert contributor_client.get(address).status_code == expected, name


def test_the_plan_says_how_many_lines_it_has_and_what_is_late(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    Line.objects.filter(pk=line.pk).update(due_on=timezone.localdate() - dt.timedelta(days=3))
    page = words(officer_client.get(reverse("plans:plan_detail", args=[plan.pk])))
    assert "<b>1 line is late</b>" in page
    assert "Red: late" in page
    assert "3 days late" in page
    assert "Showing all 2 lines." in page
