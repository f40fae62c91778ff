"""When a deadline that comes back comes back next."""

import datetime as dt
from typing import Final

from involvement.calendars.deadlines import Deadline, Repeat
from involvement.calendars.periods import ONE_DAY, add_months, month_end

_DAYS: Final = {Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14}
_MONTHS: Final = {
    Repeat.MONTHLY: 1,
    Repeat.EVERY_TWO_MONTHS: 2,
    Repeat.QUARTERLY: 3,
    Repeat.HALF_YEARLY: 6,
    Repeat.ANNUALLY: 12,
    Repeat.EVERY_TWO_YEARS: 24,
    Repeat.EVERY_THREE_YEARS: 36,
}
# The last days of the autumn, spring and summer terms, to the month: schools differ by days
_TERM_ENDS: Final = ((12, 31), (3, 31), (7, 31))


def next_due(deadline: Deadline, *, today: dt.date, year_start_month: int = 4) -> dt.date | None:
    """The next day a deadline falls due, today included.

    A deadline that does not repeat answers with its own day, even when that has passed: it is
    still due. One that repeats without naming a day falls due at the end of each week, month,
    quarter or year, counted from the start of the landlord's financial year; a longer repeat
    counts its years from 2000. None where nothing more falls due, or nothing was understood.
    """
    if deadline.repeats is None:
        return deadline.due
    earliest = max(today, deadline.start) if deadline.start else today
    if deadline.due and earliest <= deadline.due:
        day = deadline.due
    elif deadline.repeats is Repeat.TERMLY:
        day = _next_term_end(earliest)
    else:
        day = _on_or_after(earliest, _anchor(deadline, year_start_month), deadline.repeats)
    return None if deadline.until and day > deadline.until else day


def due_days(
    deadline: Deadline, *, first: dt.date, last: dt.date, year_start_month: int = 4
) -> list[dt.date]:
    """Every day from `first` to `last`, both included, on which a deadline falls due."""
    days: list[dt.date] = []
    day = next_due(deadline, today=first, year_start_month=year_start_month)
    while day is not None and day <= last:
        if day < first:
            return []
        days.append(day)
        if deadline.repeats is None:
            break
        day = next_due(deadline, today=day + ONE_DAY, year_start_month=year_start_month)
    return days


def _anchor(deadline: Deadline, year_start_month: int) -> dt.date:
    """A day from which the repeat is counted."""
    if deadline.due:
        return deadline.due
    if deadline.day_of_year:
        return dt.date(2000, *deadline.day_of_year)
    if deadline.repeats in _DAYS:
        return dt.date(2000, 1, 2)  # a Sunday: weeks end on Sundays
    return dt.date(2000, year_start_month, 1) - ONE_DAY


def _on_or_after(earliest: dt.date, anchor: dt.date, repeats: Repeat) -> dt.date:
    if repeats in _DAYS:
        step = _DAYS[repeats]
        return earliest + dt.timedelta(days=(anchor - earliest).days % step)
    step = _MONTHS[repeats]
    months = (earliest.year - anchor.year) * 12 + earliest.month - anchor.month
    day = _shifted(anchor, months - months % step)
    return day if day >= earliest else _shifted(anchor, months - months % step + step)


def _shifted(anchor: dt.date, months: int) -> dt.date:
    """So many months on; the end of a month stays the end of a month."""
    day = add_months(anchor, months)
    return month_end(day) if anchor == month_end(anchor) else day


def _next_term_end(earliest: dt.date) -> dt.date:
    return min(
        day
        for year in (earliest.year, earliest.year + 1)
        for month, last in _TERM_ENDS
        if (day := dt.date(year, month, last)) >= earliest
    )
