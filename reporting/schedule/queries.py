from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from involvement.calendars.periods import Period, financial_quarter, financial_year
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import Every, Kind, kinds
from reporting.schedule.models import ReportSchedule


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of report, the last period that should be reported on, and the next."""

    kind: Kind
    schedule: ReportSchedule
    last: Period | None
    """The latest period whose draft should be there; None where the timer makes none."""
    next: Period | None
    next_on: dt.date | None
    """The day on which the next draft is made."""


def schedule_of(kind: Kind) -> ReportSchedule:
    """The landlord's choice for a kind, or the catalogue's, which is not saved."""
    return next(each for each in schedules() if each.kind == kind.slug)


def schedules() -> list[ReportSchedule]:
    """One schedule for each kind of report, in the catalogue's order. One query."""
    chosen = {each.kind: each for each in ReportSchedule.objects.order_by("kind", "pk")}
    return [
        chosen.get(kind.slug)
        or ReportSchedule(kind=kind.slug, every=kind.every, cutoff_days=kind.cutoff_days)
        for kind in kinds()
    ]


def due_on(landlord: Landlord, today: dt.date) -> list[Due]:
    """For each kind of report what should be there on a day, and what comes next."""
    by_kind = {schedule.kind: schedule for schedule in schedules()}
    return [_due(kind, by_kind[kind.slug], landlord, today) for kind in kinds()]


def counted_until(period: Period, cutoff_days: int) -> dt.datetime:
    """The end of the last day on which what is recorded still counts, in British time."""
    morning_after = period.end + dt.timedelta(days=cutoff_days + 1)
    midnight = dt.datetime.combine(morning_after, dt.time(), timezone.get_default_timezone())
    return midnight - dt.timedelta(microseconds=1)


def _due(kind: Kind, schedule: ReportSchedule, landlord: Landlord, today: dt.date) -> Due:
    if schedule.every == Every.NEVER:
        return Due(kind, schedule, None, None, None)
    period = _period_at(today, schedule.every, landlord.year_start_month)
    while _made_on(period, schedule) > today:
        period = period.previous()
    following = period.next()
    return Due(kind, schedule, period, following, _made_on(following, schedule))


def _made_on(period: Period, schedule: ReportSchedule) -> dt.date:
    return period.end + dt.timedelta(days=schedule.cutoff_days + 1)


def _period_at(today: dt.date, every: str, year_start_month: int) -> Period:
    read = financial_year if every == Every.YEAR else financial_quarter
    return read(today, year_start_month)
