"""What a group reads of one landlord's plans: totals, never a line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.lines import FINISHED, listed


@dataclass(frozen=True)
class PlanTotals:
    """Plans that are not archived; of their lines, how many are done, and how many late."""

    plans: int
    lines: int
    done: int
    late: int


def plan_totals(today: dt.date) -> PlanTotals:
    """The totals of the landlord in scope."""
    counts = (
        listed()
        .exclude(plan__state=Plan.State.ARCHIVED)
        .aggregate(
            lines=Count("pk"),
            done=Count("pk", filter=Q(status=Line.Status.DONE)),
            late=Count("pk", filter=Q(due_on__lt=today) & ~Q(status__in=FINISHED)),
        )
    )
    plans = Plan.objects.exclude(state=Plan.State.ARCHIVED).count()
    return PlanTotals(plans=plans, **counts)
