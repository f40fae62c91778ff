from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from involvement.calendars.working_days import working_days_between
from residents.eligibility.models import RuleSet
from residents.eligibility.queries import rule_sets_for
from residents.interests.models import Expression
from residents.people.models import Person

# Those who have died or left are answered nothing, so nobody waits
_WAITS = Q(state=Expression.State.OPEN, person__status=Person.Status.CURRENT)


def expressions() -> QuerySet[Expression]:
    """Everybody who said they would like to take part, with who looks after it."""
    rows: QuerySet[Expression] = Expression.objects.select_related(
        "person__place", "owner", "level", "message"
    ).prefetch_related("named_subjects__subject", "named_methods__method")
    return rows


def open_expressions() -> QuerySet[Expression]:
    """Those who wait for an answer, soonest promised first."""
    return expressions().filter(_WAITS).order_by("due_on", "pk")


def answered_expressions() -> QuerySet[Expression]:
    """Those who have their answer, latest first."""
    return expressions().exclude(state=Expression.State.OPEN).order_by("-answered_at", "-pk")


def expressions_of(person: Person) -> QuerySet[Expression]:
    """What one person said, latest first."""
    return expressions().filter(person=person).order_by("-said_on", "-pk")


def rules_of(expression: Expression, joins: RuleSet | None) -> list[RuleSet]:
    """The rules of what somebody joins, and of the ways of taking part they named."""
    named = [str(row.method) for row in expression.named_methods.all()]
    found = rule_sets_for(*named)
    return found if joins is None or joins in found else [joins, *found]


def open_count() -> int:
    """How many wait for an answer."""
    return int(Expression.objects.filter(_WAITS).count())


def late_count(today: dt.date) -> int:
    """How many wait longer than was promised."""
    rows = Expression.objects.filter(_WAITS, due_on__lt=today)
    return int(rows.count())


@dataclass(frozen=True)
class Clock:
    """How long somebody has waited, against the promise; both in working days."""

    days: int
    promise: int

    @property
    def is_late(self) -> bool:
        return self.days > self.promise


def clock_of(expression: Expression, today: dt.date) -> Clock:
    """The working days since they said so, and those promised that day."""
    start = expression.said_on
    return Clock(
        working_days_between(start, max(start, today)).days,
        working_days_between(start, max(start, expression.due_on)).days,
    )
