"""How long wishes to take part are kept, once they are answered or hold no more."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet

from involvement.calendars.days import end_of_day
from residents.interests.models import ChosenMethod, Expression, Interest, MethodWish, Offer
from residents.interests.operations.keeping import let_go
from residents.privacy.kinds import Kind, Then


def _answered(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Expression.objects.filter(answered_at__lt=end_of_day(day))
    return rows.select_related("person").order_by("answered_at", "pk")


def _ended(model: type[Interest | MethodWish | Offer], day: dt.date, *named: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(ended_at__lt=end_of_day(day))
    return rows.select_related("person", *named).order_by("ended_at", "pk")


def _chosen(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = ChosenMethod.objects.filter(recorded_at__lt=end_of_day(day))
    return rows.select_related("person", "method").order_by("recorded_at", "pk")


def _whose(row: Any) -> str:
    return f"{row.person}: {row}"


_ALIKE: Final[dict[str, Any]] = {
    "months": 24,
    "then": Then.DELETE,
    "may": (Then.DELETE, Then.KEEP),
    "apply": lambda rows, _then, by, at: let_go(rows=rows, by=by, at=at),
    "name_of": _whose,
    "person_of": lambda row: row.person_id,
}
_NO_LONGER: Final = (
    "What no longer holds tells us nothing we need (UK GDPR, article 5(1)(e)); two years leave time "
    "to put a slip right."
)
KINDS: Final = (
    Kind(
        **{**_ALIKE, "name_of": str},
        key="expressions",
        label="Wishes to take part that were answered",
        starts="from the day they were answered",
        source="Two years leave time to come back to somebody. What interests them is kept beside it, "
        "as long as it holds.",
        due=_answered,
    ),
    Kind(
        **_ALIKE,
        key="interests",
        label="Interests that ended",
        starts="from the day they ended",
        source=_NO_LONGER,
        due=lambda day: _ended(Interest, day, "subject"),
    ),
    Kind(
        **_ALIKE,
        key="ways",
        label="Ways of taking part that no longer suit",
        starts="from the day they ended",
        source=_NO_LONGER,
        due=lambda day: _ended(MethodWish, day, "method"),
    ),
    Kind(
        **_ALIKE,
        key="offers",
        label="Offers of time that ended",
        starts="from the day they ended",
        source=_NO_LONGER,
        due=lambda day: _ended(Offer, day, "level"),
    ),
    Kind(
        **_ALIKE,
        key="chosen-ways",
        label="Ways chosen for one contact",
        starts="from the day they were chosen",
        source=_NO_LONGER,
        due=_chosen,
    ),
)
