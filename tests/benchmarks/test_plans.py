"""A long plan beside a short one, and a big file beside a plain bulk insert of the same rows."""

from __future__ import annotations

import statistics
import time
import uuid
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import (
    Line,
    LineMonitor,
    LineOwner,
    Plan,
    ProgressNote,
    Target,
)
from actionplans.plans.operations import bringing_in
from involvement.importing.tables import Table, make_table
from involvement.landlords.models import Landlord
from tests.factories.plans import CLERK

ROUNDS = 7
MOST_FOR_A_LONG_PLAN = 1.5
MOST_FOR_A_FILE = 3.0
HEADINGS = ["Aim", "Action", "Lead", "Deadline", "Target", "Monitored by", "Progress"]
DEADLINES = ["June 2027", "Dec 2026 and annually", "Ongoing"]


def table_of(rows: int) -> Table:
    """So many rows, fifty to an aim, every column filled."""
    records = [
        [
            f"{row // 50 + 1}. Aim number {row // 50 + 1}",
            f"{row % 50 + 1}. Do the thing that is number {row}",
            "JM / Repairs",
            DEADLINES[row % 3],
            f"{row} people come",
            "Housing Strategy Panel",
            f"Begun in week {row}",
        ]
        for row in range(rows)
    ]
    return make_table([HEADINGS, *records], encoding="utf-8", notes=[])


def bring_in(table: Table, landlord: Landlord, title: str) -> Plan:
    at = timezone.now()
    draft = bringing_in.read_plan(table, landlord=landlord, at=at)
    done = bringing_in.bring_in_plan(
        table=table, draft=draft, title=title, file_name="plan.csv", by=CLERK, at=at
    )
    assert done.plan is not None
    return done.plan


def insert_again(plan: Plan) -> float:
    """The seconds it takes to insert copies of a plan's rows into the same tables."""
    other = Plan.objects.create(title=str(uuid.uuid4()), created_at=timezone.now())
    copies: list[tuple[Any, list[Any]]] = []
    for model in (Line, LineOwner, LineMonitor, Target, ProgressNote):
        of_plan = {"plan": plan} if model is Line else {"line__plan": plan}
        rows = model.objects.filter(**of_plan).order_by("pk")
        copies.append((model, [copied(row, other) for row in rows]))
    begun = time.perf_counter()
    for model, fresh in copies:
        model.objects.bulk_create(fresh, batch_size=1000)
    return time.perf_counter() - begun


def copied(row: Any, plan: Plan) -> Any:
    """An unsaved copy that meets no constraint of the row it copies."""
    values = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key
    }
    if isinstance(row, Line):
        values |= {"plan_id": plan.pk, "parent_id": None, "top_id": None, "depth": 0}
    if "position" in values and not isinstance(row, Line):
        values["position"] += 500
    if "form_key" in values:
        values["form_key"] = uuid.uuid4()
    return type(row)(**values)


def test_a_plan_of_a_thousand_lines_is_as_quick_as_one_of_a_hundred(
    officer_client: Client, in_poole: Landlord
) -> None:
    def seconds(plan: Plan) -> float:
        begun = time.perf_counter()
        assert officer_client.get(reverse("plans:plan_detail", args=[plan.pk])).status_code == 200
        return time.perf_counter() - begun

    short, long = (bring_in(table_of(n), in_poole, f"Plan of {n}") for n in (100, 1000))
    seconds(short)
    seconds(long)
    pairs = [(seconds(long), seconds(short)) for _ in range(ROUNDS)]
    large, small = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"\nPlan page: 1,000 lines {large:.3f} s, 100 lines {small:.3f} s, {large / small:.2f} times"
    )
    assert large <= MOST_FOR_A_LONG_PLAN * small


def test_a_file_of_5000_lines_costs_at_most_three_bulk_inserts(in_poole: Landlord) -> None:
    table = table_of(5000)

    def both(number: int) -> tuple[float, float]:
        savepoint = transaction.savepoint()
        begun = time.perf_counter()
        plan = bring_in(table, in_poole, f"Plan {number}")
        ours = time.perf_counter() - begun
        pair = ours, insert_again(plan)
        transaction.savepoint_rollback(savepoint)
        return pair

    bring_in(table_of(50), in_poole, "Warm")
    pairs = [both(number) for number in range(ROUNDS)]
    ours, plain = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"\n5,000 lines: brought in {ours:.2f} s, inserted {plain:.2f} s, {ours / plain:.2f} times"
    )
    assert ours <= MOST_FOR_A_FILE * plain
