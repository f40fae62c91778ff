"""Dates, times, money and counts as the pages write them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import engines

from involvement.faces import words

MONDAY = dt.date(2026, 11, 23)


def written(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load faces %}" + source).render(context)


def test_days_are_said_in_full_and_in_short() -> None:
    assert written("{{ on|day }}", on=dt.date(2026, 12, 4)) == "Friday 4 December 2026"
    assert written("{{ on|short_day }}", on=MONDAY) == "23 November 2026"
    assert written("{{ on|day_of_year }}", on=MONDAY) == "23 November"
    assert written("{{ on|day }}{{ on|short_day }}{{ on|clock }}{{ on|number }}", on=None) == ""


def test_a_moment_is_said_in_local_time() -> None:
    late_utc = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert words.moment(late_utc) == "Thursday 2 July 2026 at 12.30 am"


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (dt.time(18, 30), "6.30 pm"),
        (dt.time(14, 0), "2 pm"),
        (dt.time(9, 5), "9.05 am"),
        (dt.time(12, 0), "noon"),
        (dt.time(12, 15), "12.15 pm"),
        (dt.time(0, 0), "midnight"),
    ],
)
def test_times_are_said_as_people_say_them(time: dt.time, said: str) -> None:
    assert words.clock(time) == said


def test_a_period_names_its_months() -> None:
    shown = written("{% period a b %}", a=dt.date(2026, 7, 1), b=dt.date(2026, 9, 30))
    assert shown == "July to September 2026"


@pytest.mark.parametrize(
    ("pence", "said"), [(4_600_000, "£46,000"), (1550, "£15.50"), (-5, "−£0.05"), (0, "£0")]
)
def test_pence_are_shown_as_pounds(pence: int, said: str) -> None:
    assert words.pounds(pence) == said


def test_counts_take_the_noun_that_fits() -> None:
    assert written('{{ 1|counted:"person,people" }}, {{ 6912|counted:"person,people" }}') == (
        "1 person, 6,912 people"
    )
    assert written('{{ 1|plural:"line" }}, {{ 2|plural:"line" }}') == "line, lines"
    assert written("{{ 96|days_words }}, {{ 3|spelled }}, {{ 14|spelled }}, {{ 0|spelled }}") == (
        "96 days, three, 14, no"
    )


def test_initials_leave_the_note_in_brackets_out() -> None:
    assert words.initials("Jean Marlow (demo)") == "JM"
    assert words.initials("Mary Anne de Souza") == "MS"
    assert words.initials("Cher") == "C"
