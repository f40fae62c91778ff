from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import lines, planning
from involvement.auditing.actors import Actor, job

CLERK: Actor = job("The tests' clerk")


def make_plan(title: str = "Involvement plan (demo)", **values: Any) -> Plan:
    """A draft plan of the landlord in scope, with two levels."""
    levels = values.pop("level_names", ["Outcome", "Activity"])
    at = values.pop("at", timezone.now())
    return planning.create_plan(
        values={"title": title, **values}, level_names=levels, by=CLERK, at=at
    )


def make_agreed_plan(title: str = "Involvement plan (demo)", **values: Any) -> Plan:
    """A plan of the landlord in scope that was agreed before any of its lines was added, so that
    what is due in them is promised.
    """
    return agree(make_plan(title, **values))


def agree(plan: Plan) -> Plan:
    """The plan as one that was agreed on the day it was begun, whatever its lines still lack."""
    plan.state, plan.agreed_on = Plan.State.AGREED, plan.created_at.date()
    plan.agreed_by_words = "Housing Strategy Panel"
    plan.save(update_fields=["state", "agreed_on", "agreed_by_words"])
    return plan


def make_line(plan: Plan, title: str = "Begin road shows", **values: Any) -> Line:
    """A line of a plan; `under`, `kind`, `targets` and `at` as `add_line` takes them."""
    own = {
        name: values.pop(name) for name in ("under", "after", "kind", "targets") if name in values
    }
    at: dt.datetime = values.pop("at", timezone.now())
    return lines.add_line(
        plan=plan, values={"title": title, **values}, form_key=uuid.uuid4(), by=CLERK, at=at, **own
    )


def make_group(plan: Plan, title: str = "Service delivery is evaluated", **values: Any) -> Line:
    """A heading over other lines."""
    return make_line(plan, title, kind=Line.Kind.GROUP, **values)
