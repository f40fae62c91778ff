import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involvement.calendars.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)


def test_ten_working_days_leave_out_two_weekends() -> None:
    counted = add_working_days(dt.date(2026, 11, 2), 10)
    assert counted.end == dt.date(2026, 11, 16)
    assert counted.words == (
        "10 working days from Monday 2 November 2026, leaving out 4 weekend days: "
        "Monday 16 November 2026"
    )


def test_christmas_and_its_moved_holiday_are_left_out_and_named() -> None:
    counted = add_working_days(dt.date(2026, 12, 23), 3)
    # In 2026 Boxing Day is a Saturday, so Monday 28 December is the bank holiday
    assert counted.end == dt.date(2026, 12, 30)
    assert [day for day, _ in counted.closed] == [dt.date(2026, 12, 25), dt.date(2026, 12, 28)]
    assert "Christmas Day (25 December 2026)" in counted.words


def test_a_day_the_offices_are_closed_does_not_count() -> None:
    closing = {dt.date(2026, 11, 3): "Staff day"}
    counted = add_working_days(dt.date(2026, 11, 2), 1, also_closed=closing)
    assert counted.end == dt.date(2026, 11, 4)
    assert "leaving out Staff day (3 November 2026)" in counted.words
    assert not is_working_day(dt.date(2026, 11, 3), also_closed=closing)


def test_papers_go_out_working_days_before_a_meeting() -> None:
    counted = add_working_days(dt.date(2026, 11, 16), -5)
    assert counted.end == dt.date(2026, 11, 9)
    assert counted.words.startswith("5 working days before Monday 16 November 2026")


def test_england_has_its_own_holidays() -> None:
    year = bank_holidays(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert dt.date(2026, 8, 31) in year
    assert dt.date(2026, 11, 30) not in year, "St Andrew's Day is Scotland's"
    assert len(year) >= 8


def test_no_working_day_lies_between_a_day_and_itself() -> None:
    counted = working_days_between(dt.date(2026, 11, 2), dt.date(2026, 11, 2))
    assert counted.days == 0
    with pytest.raises(ValueError, match="comes before"):
        working_days_between(dt.date(2026, 11, 3), dt.date(2026, 11, 2))


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)), number=st.integers(0, 60))
def test_counting_on_and_counting_between_agree(day: dt.date, number: int) -> None:
    counted = add_working_days(day, number)
    assert working_days_between(day, counted.end) == counted
    assert number == 0 or is_working_day(counted.end)
