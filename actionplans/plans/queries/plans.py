from __future__ import annotations

from django.db.models import QuerySet

from actionplans.plans.models import Plan


def all_plans() -> QuerySet[Plan]:
    """The landlord's plans, by title."""
    plans: QuerySet[Plan] = Plan.objects.order_by("title", "pk")
    return plans


def plan_by_title(title: str) -> Plan | None:
    """The plan of this title, in capitals or not."""
    return all_plans().filter(title__iexact=title.strip()).first()
