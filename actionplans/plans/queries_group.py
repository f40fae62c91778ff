"""What a group reads of one landlord's plans: totals, never a line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.lines import late as is_late
from actionplans.plans.queries.lines import listed


@dataclass(frozen=True)
class PlanTotals:
    """Plans that are agreed; of their lines, how many are done, and how many late."""

    plans: int
    lines: int
    done: int
    late: int


def plan_totals(today: dt.date) -> PlanTotals:
    """The totals of the landlord in scope."""
    counts = (
        listed()
        .filter(plan__state__in=Plan.PROMISED)
        .aggregate(
            lines=Count("pk"),
            done=Count("pk", filter=Q(status=Line.Status.DONE)),
            late=Count("pk", filter=is_late(today)),
        )
    )
    plans = Plan.objects.filter(state__in=Plan.PROMISED).count()
    return PlanTotals(plans=plans, **counts)
