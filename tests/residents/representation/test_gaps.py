"""A gap becomes a line of a plan, and later figures say whether it closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Line, Plan
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from involvement.wiring import port
from residents.representation.comparing import Audience
from residents.representation.following import followed
from residents.representation.models import Cut, Gap
from residents.representation.ports import GapLine, NoPlans
from residents.representation.queries import gaps
from tests.factories.plans import make_plan

SPRING, SUMMER = dt.date(2026, 4, 1), dt.date(2026, 7, 1)
NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def cut_of(quarter: dt.date, young: int | None, **about: Any) -> Cut:
    cells = [young, 350, 0, 45]
    lives = [400, 1600, 0, 0]
    cut: Cut = Cut.objects.create(
        characteristic="AGE",
        name="Age",
        quarter_on=quarter,
        until_on=quarter,
        position=0,
        categories=[["A", "Under 35"], ["B", "35 and over"], ["PREFER_NOT", "-"], ["UNKNOWN", "-"]],
        tables={
            "YEAR": {"total": 415, "inside": cells, "outside": cells},
            "LIVES": {"total": 2000, "inside": lives, "outside": lives},
        },
        made_at=NOON,
        **about,
    )
    return cut


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


def test_a_gap_becomes_a_line_with_owner_and_date_and_is_followed(
    officer_client: Client, plan: Plan
) -> None:
    cut = cut_of(SPRING, 20)
    html = officer_client.get(reverse("representation:representation")).content.decode()
    assert "“Under 35” are 20% of those who live here and 5% of those who take part" in html
    page = reverse("representation:gap_open", args=[cut.pk, "A"])
    assert page in html
    data = {
        "heading": "Meet young tenants at the youth club",
        "plan": plan.pk,
        "owner": "Jean Marlow (demo)",
        "deadline": "March 2027",
    }
    for _ in range(2):
        assert officer_client.post(page, data).status_code == 302
    line = Line.objects.get(title="Meet young tenants at the youth club")
    assert (line.owner_words, line.deadline_words) == ("Jean Marlow (demo)", "March 2027")
    [found] = followed(gaps(), audience=Audience.DESK)
    assert found.line is not None
    assert found.line.url == reverse("plans:line_detail", args=[line.pk])
    assert "No later figures yet." in found.words
    cut_of(SUMMER, 25)
    [found] = followed(gaps(), audience=Audience.DESK)
    assert found.words.endswith("in July 2026 7% against 20%. The gap is still there.")
    Cut.objects.filter(quarter_on=SUMMER).delete()
    cut_of(SUMMER, 75)
    [found] = followed(gaps(), audience=Audience.DESK)
    assert found.closed


def test_what_may_be_chance_or_is_hidden_opens_nothing(officer_client: Client, plan: Plan) -> None:
    cut = cut_of(SPRING, 70)
    for code in ("A", "B", "nobody"):
        page = reverse("representation:gap_open", args=[cut.pk, code])
        assert officer_client.get(page).status_code == 404


@pytest.mark.parametrize("answers", [NoPlans(), None])
def test_the_port_answers_for_no_gaps(in_poole: Landlord, answers: Any) -> None:
    bound: GapLine = answers or port("representation.gap_line")
    assert dict(bound.lines_of([])) == {}
    assert list(bound.plans()) == []


def test_files_hide_what_the_page_hides(officer_client: Client, in_poole: Landlord) -> None:
    cut_of(SPRING, None)
    answer = officer_client.get(reverse("representation:file", args=["csv"]))
    text = answer.content.decode("utf-8-sig")
    assert '"Age","Under 35","not shown","","","","20%","","","","no"' in text
    pdf = officer_client.get(reverse("representation:file", args=["pdf"])).content
    assert pdf.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_few_questions_however_much_it_shows(
    officer_client: Client, in_poole: Landlord, django_assert_num_queries: Any, rows: int
) -> None:
    for place in range(rows):
        cut = cut_of(SPRING, 20)
        Cut.objects.filter(pk=cut.pk).update(characteristic=f"AGE{place}")
    with django_assert_num_queries(10):
        officer_client.get(reverse("representation:representation"))


def test_the_database_refuses_nonsense(in_poole: Landlord, officer: Actor) -> None:
    cut_of(SPRING, 20)
    with pytest.raises(IntegrityError, match="is_cut_once_a_quarter"), transaction.atomic():
        cut_of(SPRING, 20)
    from involvement.landlords.models import Unit  # noqa: PLC0415 -- this test's alone

    unit = Unit.objects.create(name="North")
    with pytest.raises(IntegrityError, match="no_more_than_two_things"), transaction.atomic():
        cut_of(SUMMER, 20, unit=unit, kind="MEMBER")

    def gap(**about: Any) -> Gap:
        plain = {"characteristic": "AGE", "category": "A", "quarter_on": SPRING, "share": 0.05}
        row: Gap = Gap.objects.create(
            **{**plain, "lives_share": 0.2, "opened_at": NOON, **about}, **officer.columns()
        )
        return row

    with pytest.raises(IntegrityError, match="compares_two_shares"), transaction.atomic():
        gap(lives_share=0)
    gap()
    with pytest.raises(IntegrityError, match="opened_once_a_quarter"), transaction.atomic():
        gap()
