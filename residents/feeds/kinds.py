"""How long what lists left behind is kept. The files themselves go as soon as they are settled, and
after two weeks at the longest."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from involvement.calendars.days import end_of_day
from residents.feeds.models import Intake, RefusedRow
from residents.feeds.operations.receiving import forget_intakes, forget_refused
from residents.privacy.kinds import Kind, Then

_OPEN: Final = (Intake.State.PREVIEW, Intake.State.WORKING)


def _settled(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Intake.objects.filter(arrived_at__lt=end_of_day(day))
    rows = rows.exclude(state__in=_OPEN)
    return rows.select_related("source").order_by("arrived_at", "pk")


def _with_refused(day: dt.date) -> QuerySet[Any]:
    return _settled(day).filter(Exists(RefusedRow.objects.filter(intake=OuterRef("pk"))))


def _name(row: Any) -> str:
    return f"{row} from {row.source}"


KINDS: Final = (
    Kind(
        key="refused-rows",
        label="Rows of lists that could not be taken over",
        starts="from the day the list came",
        months=3,
        then=Then.DELETE,
        source="Whoever puts them right does so within weeks; the next list has them again.",
        may=(Then.DELETE, Then.KEEP),
        due=_with_refused,
        apply=lambda rows, _then, by, at: forget_refused(rows=rows, by=by, at=at),
        name_of=_name,
    ),
    Kind(
        key="lists",
        label="Lists from the housing system that came in",
        starts="from the day the list came",
        months=24,
        then=Then.DELETE,
        source="That a list came and how much it changed is asked about for a year or two. What it "
        "changed about whom is in the history.",
        may=(Then.DELETE, Then.KEEP),
        due=_settled,
        apply=lambda rows, _then, by, at: forget_intakes(rows=rows, by=by, at=at),
        name_of=_name,
    ),
)
