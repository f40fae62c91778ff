import datetime as dt

import pytest

from involvement.calendars.words import say_between, say_day, say_days, say_due, say_list

TODAY = dt.date(2026, 12, 4)


def test_a_day_is_said_with_its_weekday() -> None:
    assert say_day(TODAY) == "Friday 4 December 2026"


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (12, "due in 12 days"),
        (-1, "1 day late"),
        (-96, "96 days late"),
    ],
)
def test_how_a_deadline_stands(away: int, said: str) -> None:
    assert say_due(TODAY + dt.timedelta(days=away), today=TODAY) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-07-01", "2026-09-30", "July to September 2026"),
        ("2026-12-01", "2027-02-28", "December 2026 to February 2027"),
        ("2026-07-01", "2026-07-31", "July 2026"),
        ("2026-07-06", "2026-08-02", "6 July to 2 August 2026"),
        ("2026-12-04", "2026-12-04", "4 December 2026"),
    ],
)
def test_a_stretch_is_said_in_whole_months_where_it_can_be(
    first: str, last: str, said: str
) -> None:
    assert say_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == said


def test_numbers_and_lists_are_said_as_spoken() -> None:
    assert (say_days(1), say_days(96)) == ("1 day", "96 days")
    assert say_list(["one", "two", "three"]) == "one, two and three"
