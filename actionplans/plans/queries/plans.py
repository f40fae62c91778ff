from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet

from actionplans.plans.models import (
    Line,
    LineLink,
    LineMonitor,
    LineOwner,
    Plan,
    PlanLink,
    PlanVersion,
)
from actionplans.plans.models.people import Kind
from actionplans.plans.queries.lines import late


def all_plans() -> QuerySet[Plan]:
    """The landlord's plans, by title."""
    plans: QuerySet[Plan] = Plan.objects.order_by("title", "pk")
    return plans


def plan_by_title(title: str) -> Plan | None:
    """The plan of this title, in capitals or not."""
    return all_plans().filter(title__iexact=title.strip()).first()


def plans_with_counts(*, today: dt.date) -> QuerySet[Any]:
    """Every plan with its lines, how many are done and how many late; living ones first."""
    doing = ~Q(lines__kind=Line.Kind.GROUP)
    plans: QuerySet[Any] = Plan.objects.select_related("body").annotate(
        line_count=Count("lines", filter=doing),
        done_count=Count("lines", filter=doing & Q(lines__status=Line.Status.DONE)),
        late_count=Count("lines", filter=late(today, of="lines__")),
        put_away=Q(state=Plan.State.ARCHIVED),
    )
    return plans.order_by("put_away", "title", "pk")


def published_plans() -> QuerySet[Plan]:
    """The plans anybody may read."""
    return all_plans().filter(state=Plan.State.PUBLISHED)


def published_version(plan: Plan) -> PlanVersion | None:
    """The version of a plan that the public page shows."""
    version: PlanVersion | None = (
        PlanVersion.objects.filter(plan=plan, occasion=PlanVersion.Occasion.PUBLISHED)
        .order_by("-number", "-pk")
        .first()
    )
    return version


def words_to_match() -> list[dict[str, Any]]:
    """Owners' and monitors' words that nobody is matched with, the most used first."""
    found: dict[str, dict[str, Any]] = {}
    for model, what in ((LineOwner, "owner"), (LineMonitor, "monitor")):
        rows = (
            model.objects.filter(kind=Kind.UNKNOWN)
            .exclude(line__plan__state=Plan.State.ARCHIVED)
            .values("words")
            .annotate(n=Count("pk"))
            .order_by("words")
        )
        for row in rows:
            entry = found.setdefault(
                row["words"].casefold(), {"words": row["words"], "owner": 0, "monitor": 0}
            )
            entry[what] += row["n"]
    return sorted(found.values(), key=lambda e: (-e["owner"] - e["monitor"], e["words"].casefold()))


def plan_links(plan: Plan) -> QuerySet[PlanLink]:
    """A plan's links with other plans, in both directions."""
    links: QuerySet[PlanLink] = (
        PlanLink.objects.filter(Q(plan=plan) | Q(other=plan))
        .select_related("plan", "other")
        .order_by("pk")
    )
    return links


def links_of(line: Line) -> QuerySet[LineLink]:
    """A line's links in both directions."""
    links: QuerySet[LineLink] = (
        LineLink.objects.filter(Q(line=line) | Q(other=line))
        .select_related("line__plan", "other__plan")
        .order_by("pk")
    )
    return links
