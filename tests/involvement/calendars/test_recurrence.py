import datetime as dt

import pytest

from involvement.calendars.deadlines import read_deadline
from involvement.calendars.recurrence import due_days, next_due


@pytest.mark.parametrize(
    ("words", "today", "due"),
    [
        ("Dec 08 and annually", "2008-06-01", "2008-12-31"),
        ("Dec 08 and annually", "2008-12-31", "2008-12-31"),
        ("Dec 08 and annually", "2009-01-01", "2009-12-31"),
        ("Annually", "2026-11-22", "2027-03-31"),
        ("Annually", "2027-03-31", "2027-03-31"),
        ("each year by 29 February", "2027-01-01", "2027-02-28"),
        ("each year by 15 June", "2026-06-16", "2027-06-15"),
        ("Quarterly", "2026-11-22", "2026-12-31"),
        ("Nov 2026 and quarterly", "2026-12-01", "2027-02-28"),
        ("quarterly from April 2027", "2026-11-22", "2027-06-30"),
        ("Monthly", "2026-02-10", "2026-02-28"),
        ("weekly", "2026-11-20", "2026-11-22"),
        ("termly", "2026-11-22", "2026-12-31"),
        ("termly", "2026-04-01", "2026-07-31"),
        ("30 March 2010", "2026-11-22", "2010-03-30"),
        ("monthly until March 2011", "2011-03-05", "2011-03-31"),
        ("every two years", "2026-11-22", "2028-03-31"),
    ],
)
def test_the_next_day_a_deadline_falls_due(words: str, today: str, due: str) -> None:
    found = next_due(read_deadline(words), today=dt.date.fromisoformat(today))
    assert found == dt.date.fromisoformat(due)


@pytest.mark.parametrize("words", ["Ongoing", "Complete", "", "tbc", "monthly until March 2011"])
def test_nothing_more_falls_due(words: str) -> None:
    assert next_due(read_deadline(words), today=dt.date(2026, 11, 22)) is None


def test_the_year_ends_where_the_landlord_says() -> None:
    today = dt.date(2026, 11, 22)
    assert next_due(read_deadline("Annually"), today=today, year_start_month=1) == dt.date(
        2026, 12, 31
    )


def test_every_due_day_of_a_year() -> None:
    days = due_days(
        read_deadline("quarterly from July 2026"),
        first=dt.date(2026, 4, 1),
        last=dt.date(2027, 3, 31),
    )
    assert [day.isoformat() for day in days] == ["2026-09-30", "2026-12-31", "2027-03-31"]


def test_a_deadline_before_the_stretch_is_not_in_it() -> None:
    first, last = dt.date(2026, 4, 1), dt.date(2027, 3, 31)
    assert due_days(read_deadline("30 March 2010"), first=first, last=last) == []
    assert due_days(read_deadline("30 March 2027"), first=first, last=last) == [
        dt.date(2027, 3, 30)
    ]
