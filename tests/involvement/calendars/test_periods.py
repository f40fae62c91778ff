import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involvement.calendars.periods import (
    NotAPeriodError,
    PeriodKind,
    add_months,
    financial_quarter,
    financial_year,
    quarters,
    read_period,
    year_label,
)

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1))


@pytest.mark.parametrize(
    ("typed", "start", "end", "label"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30", "July to September 2026 (quarter 2 of 2026/27)"),
        (
            "2026/27-Q3",
            "2026-10-01",
            "2026-12-31",
            "October to December 2026 (quarter 3 of 2026/27)",
        ),
        ("2026/27-q4", "2027-01-01", "2027-03-31", "January to March 2027 (quarter 4 of 2026/27)"),
        ("2026/27", "2026-04-01", "2027-03-31", "April 2026 to March 2027 (year 2026/27)"),
        ("2026/2027", "2026-04-01", "2027-03-31", "April 2026 to March 2027 (year 2026/27)"),
        ("1999/00", "1999-04-01", "2000-03-31", "April 1999 to March 2000 (year 1999/00)"),
        ("2026", "2026-01-01", "2026-12-31", "January to December 2026"),
        (" 2026-02 ", "2026-02-01", "2026-02-28", "February 2026"),
        ("2026-04-01:2026-09-30", "2026-04-01", "2026-09-30", "April to September 2026"),
        ("2026-04-06:2026-05-02", "2026-04-06", "2026-05-02", "6 April to 2 May 2026"),
    ],
)
def test_a_typed_period_is_read(typed: str, start: str, end: str, label: str) -> None:
    period = read_period(typed)
    assert (period.start.isoformat(), period.end.isoformat(), str(period)) == (start, end, label)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Q3", "“Q3” is not a period. Type a quarter such as 2026/27-Q3"),
        ("2026-Q5", "is not a period."),
        ("2026-13", "is not a period."),
        ("2026/28", "is not one financial year. Type 2026/27."),
        ("2026-02-30:2026-03-31", "2026-02-30 is not a day in the calendar."),
        ("2026-09-30:2026-04-01", "ends before it starts. Type the earlier day first."),
        ("", "is not a period."),
    ],
)
def test_what_is_no_period_is_answered_with_what_to_type(typed: str, sentence: str) -> None:
    with pytest.raises(NotAPeriodError) as refused:
        read_period(typed)
    assert sentence in str(refused.value)


def test_a_year_that_starts_in_january_has_one_number() -> None:
    assert year_label(2026, year_start_month=1) == "2026"
    assert financial_year(dt.date(2026, 5, 1), 1) == read_period("2026", year_start_month=1)
    with pytest.raises(NotAPeriodError, match=r"Type 2026\."):
        read_period("2026/27", year_start_month=1)


def test_a_calendar_quarter_out_of_step_with_the_year_names_only_its_months() -> None:
    assert read_period("2026-Q3", year_start_month=5).label == "July to September 2026"


def test_quarters_are_asked_of_years_only() -> None:
    with pytest.raises(NotAPeriodError, match="July 2026 is not a year"):
        quarters(read_period("2026-07"))


@given(day=DAYS, start_month=st.integers(1, 12))
def test_the_quarters_of_a_year_cover_it_without_gap(day: dt.date, start_month: int) -> None:
    year = financial_year(day, start_month)
    parts = quarters(year)
    assert day in year
    assert day in financial_quarter(day, start_month)
    assert (parts[0].start, parts[3].end) == (year.start, year.end)
    assert sum(part.days for part in parts) == year.days
    assert [part.next() for part in parts[:3]] == parts[1:]


@given(day=DAYS, start_month=st.integers(1, 12), kind=st.sampled_from(["year", "quarter", "range"]))
def test_codes_read_back_and_neighbours_meet(day: dt.date, start_month: int, kind: str) -> None:
    period = {
        "year": financial_year(day, start_month),
        "quarter": financial_quarter(day, start_month),
        "range": read_period(f"{day}:{day + dt.timedelta(days=40)}", year_start_month=start_month),
    }[kind]
    assert read_period(period.code, year_start_month=start_month) == period
    assert period.previous().end + dt.timedelta(days=1) == period.start
    assert period.next().start == period.end + dt.timedelta(days=1)
    assert period.next().previous() == period
    assert period.next().kind is period.kind


def test_months_are_added_to_the_last_day_where_a_month_is_short() -> None:
    assert add_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2026, 1, 31), -2) == dt.date(2025, 11, 30)
    assert read_period("2026-12").next().code == "2027-01"
    assert read_period("2026-01").previous().kind is PeriodKind.MONTH
