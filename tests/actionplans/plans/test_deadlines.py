"""Deadlines an officer settles, and lines that are split because theirs holds several."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.plans import policies
from actionplans.plans.forms.line import split_values
from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import deadlines, lines
from actionplans.plans.queries.reading import deadlines_in
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from tests.factories.plans import make_group, make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


def test_an_officer_settles_a_deadline_and_the_words_stay(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Survey", deadline_words="Before the winter")
    assert not line.deadline_understood
    with pytest.raises(policies.DeadlineSaysNothing):
        deadlines.settle_deadline(line=line, version=1, by=officer, at=now)
    day = dt.date(2026, 11, 30)
    settled = deadlines.settle_deadline(line=line, version=1, due_on=day, by=officer, at=now)
    assert (settled.deadline_words, settled.due_on) == ("Before the winter", day)
    assert settled.deadline_understood
    assert settled.deadline_problem == ""


def test_a_line_is_split_into_parts_with_their_own_deadlines(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Offer support", deadline_words="Ongoing\nApril 2030")
    parts = deadlines.split_line(
        line=line,
        version=line.version,
        parts=[("Training", "Ongoing"), ("Relaunch", "April 2030")],
        by=officer,
        at=now,
    )
    assert [(part.kind, part.due_on, part.open_ended) for part in parts] == [
        ("PART", None, True),
        ("PART", dt.date(2030, 4, 30), False),
    ]
    line.refresh_from_db()
    assert line.deadline_understood
    assert line.deadline_words == "Ongoing\nApril 2030"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def several(plan: Plan) -> Line:
    """A line whose deadline holds three, one for each of its targets."""
    return make_line(
        plan,
        "Offer support",
        description="Everything that groups ask us for",
        deadline_words="Ongoing\nApril 2030\nOngoing",
        owner_words="JM",
        targets=["Training for ten groups", "A new handbook", "A room to meet in"],
    )


@pytest.fixture
def unread(plan: Plan) -> Line:
    return make_line(plan, "Survey", deadline_words="Before the winter")


def test_a_deadline_is_settled_on_its_page(officer_client: Client, unread: Line) -> None:
    address = reverse("plans:line_settle", args=[unread.pk])
    nothing = words(officer_client.post(address))
    assert "Give a date, how often it comes back, or say that it has no end." in nothing
    officer_client.post(address, {"due_on": "2030-05-31"})
    unread.refresh_from_db()
    assert unread.due_on == dt.date(2030, 5, 31)
    assert "Every deadline is understood." in words(
        officer_client.get(reverse("plans:flagged_list"))
    )


def test_a_line_with_several_deadlines_leads_to_splitting_and_any_other_to_settling(
    officer_client: Client, plan: Plan, several: Line, unread: Line
) -> None:
    for name, args in (("flagged_list", []), ("plan_detail", [plan.pk])):
        here = reverse(f"plans:{name}", args=args)
        page = words(officer_client.get(here))
        back = f"?back={quote(here)}"
        assert f'href="{reverse("plans:line_split", args=[several.pk])}{back}"' in page
        assert f'href="{reverse("plans:line_settle", args=[unread.pk])}{back}"' in page
        assert reverse("plans:line_settle", args=[several.pk]) not in page
        assert reverse("plans:line_split", args=[unread.pk]) not in page
    settle = words(officer_client.get(reverse("plans:line_settle", args=[several.pk])))
    assert "These words hold more than one deadline" in settle
    assert reverse("plans:line_split", args=[several.pk]) in settle
    alone = words(officer_client.get(reverse("plans:line_settle", args=[unread.pk])))
    assert "more than one deadline" not in alone


def test_a_heading_with_several_deadlines_is_settled_and_not_split(
    officer_client: Client, plan: Plan
) -> None:
    heading = make_group(plan, "Be heard", deadline_words="April 2030\nJune 2031")
    page = words(officer_client.get(reverse("plans:flagged_list")))
    assert reverse("plans:line_settle", args=[heading.pk]) in page
    assert reverse("plans:line_split", args=[heading.pk]) not in page


def test_whoever_splits_sees_what_is_split_and_finds_a_target_beside_each_deadline(
    officer_client: Client, several: Line
) -> None:
    answer = officer_client.get(reverse("plans:line_split", args=[several.pk]))
    page = words(answer)
    form = page.index('<form method="post" class="form split-form"')
    for said in ("Offer support", "Everything that groups ask us for", "A new handbook", "JM"):
        assert said in page[page.index("The line as it stands") : form]
    parts = [
        (
            answer.context["form"].initial[f"words_{at}"],
            answer.context["form"].initial[f"deadline_{at}"],
        )
        for at in (1, 2, 3)
    ]
    assert parts == [
        ("Training for ten groups", "Ongoing"),
        ("A new handbook", "April 2030"),
        ("A room to meet in", "Ongoing"),
    ]


def test_paragraphs_are_split_where_there_is_one_for_each_deadline(plan: Plan) -> None:
    line = make_line(
        plan, "Meet", description="Find a hall\nBuy the tea", deadline_words="May 2030\nJune 2030"
    )
    values = split_values(line, ["20 came", "30 came", "40 came"])
    assert (values["words_1"], values["words_2"], values["parts"]) == (
        "Find a hall",
        "Buy the tea",
        2,
    )


def test_deadlines_in_one_row_of_words_are_told_apart() -> None:
    assert deadlines_in("Complete\nOngoing") == ["Complete", "Ongoing"]
    assert deadlines_in("April 2030, June 2031") == ["April 2030", "June 2031"]
    assert deadlines_in("June 2031") == []
    assert deadlines_in("Before the winter") == []


def test_who_splits_goes_back_to_where_they_came_from_and_a_double_click_splits_once(
    officer_client: Client, several: Line
) -> None:
    address = reverse("plans:line_split", args=[several.pk])
    back = reverse("plans:flagged_list")
    sent = {
        "words_1": "Training",
        "deadline_1": "Ongoing",
        "words_2": "Handbook",
        "deadline_2": "April 2030",
        "version": several.version,
        "back": back,
    }
    assert officer_client.post(address, sent)["Location"] == back
    again = officer_client.post(address, sent)
    assert "Somebody else changed this line while you were writing." in words(again)
    assert [part.description for part in several.children.order_by("position")] == [
        "Training",
        "Handbook",
    ]


def test_what_was_written_stays_where_the_line_changed_meanwhile_and_is_saved_the_second_time(
    officer_client: Client, several: Line, officer: Actor, now: dt.datetime
) -> None:
    address = reverse("plans:line_split", args=[several.pk])
    sent = {"words_1": "Training", "words_2": "Handbook"}
    before = several.version
    lines.edit_line(
        line=several, version=before, values={"title": "Support groups"}, by=officer, at=now
    )
    refused = officer_client.post(address, {**sent, "version": before})
    page = words(refused)
    for value in ("Support groups", *sent.values()):
        assert value in page
    shown = refused.context["form"]["version"].value()
    assert int(shown) == before + 1
    assert officer_client.post(address, {**sent, "version": shown}).status_code == 302
