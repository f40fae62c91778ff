"""How days and stretches of time are said to people. Independent of the machine's locale."""

import datetime as dt
from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def say_day(day: dt.date) -> str:
    """A day with its weekday: "Friday 4 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {say_date(day)}"


def say_date(day: dt.date) -> str:
    """A day without its weekday: "4 December 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_month(day: dt.date) -> str:
    """The month a day falls in: "December 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def say_day_of_year(month: int, day: int) -> str:
    """A day that comes back each year: "31 December"."""
    return f"{day} {MONTHS[month - 1]}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 day", "96 days", "2 bodies"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def say_days(number: int) -> str:
    """A length in days: "1 day", "96 days"."""
    return count(number, "day")


def say_how_far(day: dt.date, *, today: dt.date) -> str:
    """Where a day lies from today: "today", "tomorrow", "in 12 days", "3 days ago"."""
    distance = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if distance in near:
        return near[distance]
    return f"in {say_days(distance)}" if distance > 0 else f"{say_days(-distance)} ago"


def say_due(due: dt.date, *, today: dt.date) -> str:
    """How a deadline stands: "due today", "due in 12 days", "3 days late"."""
    if due < today:
        return f"{say_days((today - due).days)} late"
    return f"due {say_how_far(due, today=today)}"


def say_between(first: dt.date, last: dt.date) -> str:
    """A stretch of time, in whole months where it is whole months.

    "July to September 2026", "December 2026 to February 2027", "July 2026",
    "6 July to 2 August 2026", "4 December 2026".
    """
    if first == last:
        return say_date(first)
    whole_months = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return say_month(first)
    start = MONTHS[first.month - 1]
    if not whole_months:
        start = f"{first.day} {start}"
    end = say_month(last) if whole_months else say_date(last)
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


def say_list(things: list[str]) -> str:
    """A list as it is spoken: "a", "a and b", "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"
