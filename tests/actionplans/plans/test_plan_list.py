from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Plan
from involvement.landlords.models import Landlord
from tests.factories.plans import make_line, make_plan


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("", ["Allotments", "Repairs", "Bins"]),
        ("-plan", ["Repairs", "Bins", "Allotments"]),
        ("lines", ["Bins", "Repairs", "Allotments"]),
        ("-lines", ["Allotments", "Repairs", "Bins"]),
        ("period", ["Repairs", "Allotments", "Bins"]),
        ("state", ["Bins", "Allotments", "Repairs"]),
    ],
)
def test_plans_are_put_in_order_at_the_heads(
    in_poole: Landlord, officer_client: Client, sort: str, titles: list[str]
) -> None:
    bins = make_plan("Bins")
    Plan.objects.filter(pk=bins.pk).update(state="ARCHIVED", agreed_on=dt.date(2026, 4, 1))
    for title, lines, starts_on in (
        ("Allotments", 2, dt.date(2026, 4, 1)),
        ("Repairs", 1, dt.date(2025, 4, 1)),
    ):
        plan = make_plan(title)
        Plan.objects.filter(pk=plan.pk).update(starts_on=starts_on)
        for number in range(lines):
            make_line(plan, f"Line {number}")
    response = officer_client.get(reverse("plans:plan_list"), {"sort": sort})
    assert [plan.title for plan in response.context["plans"]] == titles
    assert response.content.decode().count('class="sorts"') == 6
