from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet

from structures.strategy.models import (
    Aim,
    Consultation,
    Driver,
    Objective,
    Priority,
    Standard,
    Strategy,
    StrategyDriver,
)


def strategies() -> QuerySet[Strategy]:
    """All strategies, the one in force first, with how many objectives and priorities each has."""
    found: QuerySet[Strategy] = (
        Strategy.objects.select_related("unit")
        .annotate(
            objective_count=Count("objectives", distinct=True),
            priority_count=Count("priorities", distinct=True),
        )
        .order_by("state", "-starts_on", "-version", "pk")
    )
    return found


def strategy_for_page() -> QuerySet[Strategy]:
    """A strategy with everything its page shows, in a fixed number of queries."""
    found: QuerySet[Strategy] = Strategy.objects.select_related(
        "unit", "replaces"
    ).prefetch_related(
        Prefetch("aims", Aim.objects.order_by("position", "pk")),
        Prefetch("objectives", Objective.objects.order_by("position", "pk")),
        Prefetch(
            "standards",
            Standard.objects.select_related("subject", "unit").order_by("position", "pk"),
        ),
        Prefetch(
            "priorities", Priority.objects.select_related("subject").order_by("position", "pk")
        ),
        Prefetch(
            "drivers",
            StrategyDriver.objects.select_related("driver").order_by("driver__dated_on", "pk"),
        ),
        Prefetch("consultations", Consultation.objects.order_by("held_on", "pk")),
        "agreements__body",
    )
    return found


def in_force() -> Strategy | None:
    """The agreed strategy that is shown to the public, if there is one."""
    found: Strategy | None = (
        strategy_for_page()
        .filter(state=Strategy.State.AGREED, unit__isnull=True)
        .order_by("-starts_on", "-version", "-pk")
        .first()
    )
    return found


def versions_of(strategy: Strategy) -> QuerySet[Strategy]:
    """All versions of its title, the newest first."""
    found: QuerySet[Strategy] = Strategy.objects.filter(title__iexact=strategy.title).order_by(
        "-version", "pk"
    )
    return found


def driver_library() -> QuerySet[Driver]:
    """The drivers in use, newest first, with how many strategies name each."""
    found: QuerySet[Driver] = (
        Driver.objects.filter(archived_at__isnull=True)
        .annotate(strategy_count=Count("strategies__strategy__title", distinct=True))
        .order_by("-dated_on", "title", "pk")
    )
    return found
