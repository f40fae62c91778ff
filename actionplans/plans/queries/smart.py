"""Which lines are not SMART yet: without a measure, an owner or a date, and without a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from actionplans.plans.models import Line, LineLink, LineOwner, Plan, Target, YearMark

MEASURE: Final = "measure"
OWNER: Final = "owner"
DATE: Final = "date"

HINTS: Final = {
    MEASURE: "Say how you will know that it has been done: a number, a survey, a record.",
    OWNER: "Name one person, role or team that answers for it.",
    DATE: "Give a day or a month. For work without an end, say when it is reviewed.",
}


@dataclass(frozen=True)
class Gap:
    """One thing a line lacks, and what would fill it."""

    key: str
    hint: str


def with_smart(lines: QuerySet[Line]) -> QuerySet[Any]:
    """The lines with what they have: `has_measure`, `has_owner`, `has_date`, `shares`."""
    mine: dict[str, Any] = {"line": OuterRef("pk")}
    measured = Target.objects.filter(
        ~Q(measure="") | ~Q(value_words="") | Q(words__regex=r"\d"), **mine
    )
    return lines.annotate(
        has_measure=Exists(measured) | ~Q(measure=""),
        has_owner=Exists(LineOwner.objects.filter(**mine)),
        has_date=Q(due_on__isnull=False)
        | (~Q(repeats="") & Q(deadline_understood=True))
        | Exists(YearMark.objects.filter(**mine)),
        shares=Exists(LineLink.objects.filter(kind=LineLink.Kind.SHARES, **mine)),
    )


def lines_to_check(plan: Plan) -> QuerySet[Any]:
    """The lines that must be SMART before the plan is agreed: what is still to be done, apart from
    lines that stand for another.
    """
    lines: QuerySet[Line] = Line.objects.filter(plan=plan).exclude(kind=Line.Kind.GROUP)
    return (
        with_smart(lines)
        .exclude(status__in=[Line.Status.DONE, Line.Status.STOPPED])
        .filter(shares=False)
        .order_by("position", "pk")
    )


def lines_with_gaps(plan: Plan) -> QuerySet[Any]:
    """Those of them that lack something and have no reason."""
    return lines_to_check(plan).filter(
        Q(has_measure=False) | Q(has_owner=False) | Q(has_date=False), smart_reason__isnull=True
    )


def gaps_of(line: Any) -> list[Gap]:
    """What a line of `with_smart` lacks, with hints."""
    has = {MEASURE: line.has_measure, OWNER: line.has_owner, DATE: line.has_date}
    return [Gap(key, HINTS[key]) for key, there in has.items() if not there]
