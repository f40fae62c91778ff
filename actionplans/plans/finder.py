from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from actionplans.plans.models import Line, Plan
from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit


def find(words: str, limit: int) -> Sequence[Hit]:
    """Lines with the words in their title or with exactly this printed number, newest plan first."""
    rows = Line.objects.exclude(plan__state=Plan.State.ARCHIVED).select_related("plan")
    lines = (rows.filter(title__icontains=words) | rows.filter(number__iexact=words)).order_by(
        "-plan__created_at", "position", "pk"
    )
    return [
        Hit(
            f"{line.number} {line.heading}".strip(),
            reverse("plans:line_detail", args=[line.pk]),
            line.plan.title,
        )
        for line in lines[:limit]
    ]


lines = Finder("Lines of plans", Permission.PLAN_READ, find)
