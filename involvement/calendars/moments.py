"""One point in time as people write it: a day, a month, a quarter, a year, a run of years.

Given tidied text (see `tidy`), `read_moment` answers with the first and last day meant and how
sure that is, answers None where the text is no point in time at all, and raises
UnclearMomentError where it nearly is one: an impossible day, a month without its year, a number
that could be two things.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from involvement.calendars.periods import (
    ONE_DAY,
    NotAPeriodError,
    add_months,
    month_end,
    read_period,
    year_label,
)
from involvement.calendars.words import MONTHS, WEEKDAYS, say_date

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_GAP = r"[\s.,/-]*"
_EARLIEST, _LATEST = 1950, 2149


class UnclearMomentError(ValueError):
    """Text that is nearly a point in time; the text of the error says what to do about it."""


@dataclass(frozen=True)
class Moment:
    """The days a piece of text may mean, from the first to the last."""

    first: dt.date
    last: dt.date
    name: str
    assumed: bool = False
    lacks_year: bool = False
    several_years: bool = False


def tidy(words: str) -> str:
    """Text in one form for reading: small letters, plain dashes and quotes, single spaces."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    plain = re.sub(r"[\u2018\u2019`\u00b4]", "'", plain)
    return " ".join(plain.split())


def read_moment(text: str, *, year_start_month: int = 4) -> Moment | None:
    """Read one point in time from tidied text. See the head of this file."""
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(text):
            return read(match, year_start_month)
    return None


def month_number(text: str) -> int:
    """The number of a month from the first three letters of its name."""
    return [name[:3].casefold() for name in MONTHS].index(text[:3]) + 1


def _year_of(text: str) -> int:
    year = int(text)
    if len(text) <= 2:
        return 2000 + year if year < 80 else 1900 + year
    if not _EARLIEST <= year <= _LATEST:
        raise UnclearMomentError(f"The year {text} cannot be right. Give the year meant.")
    return year


def _day_of(day: str, month: int, year: str, weekday: str | None = None) -> Moment:
    try:
        read = dt.date(_year_of(year), month, int(day))
    except ValueError as error:
        if isinstance(error, UnclearMomentError):
            raise
        raise UnclearMomentError(
            f"{int(day)} {MONTHS[month - 1]} {_year_of(year)} is not a day in the calendar. "
            "Give the right day."
        ) from None
    named = WEEKDAYS[read.weekday()]
    if weekday and not named.casefold().startswith(weekday[:3]):
        raise UnclearMomentError(
            f"{say_date(read)} is a {named}, not the weekday written. Give the right day."
        )
    return Moment(read, read, say_date(read))


def _numbers(match: re.Match[str], _: int) -> Moment:
    day, month, year = match["day"], int(match["month"]), match["year"]
    if not 1 <= month <= 12:
        raise UnclearMomentError(
            f"“{match[0]}” has no month {month}. Write the day first, then the month, "
            "then the year, such as 30/09/2026."
        )
    return _day_of(day, month, year)


def _day_month(match: re.Match[str], _: int) -> Moment:
    return _day_of(match["day"], month_number(match["month"]), match["year"], match["weekday"])


def _day_without_year(match: re.Match[str], _: int) -> Moment:
    raise UnclearMomentError(f"“{match[0]}” does not say which year. Add the year.")


def _month(match: re.Match[str], _: int) -> Moment:
    first = dt.date(_year_of(match["year"]), month_number(match["month"]), 1)
    name = f"{MONTHS[first.month - 1]} {first.year}"
    part = (match.groupdict().get("part") or "").strip(" -")
    if part in ("early", "mid", "the middle of", "middle of", "late"):
        return Moment(first, month_end(first), f"{part} {name}", assumed=True)
    return Moment(first, month_end(first), name)


def _month_number(match: re.Match[str], _: int) -> Moment:
    first = dt.date(_year_of(match["year"]), int(match["month"]), 1)
    return Moment(first, month_end(first), f"{MONTHS[first.month - 1]} {first.year}")


def _bare_month(match: re.Match[str], _: int) -> Moment:
    # The year is a leap year so that 29 February has a place; callers take only month and day
    month = month_number(match[0])
    last = dt.date(2000, month, calendar.monthrange(2000, month)[1])
    return Moment(last.replace(day=1), last, MONTHS[month - 1], lacks_year=True)


def _calendar_year(match: re.Match[str], _: int) -> Moment:
    year = _year_of(match[1])
    return Moment(dt.date(year, 1, 1), dt.date(year, 12, 31), str(year), assumed=True)


def _years(match: re.Match[str], year_start_month: int) -> Moment:
    return _run_of_years(match[0], match[1], match[2], year_start_month)


def _run_of_years(text: str, written_start: str, written_end: str, year_start_month: int) -> Moment:
    start = _year_of(written_start)
    size = 10 ** len(written_end)
    end = start - start % size + int(written_end)
    if end < start and len(written_end) < 4 and size - start % size <= 10:
        end += size
    if not start < end <= start + 50:
        raise UnclearMomentError(
            f"“{text}” does not run from an earlier year to a later one. Give the years meant."
        )
    first = dt.date(start, year_start_month, 1)
    # With a year that starts in January "2012/13" is no year's name, so it means both
    last_start = end if year_start_month == 1 else end - 1
    last = add_months(dt.date(last_start, year_start_month, 1), 12) - ONE_DAY
    one_year = end == start + 1 and year_start_month != 1
    name = f"year {year_label(start)}" if one_year else f"years {start} to {end}"
    sure = one_year and "/" in text and len(written_end) > 1
    return Moment(first, last, name, assumed=not sure, several_years=not one_year)


def _short_years(match: re.Match[str], year_start_month: int) -> Moment:
    first, second = int(match[1]), int(match[2])
    if second == (first + 1) % 100 and second > 12:
        return _run_of_years(match[0], match[1], match[2], year_start_month)
    raise UnclearMomentError(
        f"“{match[0]}” could be a day, a month or a year. Write it out, such as "
        "8 September 2026 or 2026/27."
    )


def _quarter_code(match: re.Match[str], year_start_month: int) -> Moment:
    code = f"{match['year']}-Q{match['quarter']}"
    try:
        period = read_period(code, year_start_month=year_start_month)
    except NotAPeriodError as error:
        raise UnclearMomentError(str(error)) from None
    return Moment(period.start, period.end, period.label)


def _quarter_unclear(match: re.Match[str], _: int) -> Moment:
    raise UnclearMomentError(
        f"“{match[0]}” does not say which year's quarter. Write 2026/27-Q2 for a financial "
        "quarter, 2026-Q3 for a calendar one, or the months."
    )


def _season(match: re.Match[str], _: int) -> Moment:
    raise UnclearMomentError(f"“{match[0]}” has no exact day. Give a month and year.")


_END_OF = r"(?:the )?(?:end of )?(?:the )?"
_LONG_YEAR = r"((?:19|20|21)\d\d)"
_QUARTER = r"(?:q|qtr|quarter)\s*(?P<quarter>[1-4])"
_FINANCIAL = r"(?P<year>(?:19|20|21)\d\d/(?:\d{4}|\d\d?))"
_PART = r"(?P<part>(?:early|mid|late|(?:the )?(?:end|middle) of|(?:the )?end)[\s-]+)?"
_SEASON = r"(?:spring|summer|autumn|winter|easter|christmas|new year|term)"

_FORMS: Final[list[tuple[re.Pattern[str], Callable[[re.Match[str], int], Moment]]]] = [
    (re.compile(form), read)
    for form, read in (
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[t ]00:00(?::00)?)?", _numbers),
        (r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d\d)", _numbers),
        (
            (
                rf"(?:(?P<weekday>{WEEKDAY})[\s,]*)?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
                rf"(?: of)?{_GAP}(?P<month>{MONTH}){_GAP}'?(?P<year>\d{{4}}|\d\d)"
            ),
            _day_month,
        ),
        (
            (
                rf"(?:(?P<weekday>{WEEKDAY})[\s,]*)?(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})"
                r"(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<year>\d{4})"
            ),
            _day_month,
        ),
        (rf"(?:{WEEKDAY}[\s,]*)?(?:the )?{_DAY}(?: of)?{_GAP}{MONTH}", _day_without_year),
        (rf"{MONTH}\s*\d(?:st|nd|rd|th)?|{MONTH}\s*\d\d(?:st|nd|rd|th)", _day_without_year),
        (rf"{_PART}(?P<month>{MONTH}){_GAP}'?(?P<year>\d{{4}}|\d\d)", _month),
        (r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20|21)\d\d)", _month_number),
        (r"(?P<year>(?:19|20|21)\d\d)-(?P<month>0[1-9])", _month_number),
        (MONTH, _bare_month),
        (rf"{_END_OF}(?:year )?{_LONG_YEAR}", _calendar_year),
        (
            rf"{_END_OF}(?:financial )?(?:year )?{_LONG_YEAR}\s*[/-]\s*(\d{{4}}|\d\d?)",
            _years,
        ),
        (r"(\d\d)\s*/\s*(\d\d)", _short_years),
        (r"(?:end of )?(?P<year>(?:19|20|21)\d\d)-q(?P<quarter>[1-4])", _quarter_code),
        (rf"(?:the )?(?:end of )?{_FINANCIAL}[\s,-]*{_QUARTER}", _quarter_code),
        (rf"(?:the )?(?:end of )?{_QUARTER}(?: of|,)?\s*{_FINANCIAL}", _quarter_code),
        (rf"(?:the )?(?:end of )?{_QUARTER}(?:.{{0,20}})", _quarter_unclear),
        (
            rf"(?:the |early |mid |late |end of )*{_SEASON}(?: of)?(?: term)?(?: \d{{2,4}})?",
            _season,
        ),
    )
]
