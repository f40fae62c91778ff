"""The plan's page has the landlord's own heads, and only columns that say something."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Line, Plan, ProgressNote, YearMark
from actionplans.plans.operations import progress
from actionplans.plans.queries.columns import PlanColumn
from actionplans.plans.queries.heads import line_head
from involvement.accounts.models import Membership
from involvement.landlords.models import Landlord
from tests.factories.plans import CLERK, make_group, make_line, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    """A plan under headings of the landlord's own, two of them with signs a table might stumble over."""
    plan = make_plan(level_names=["TASKS"])
    columns = [
        PlanColumn("c1", "TASKS", ("title",)),
        PlanColumn("c2", "LEAD | BACKUP", ("owner",)),
        PlanColumn("c3", "ACTIONS", ("description",)),
        PlanColumn("c4", "TARGETS/\nOUTCOME", ("targets",)),
        PlanColumn("c5", "2026/27", ("year",)),
        PlanColumn("c6", "2027/28", ("year",)),
        PlanColumn("c7", "DEAD LINE", ("deadline",)),
        PlanColumn("c8", "MONITORED BY", ("monitored_by",)),
        PlanColumn("c9", "Purse", ()),
    ]
    plan.columns = [column.as_json() for column in columns]
    plan.save()
    return plan


def page_of(client: Client, plan: Plan, **query: str | int) -> str:
    page = client.get(reverse("plans:plan_detail", args=[plan.pk]), query).content.decode()
    return " ".join(page.split())


def heads(page: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]*)', page)


def mark(plan: Plan, holder: Line, column: str, line: Line | None) -> None:
    YearMark.objects.create(
        plan=plan, holder=holder, line=line, column=column, year_label="2026/27", words="***"
    )


def test_the_filters_stand_under_the_landlords_own_words(
    officer_client: Client, plan: Plan
) -> None:
    make_line(plan, "Mend the lift", owner_words="JM", deadline_words="March 2027")
    form = officer_client.get(reverse("plans:plan_detail", args=[plan.pk])).context["form"]
    labels = {name: field.label for name, field in form.fields.items()}
    assert labels["owner"] == "LEAD | BACKUP"
    assert labels["due"] == "DEAD LINE"
    assert labels["state"] == "State"


def test_a_column_that_says_nothing_in_any_line_is_left_out(
    officer_client: Client, plan: Plan
) -> None:
    make_line(plan, "Ring back")
    assert heads(page_of(officer_client, plan)) == ["TASKS", "State"]
    line = make_line(plan, "Write", owner_words="JM", monitor_words="Panel", deadline_words="Dec")
    owned = ["TASKS", "LEAD | BACKUP", "DEAD LINE", "MONITORED BY", "State"]
    assert heads(page_of(officer_client, plan)) == owned
    progress.record_progress(
        line=line, words="Begun", by=CLERK, at=dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    )
    assert heads(page_of(officer_client, plan)) == [*owned, "Progress"]


def test_progress_is_noted_where_nobody_has_said_any_yet(
    officer_client: Client, plan: Plan
) -> None:
    line = make_line(plan, "Ring back")
    page = page_of(officer_client, plan)
    assert f"?open={line.pk}#line-{line.pk}" in page
    opened = page_of(officer_client, plan, open=line.pk)
    assert '<tr class="edit-row"><td colspan="2">' in opened


def test_what_else_their_file_says_stands_in_the_cell_of_the_line(
    officer_client: Client, plan: Plan
) -> None:
    line = make_line(plan, "Ring back", description="Buy a telephone", targets=["20 calls"])
    line.extra = {"c9": "Mrs Reed pays"}
    line.save()
    page = page_of(officer_client, plan)
    for head, text in (
        ("ACTIONS", "Buy a telephone"),
        ("TARGETS/ OUTCOME", "20 calls"),
        ("Purse", "Mrs Reed pays"),
    ):
        assert f'<span class="plan__more-head">{head}:</span> {text}</span>' in page


def test_a_year_stands_as_a_column_where_anything_is_marked_in_it(
    officer_client: Client, plan: Plan
) -> None:
    group = make_group(plan, "Aim")
    line = make_line(plan, "Ring back", under=group)
    mark(plan, group, "c5", line)
    page = page_of(officer_client, plan)
    assert heads(page) == ["TASKS", "2026/27", "State"]
    assert '<td data-label="2026/27">***</td>' in page


def test_a_mark_that_waits_stands_beside_its_heading(officer_client: Client, plan: Plan) -> None:
    group = make_group(plan, "Aim")
    make_line(plan, "Ring back", under=group)
    mark(plan, group, "c6", None)
    page = page_of(officer_client, plan)
    assert heads(page) == ["TASKS", "2027/28", "State"]
    assert '</th><td data-label="2027/28">***</td><td colspan="1"></td></tr>' in page
    assert "1 year mark</a> to place" in page or "1 year mark to place" in page


def test_their_heads_sort_under_the_addresses_that_the_products_have(
    officer_client: Client, plan: Plan
) -> None:
    for owner in ("Zoe", "Ada"):
        make_line(plan, f"{owner} rings", owner_words=owner)
    assert 'href="?sort=owner">LEAD | BACKUP</a>' in page_of(officer_client, plan)
    page = page_of(officer_client, plan, sort="owner")
    assert page.index("Ada rings") < page.index("Zoe rings")
    assert 'aria-sort="ascending"><a class="sorts" href="?sort=-owner">LEAD' in page


def test_a_line_is_called_by_all_levels_while_they_are_short() -> None:
    assert line_head(["What", "Activities"]) == "What / Activities"
    assert line_head(["What we set out to achieve over three years", "Activities"]) == "Activities"


def test_their_word_stands_beside_the_name_it_was_matched_with(
    officer_client: Client, plan: Plan, jean: Membership
) -> None:
    line = make_line(plan, "Ring back", owner_words="JM")
    make_line(plan, "Write", owner_words="Jean Marlow")
    page = page_of(officer_client, plan)
    assert '<td data-label="LEAD | BACKUP">JM, Jean Marlow (demo)</td>' in page
    assert '<td data-label="LEAD | BACKUP">Jean Marlow (demo)</td>' in page
    own = officer_client.get(reverse("plans:line_detail", args=[line.pk])).content.decode()
    assert "<dd>JM, Jean Marlow (demo)</dd>" in own


def test_a_note_of_their_file_says_that_it_was_brought_in(
    officer_client: Client, plan: Plan
) -> None:
    line = make_line(plan, "Ring back")
    at = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    note = progress.record_progress(line=line, words="Begun", by=CLERK, at=at)
    said = "brought in with the plan on 4 May"
    assert said not in page_of(officer_client, plan)
    ProgressNote.objects.filter(pk=note.pk).update(from_file=True)
    page = page_of(officer_client, plan)
    assert said in page
    assert f"4 May, {note.by_name}" not in page
    own = officer_client.get(reverse("plans:line_detail", args=[line.pk])).content.decode()
    assert "Brought in with the plan on" in own
