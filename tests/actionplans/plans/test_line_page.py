"""A line's own page and forms: what stands round it, two officers at once, deleting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import lines as operations
from actionplans.plans.operations.ties import link_lines
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from tests.factories.plans import CLERK, agree, make_group, make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan, under=make_group(plan), owner_words="JM")


def words(page: str) -> str:
    return " ".join(page.split())


def opened(client: Client, line: Line) -> dict[str, str]:
    """The fields of the form as a browser holds them when the page is opened."""
    return filled(client.get(reverse("plans:line_edit", args=[line.pk])))


def filled(answer: Any) -> dict[str, str]:
    """What the form on a page would send as it stands."""
    sent = {bound.name: str(bound.value() or "") for bound in answer.context["form"]}
    return sent | {"seen": answer.context["writing"].seen}


def test_the_second_to_save_sees_what_the_first_changed_and_loses_nothing(
    officer_client: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    address = reverse("plans:line_edit", args=[line.pk])
    mine = opened(officer_client, line) | {"title": "Begin road shows in May"}
    theirs = {"title": "Begin in June", "description": "By the van"}
    operations.edit_line(line=line, version=line.version, values=theirs, by=officer, at=now)
    answer = officer_client.post(address, mine)
    page = words(answer.content.decode())
    assert "Somebody else changed this while you were writing" in page
    assert "By the van" in page
    assert "Begin road shows in May" in page
    line.refresh_from_db()
    assert line.title == "Begin in June"
    officer_client.post(address, filled(answer))
    line.refresh_from_db()
    assert (line.title, line.description) == ("Begin road shows in May", "By the van")


def test_two_who_change_different_things_of_a_line_are_both_kept_at_once(
    officer_client: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    address = reverse("plans:line_edit", args=[line.pk])
    mine = opened(officer_client, line) | {"measure": "Ten shows"}
    operations.edit_line(
        line=line, version=line.version, values={}, targets=["Many come"], by=officer, at=now
    )
    answer = officer_client.post(address, mine, follow=True)
    told = "The line is kept. What Jean Marlow (demo) changed meanwhile is kept too: Targets and outcomes."
    assert told in words(answer.content.decode())
    line.refresh_from_db()
    assert line.measure == "Ten shows"
    assert [target.words for target in line.targets.order_by("position")] == ["Many come"]


def test_what_only_the_other_changed_is_taken_into_the_form_and_not_overwritten(
    officer_client: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    address = reverse("plans:line_edit", args=[line.pk])
    mine = opened(officer_client, line) | {"owner_words": "RP", "measure": "Ten shows"}
    theirs = {"description": "By the van\nand on foot", "owner_words": "AP"}
    operations.edit_line(line=line, version=line.version, values=theirs, by=officer, at=now)
    answer = officer_client.post(address, mine)
    both = answer.context["writing"]
    assert both.differ == [("Owner", "AP", "RP")]
    assert both.taken == [("More about it", "By the van\nand on foot")]
    assert f"{officer.name} saved this on " in words(answer.content.decode())
    again = filled(answer)
    assert (again["description"], again["owner_words"]) == ("By the van\nand on foot", "RP")
    assert officer_client.post(address, again).status_code == 302
    line.refresh_from_db()
    assert (line.description, line.owner_words) == ("By the van\nand on foot", "RP")
    assert line.measure == "Ten shows"


@pytest.mark.parametrize("seen", ["nonsense", ":", "measure: title", "measure:7"])
def test_what_a_form_says_it_began_with_is_not_believed_where_it_makes_no_sense(
    seen: str, officer_client: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    mine = opened(officer_client, line) | {"seen": seen, "measure": ""}
    operations.edit_line(
        line=line, version=line.version, values={"measure": "Ten"}, by=officer, at=now
    )
    answer = officer_client.post(reverse("plans:line_edit", args=[line.pk]), mine)
    assert answer.context["writing"].differ == [("How we will know", "Ten", "")]


def test_a_heading_says_how_many_lines_stand_under_it_and_offers_no_owner(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    assert line.parent is not None
    late = make_line(agree(plan), "Ring back", under=line.parent)
    Line.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    page = officer_client.get(reverse("plans:line_detail", args=[line.parent.pk]))
    shown = words(page.content.decode())
    assert "2 lines under it: 0 done, <b>1 late</b>." in shown
    assert "Monitored by" not in shown
    assert "Split it into parts" not in shown


def test_a_linked_line_is_named_by_the_number_people_call_it_by(
    officer_client: Client, plan: Plan, line: Line, now: dt.datetime
) -> None:
    under = make_group(plan, "Be told", number="2")
    other = make_line(plan, "Write a letter", under=under, number="3")
    link_lines(line=line, other=other, kind="SHARES", by=CLERK, at=now)
    page = officer_client.get(reverse("plans:line_detail", args=[line.pk])).content.decode()
    assert "2.3 Write a letter</a>" in page


def test_a_line_that_cannot_be_deleted_says_so_before_a_reason_is_written(
    officer_client: Client, line: Line
) -> None:
    assert line.parent is not None
    address = reverse("plans:line_delete", args=[line.parent.pk])
    page = officer_client.get(address).content.decode()
    assert "cannot be deleted" in page
    assert "Other lines stand under this one. Move or delete them first." in page
    assert 'name="reason"' not in page
    officer_client.post(address, {"reason": "Written twice"})
    assert Line.objects.filter(pk=line.parent.pk).exists()


def test_parts_stand_under_their_line_and_it_is_not_said_twice(
    officer_client: Client, plan: Plan
) -> None:
    whole = make_line(plan, "Hold a café")
    make_line(plan, "Find a hall", under=whole, kind=Line.Kind.PART)
    last = make_line(plan, "Buy the tea", under=whole, kind=Line.Kind.PART)
    make_line(plan, "Ring back")
    (block,) = officer_client.get(reverse("plans:plan_detail", args=[plan.pk])).context["blocks"]
    assert block.top is None
    assert [row.is_sub for row in block.rows] == [False, True, True, False]
    (found,) = [row for row in block.rows if row.last and row.is_sub]
    assert found.line == last
