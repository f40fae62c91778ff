"""Which lines arose from which decision, and which could be said to."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from actionplans.decisions.models import Decision
from actionplans.decisions.queries import in_force
from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.lines import listed
from actionplans.plans.queries.plans import all_plans

LATEST: Final = 100


def lines_of(decision: Decision) -> QuerySet[Line]:
    """The lines that carry a decision out, plan by plan: those that arose from it, and while it
    stands also those of what it replaced."""
    theirs = Q(arose_from=decision)
    if decision.replaced_by_id is None:
        theirs = Q(arose_from__theme=decision.theme_id)
    lines: QuerySet[Line] = Line.objects.filter(theirs).select_related("plan")
    return lines.order_by("plan", "position", "pk")


def lines_to_tie(plan: Plan, *, words: str = "") -> QuerySet[Line]:
    """What is to be done in a plan and arose from no decision yet, where these words stand in it."""
    lines = listed(plan).filter(arose_from__isnull=True)
    for word in words.split():
        lines = lines.filter(
            Q(title__icontains=word) | Q(description__icontains=word) | Q(number__iexact=word)
        )
    return lines.order_by("position", "pk")


def decisions_to_plan(*, words: str = "") -> QuerySet[Decision]:
    """What was agreed and stands, latest first, where these words stand in the theme's title."""
    decisions = in_force().exclude(result=Decision.Result.NOT_AGREED)
    for word in words.split():
        decisions = decisions.filter(theme__title__icontains=word)
    return decisions


def plans_to_change() -> QuerySet[Plan]:
    """The plans that can be changed, by title."""
    return all_plans().exclude(state=Plan.State.ARCHIVED)
