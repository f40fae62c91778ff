"""Months, quarters and years, by the calendar and by a landlord's financial year.

A period has a code that people type ("2026-Q3", "2026/27-Q2", "2026/27", "2026-07",
"2026-04-01:2026-09-30") and a label that pages print ("July to September 2026 (quarter 2 of
2026/27)").
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from involvement.calendars.words import say_between

ONE_DAY = dt.timedelta(days=1)
_YEAR = r"(?:19|20|21)\d\d"


class NotAPeriodError(ValueError):
    """What was typed names no period; the text says what to type."""


class PeriodKind(StrEnum):
    """What a period is made of, which decides what comes before and after it."""

    MONTH = "MONTH"
    CALENDAR_QUARTER = "CALENDAR_QUARTER"
    FINANCIAL_QUARTER = "FINANCIAL_QUARTER"
    CALENDAR_YEAR = "CALENDAR_YEAR"
    FINANCIAL_YEAR = "FINANCIAL_YEAR"
    RANGE = "RANGE"


_MONTHS_IN = {
    PeriodKind.MONTH: 1,
    PeriodKind.CALENDAR_QUARTER: 3,
    PeriodKind.FINANCIAL_QUARTER: 3,
    PeriodKind.CALENDAR_YEAR: 12,
    PeriodKind.FINANCIAL_YEAR: 12,
}
# A financial year that starts in January is the calendar year, and one thing has one name
_CALENDAR_KIND = {
    PeriodKind.FINANCIAL_QUARTER: PeriodKind.CALENDAR_QUARTER,
    PeriodKind.FINANCIAL_YEAR: PeriodKind.CALENDAR_YEAR,
}


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included."""

    kind: PeriodKind
    start: dt.date
    end: dt.date
    code: str
    label: str
    year_start_month: int = 4

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def next(self) -> "Period":
        """The period of the same kind that follows; for a range, as many days again."""
        if self.kind is PeriodKind.RANGE:
            return day_range(
                self.end + ONE_DAY,
                self.end + dt.timedelta(days=self.days),
                year_start_month=self.year_start_month,
            )
        return _made(self.kind, self.end + ONE_DAY, self.year_start_month)

    def previous(self) -> "Period":
        """The period of the same kind that came before; for a range, as many days before."""
        if self.kind is PeriodKind.RANGE:
            return day_range(
                self.start - dt.timedelta(days=self.days),
                self.start - ONE_DAY,
                year_start_month=self.year_start_month,
            )
        start = add_months(self.start, -_MONTHS_IN[self.kind])
        return _made(self.kind, start, self.year_start_month)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (or earlier); the last day where a month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: dt.date) -> dt.date:
    """The last day of the month a day falls in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_label(start_year: int, *, year_start_month: int = 4) -> str:
    """The name of the financial year that starts in a calendar year, such as "2026/27".

    A year that starts in January is simply "2026".
    """
    if year_start_month == 1:
        return str(start_year)
    return f"{start_year}/{(start_year + 1) % 100:02}"


def financial_year(day: dt.date, year_start_month: int = 4) -> Period:
    """The financial year a day falls in."""
    start_year = day.year if day.month >= year_start_month else day.year - 1
    return _made(
        PeriodKind.FINANCIAL_YEAR, dt.date(start_year, year_start_month, 1), year_start_month
    )


def financial_quarter(day: dt.date, year_start_month: int = 4) -> Period:
    """The quarter of the financial year a day falls in."""
    return next(
        quarter for quarter in quarters(financial_year(day, year_start_month)) if day in quarter
    )


def quarters(year: Period) -> list[Period]:
    """The four quarters of a financial or calendar year, in order."""
    kinds = {
        PeriodKind.FINANCIAL_YEAR: PeriodKind.FINANCIAL_QUARTER,
        PeriodKind.CALENDAR_YEAR: PeriodKind.CALENDAR_QUARTER,
    }
    if year.kind not in kinds:
        raise NotAPeriodError(f"{year.label} is not a year, so it has no quarters.")
    return [
        _made(kinds[year.kind], add_months(year.start, 3 * number), year.year_start_month)
        for number in range(4)
    ]


def month_of(day: dt.date, year_start_month: int = 4) -> Period:
    """The month a day falls in."""
    return _made(PeriodKind.MONTH, day.replace(day=1), year_start_month)


def day_range(start: dt.date, end: dt.date, *, year_start_month: int = 4) -> Period:
    """A stretch from one day to another. Raises NotAPeriodError if it ends before it starts."""
    if end < start:
        raise NotAPeriodError(
            f"The period {start.isoformat()}:{end.isoformat()} ends before it starts. "
            "Type the earlier day first."
        )
    code = f"{start.isoformat()}:{end.isoformat()}"
    return Period(PeriodKind.RANGE, start, end, code, say_between(start, end), year_start_month)


def read_period(text: str, *, year_start_month: int = 4) -> Period:
    """Read a typed period.

    "2026-Q3" is a calendar quarter, "2026/27-Q3" a financial one, "2026/27" a financial year,
    "2026" a calendar year, "2026-07" a month, "2026-04-01:2026-09-30" a range.

    Raises NotAPeriodError, whose text says what to type.
    """
    typed = text.strip().upper()
    if match := re.fullmatch(rf"({_YEAR})-Q([1-4])", typed):
        start = dt.date(int(match[1]), 3 * int(match[2]) - 2, 1)
        return _made(PeriodKind.CALENDAR_QUARTER, start, year_start_month)
    if match := re.fullmatch(rf"({_YEAR})/(\d{{4}}|\d\d?)(?:-Q([1-4]))?", typed):
        year = _typed_financial_year(text, int(match[1]), match[2], year_start_month)
        return quarters(year)[int(match[3]) - 1] if match[3] else year
    if match := re.fullmatch(rf"({_YEAR})-(0[1-9]|1[0-2])", typed):
        return month_of(dt.date(int(match[1]), int(match[2]), 1), year_start_month)
    if re.fullmatch(_YEAR, typed):
        return _made(PeriodKind.CALENDAR_YEAR, dt.date(int(typed), 1, 1), year_start_month)
    if match := re.fullmatch(rf"({_YEAR}-\d\d-\d\d):({_YEAR}-\d\d-\d\d)", typed):
        return day_range(
            _typed_day(match[1]), _typed_day(match[2]), year_start_month=year_start_month
        )
    raise NotAPeriodError(
        f"“{text}” is not a period. Type a quarter such as 2026/27-Q3 (financial) or 2026-Q3 "
        "(calendar), a year such as 2026/27, a month such as 2026-07, or two days such as "
        "2026-04-01:2026-09-30."
    )


def _typed_financial_year(text: str, start_year: int, end: str, year_start_month: int) -> Period:
    if year_start_month == 1:
        raise NotAPeriodError(
            f"“{text}” spans two years, but this landlord's year starts in January. "
            f"Type {start_year}."
        )
    if (start_year + 1) % 10 ** len(end) != int(end):
        raise NotAPeriodError(
            f"“{text}” is not one financial year. Type "
            f"{year_label(start_year, year_start_month=year_start_month)}."
        )
    start = dt.date(start_year, year_start_month, 1)
    return _made(PeriodKind.FINANCIAL_YEAR, start, year_start_month)


def _typed_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotAPeriodError(
            f"{text} is not a day in the calendar. Type it as year-month-day, such as 2026-04-30."
        ) from None


def _made(kind: PeriodKind, start: dt.date, year_start_month: int) -> Period:
    if year_start_month == 1:
        kind = _CALENDAR_KIND.get(kind, kind)
    end = add_months(start, _MONTHS_IN[kind]) - ONE_DAY
    code, label = _named(kind, start, end, year_start_month)
    return Period(kind, start, end, code, label, year_start_month)


def _named(
    kind: PeriodKind, start: dt.date, end: dt.date, year_start_month: int
) -> tuple[str, str]:
    months = say_between(start, end)
    start_year = start.year if start.month >= year_start_month else start.year - 1
    year = year_label(start_year, year_start_month=year_start_month)
    quarter, into_quarter = divmod((start.month - year_start_month) % 12, 3)
    if kind is PeriodKind.MONTH:
        return f"{start.year}-{start.month:02}", months
    if kind is PeriodKind.CALENDAR_YEAR:
        return str(start.year), months
    if kind is PeriodKind.FINANCIAL_YEAR:
        return year, f"{months} (year {year})"
    # A calendar quarter of a year that starts in, say, May is no quarter of that year
    label = months if into_quarter else f"{months} (quarter {quarter + 1} of {year})"
    if kind is PeriodKind.CALENDAR_QUARTER:
        return f"{start.year}-Q{(start.month + 2) // 3}", label
    return f"{year}-Q{quarter + 1}", label
