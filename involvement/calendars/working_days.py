"""Working days in England: Monday to Friday without bank holidays, with the sum shown.

Bank holidays come from the maintained `holidays` package, which follows the list published for
England and Wales, including days moved from a weekend and one-off holidays.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import holidays

from involvement.calendars.words import count, say_date, say_day, say_list

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """A count of working days from a day to a day, and what it left out."""

    start: dt.date
    end: dt.date
    days: int
    weekend_days: int
    closed: tuple[tuple[dt.date, str], ...]

    @property
    def words(self) -> str:
        """The sum in words, for whoever asks how the date came about."""
        direction = "from" if self.end >= self.start else "before"
        said = f"{count(self.days, 'working day')} {direction} {say_day(self.start)}"
        left_out = [count(self.weekend_days, "weekend day")] if self.weekend_days else []
        left_out += [f"{name} ({say_date(day)})" for day, name in self.closed]
        if left_out:
            said += f", leaving out {say_list(left_out)}"
        return f"{said}: {say_day(self.end)}"


def bank_holidays(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """England's bank holidays from one day to another, both included, with their names."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in _bank_holidays_of(year)
        if first <= day <= last
    }


@lru_cache(maxsize=64)
def _bank_holidays_of(year: int) -> tuple[tuple[dt.date, str], ...]:
    return tuple(sorted(holidays.country_holidays("GB", subdiv="ENG", years=year).items()))


def is_working_day(day: dt.date, *, also_closed: Mapping[dt.date, str] | None = None) -> bool:
    """Whether a day is Monday to Friday, no bank holiday and no closing day of the landlord."""
    return day.weekday() < 5 and day not in (also_closed or {}) and not bank_holidays(day, day)


def add_working_days(
    day: dt.date, number: int, *, also_closed: Mapping[dt.date, str] | None = None
) -> WorkingDays:
    """Count working days on from a day, which itself does not count; backwards if negative.

    `also_closed` names further days on which the landlord's offices are closed.
    """
    step = ONE_DAY if number >= 0 else -ONE_DAY
    # Two calendar days for each working or closing day, and a fortnight, always reach far enough
    furthest = day + step * (2 * (abs(number) + len(also_closed or {})) + 14)
    names = bank_holidays(min(day, furthest), max(day, furthest)) | dict(also_closed or {})
    end, counted, weekend_days = day, 0, 0
    closed: list[tuple[dt.date, str]] = []
    while counted < abs(number):
        end += step
        if end.weekday() >= 5:
            weekend_days += 1
        elif end in names:
            closed.append((end, names[end]))
        else:
            counted += 1
    return WorkingDays(day, end, counted, weekend_days, tuple(sorted(closed)))


def working_days_between(
    start: dt.date, end: dt.date, *, also_closed: Mapping[dt.date, str] | None = None
) -> WorkingDays:
    """The working days after `start` up to and including `end`. `end` may not come first."""
    if end < start:
        raise ValueError(f"{say_day(end)} comes before {say_day(start)}.")
    names = bank_holidays(start, end) | dict(also_closed or {})
    after = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    weekdays = [day for day in after if day.weekday() < 5]
    closed = tuple((day, names[day]) for day in weekdays if day in names)
    return WorkingDays(start, end, len(weekdays) - len(closed), len(after) - len(weekdays), closed)
