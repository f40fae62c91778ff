"""Answers `residents.representation.ports.GapLine`: a gap becomes a line of a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse

from actionplans.plans.models import GapLine, Line, Plan
from actionplans.plans.operations.lines import add_line
from actionplans.plans.queries.plans import all_plans
from involvement.accounts.models import StaffMember
from involvement.auditing.actors import Actor
from involvement.calendars.words import say_date
from residents.representation.models import Gap
from residents.representation.ports import LineShown


@transaction.atomic
def answer_gap(
    *,
    gap: Gap,
    counted_on: dt.date,
    plan: Plan,
    heading: str,
    owner: str,
    deadline: str,
    by: Actor,
    at: dt.datetime,
) -> Line:
    """Put the line that is to close a gap into a plan. Returns it, or the one that is there.

    Raises PlanIsArchived.
    """
    there = GapLine.objects.filter(gap=gap).select_related("line").order_by("pk").first()
    if there is not None:
        line: Line = there.line
        return line
    values = {
        "title": heading,
        "description": f"Found in the figures counted on {say_date(counted_on)}: {gap}.",
        "owner_words": owner,
        "deadline_words": deadline,
    }
    line = add_line(plan=plan, values=values, by=by, at=at)
    GapLine.objects.create(gap=gap, line=line)
    return line


class PlansAnswer:
    """Plans, as representation sees them."""

    def plans(self) -> Sequence[tuple[int, str]]:
        """Every plan that can still be changed."""
        return [(plan.pk, plan.title) for plan in all_plans() if plan.archived_at is None]

    def owners(self) -> Sequence[str]:
        """Colleagues who are here, by name."""
        here = StaffMember.objects.filter(left_on__isnull=True).order_by("name", "pk")
        return [str(name) for name in here.values_list("name", flat=True)]

    def add(
        self,
        gap: Gap,
        *,
        counted_on: dt.date,
        plan: int,
        heading: str,
        owner: str,
        deadline: str,
        by: Actor,
        at: dt.datetime,
    ) -> LineShown:
        """A new line last in the plan. Raises PlanIsArchived, Plan.DoesNotExist."""
        found: Plan = Plan.objects.get(pk=plan)
        return _shown(
            answer_gap(
                gap=gap,
                counted_on=counted_on,
                plan=found,
                heading=heading,
                owner=owner,
                deadline=deadline,
                by=by,
                at=at,
            )
        )

    def lines_of(self, gaps: Sequence[Gap]) -> Mapping[int, LineShown]:
        """The line of each gap, in one query."""
        rows = GapLine.objects.filter(gap__in=[gap.pk for gap in gaps]).select_related("line")
        return {row.gap_id: _shown(row.line) for row in rows.order_by("pk")}


def _shown(line: Line) -> LineShown:
    return LineShown(
        heading=line.title,
        url=reverse("plans:line_detail", args=[line.pk]),
        owner=line.owner_words,
        deadline=line.deadline_words,
        state=line.get_status_display(),
    )


GAP_LINES = PlansAnswer()
