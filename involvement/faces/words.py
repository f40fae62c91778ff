"""Dates, times, money and numbers as templates write them; how days are said stands in calendars."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from django.utils import timezone

from involvement.calendars.words import say_date, say_day, say_day_of_year

_SMALL: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def day(value: dt.date | None) -> str:
    """A date as "Friday 4 December 2026"; a moment is read in local time; None is ""."""
    return "" if value is None else say_day(_local_date(value))


def short_day(value: dt.date | None) -> str:
    """A date as "4 December 2026"; None is ""."""
    return "" if value is None else say_date(_local_date(value))


def day_of_year(value: dt.date | None) -> str:
    """A date as "4 December", where the year is plain from the page; None is ""."""
    if value is None:
        return ""
    date = _local_date(value)
    return say_day_of_year(date.month, date.day)


def clock(value: dt.time | dt.datetime | None) -> str:
    """A time as "6.30 pm", "2 pm", "noon" or "midnight"; None is ""."""
    if value is None:
        return ""
    time = _local(value).time() if isinstance(value, dt.datetime) else value
    if (time.hour, time.minute) == (12, 0):
        return "noon"
    if (time.hour, time.minute) == (0, 0):
        return "midnight"
    minutes = f".{time.minute:02d}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes} {'am' if time.hour < 12 else 'pm'}"


def moment(value: dt.datetime | None) -> str:
    """A moment as "Friday 4 December 2026 at 5 pm"; None is ""."""
    return f"{day(value)} at {clock(value)}" if value is not None else ""


def number(value: float | Decimal | None) -> str:
    """A number with commas: 6912 is "6,912", 11.4 stays "11.4"; None is ""."""
    return "" if value is None else f"{value:,}"


def pounds(pence: int | None) -> str:
    """Pence as pounds: 4600000 is "£46,000", 1550 is "£15.50"; None is ""."""
    if pence is None:
        return ""
    whole, rest = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")


def plural(count: int, one: str, many: str = "") -> str:
    """The noun alone, in the number that fits the count."""
    return one if count == 1 else many or f"{one}s"


def spelled(count: int) -> str:
    """A count in words up to ten, in figures above: 3 is "three", 0 is "no", 14 is "14"."""
    return _SMALL[count] if 0 <= count <= 10 else number(count)


def initials(name: str) -> str:
    """The initials of a name without its note in brackets: "Jean Marlow (demo)" is "JM"."""
    parts = [part for part in name.partition("(")[0].split() if part[0].isalpha()]
    return "".join(part[0].upper() for part in (parts[:1] + parts[1:][-1:]))


def telephone_link(number_words: str) -> str:
    """The address that rings a number: "01632 960 142" is "tel:01632960142"."""
    return "tel:" + "".join(mark for mark in number_words if mark.isdigit() or mark == "+")


def _local_date(value: dt.date) -> dt.date:
    return _local(value).date() if isinstance(value, dt.datetime) else value


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
