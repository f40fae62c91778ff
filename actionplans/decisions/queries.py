from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Theme
from structures.bodies.models import Body


def decisions() -> QuerySet[Decision]:
    """Every decision with who decided it and about what, unordered."""
    rows: QuerySet[Decision] = Decision.objects.select_related("theme", "body", "officer")
    return rows


def in_force() -> QuerySet[Decision]:
    """The decisions that stand, latest first."""
    return decisions().filter(replaced_by__isnull=True).order_by("-decided_on", "-pk")


def narrowed_to(
    today: dt.date, *, result: str = "", body: Body | None = None, again: str = ""
) -> QuerySet[Decision]:
    """The decisions in force of a result, of a group, or due to be looked at `again`; what is not
    given narrows nothing."""
    rows = in_force()
    if again:
        rows = rows.filter(pk__in=to_look_at_again(today).values("pk"))
    if result:
        rows = rows.filter(result=result)
    return rows.filter(body=body) if body else rows


def decision_on(theme: Theme) -> Decision | None:
    """The decision in force on a theme, None where nobody has decided."""
    return in_force().filter(theme=theme).first()


def decisions_on(themes: Iterable[Theme]) -> dict[int, Decision]:
    """The decisions in force on several themes, by the theme's key, in one query."""
    found = in_force().filter(theme__in=[theme.pk for theme in themes])
    return {decision.theme_id: decision for decision in found}


def earlier_than(decision: Decision) -> QuerySet[Decision]:
    """The decisions on the same theme that have been replaced, latest first."""
    return (
        decisions()
        .filter(theme=decision.theme_id, replaced_by__isnull=False)
        .exclude(pk=decision.pk)
        .order_by("-decided_on", "-pk")
    )


def decided_by_body(body: Body) -> QuerySet[Decision]:
    """What a group decided and still stands, latest first."""
    return in_force().filter(body=body)


def to_look_at_again(today: dt.date) -> QuerySet[Decision]:
    """Decisions whose day to be looked at again has come, the longest ago first."""
    return (
        decisions()
        .filter(replaced_by__isnull=True, look_again_on__lte=today)
        .order_by("look_again_on", "pk")
    )


def result_counts(rows: QuerySet[Decision]) -> dict[str, int]:
    """How many of the decisions given had each result."""
    counted = rows.order_by().values("result").annotate(count=Count("pk")).order_by("result")
    return {row["result"]: row["count"] for row in counted}
