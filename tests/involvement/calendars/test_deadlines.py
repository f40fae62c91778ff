"""Deadlines in the words of landlords: what is read, what is flagged, and what is kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involvement.calendars.deadlines import (
    Certainty,
    Repeat,
    read_deadline,
    split_owner_and_deadline,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Jun 2008", "2008-06-30"),
        ("Sept 08", "2008-09-30"),
        ("Sept. '09", "2009-09-30"),
        ("Nov-09", "2009-11-30"),
        ("02/2012", "2012-02-29"),
        ("2012-03", "2012-03-31"),
        ("30 March 2010", "2010-03-30"),
        ("30th March, 2010", "2010-03-30"),
        ("March 30, 2010", "2010-03-30"),
        ("Tuesday 30 March 2010", "2010-03-30"),
        ("2010-03-30", "2010-03-30"),
        ("2010-03-30 00:00:00", "2010-03-30"),
        ("30/03/2010", "2010-03-30"),
        ("30.3.10", "2010-03-30"),
        ("by the end of March 2010", "2010-03-31"),
        ("no later than 30 March 2010", "2010-03-30"),
        ("Before 30 March 2010", "2010-03-29"),
        ("2014/15", "2015-03-31"),
        ("1999/00", "2000-03-31"),
        ("13/14", "2014-03-31"),
        ("quarter 2 of 2026/27", "2026-09-30"),
        ("2026-Q3", "2026-09-30"),
    ],
)
def test_a_plain_date_is_due_on_its_last_day(words: str, due: str) -> None:
    read = read_deadline(words)
    assert (read.due, read.start, read.certainty) == (day(due), None, Certainty.CLEAR)
    assert read.understood
    assert not read.flagged


@pytest.mark.parametrize(
    ("words", "start", "due", "reading"),
    [
        ("By 2015", None, "2015-12-31", "2015, due 31 December 2015"),
        ("2013", None, "2013-12-31", "2013, due 31 December 2013"),
        ("2012/3", None, "2013-03-31", "year 2012/13, due 31 March 2013"),
        ("2013-14", None, "2014-03-31", "year 2013/14, due 31 March 2014"),
        ("before 2015", None, "2014-12-31", "before 2015, due 31 December 2014"),
        ("2013-16", "2013-04-01", "2016-03-31", "years 2013 to 2016, due 31 March 2016"),
        ("2008/11", "2008-04-01", "2011-03-31", "years 2008 to 2011, due 31 March 2011"),
        ("mid-March 2010", None, "2010-03-31", "mid March 2010, due 31 March 2010"),
        (
            "Sept to March 2011",
            "2010-09-01",
            "2011-03-31",
            "from September 2010, due 31 March 2011",
        ),
    ],
)
def test_a_year_without_a_day_is_read_and_marked_as_assumed(
    words: str, start: str | None, due: str, reading: str
) -> None:
    read = read_deadline(words)
    assert read.certainty is Certainty.ASSUMED
    assert (read.start, read.due) == (day(start) if start else None, day(due))
    assert read.reading == reading
    assert not read.flagged


@pytest.mark.parametrize(
    ("words", "start", "due"),
    [
        ("Sept 08 to March 11", "2008-09-01", "2011-03-31"),
        ("Apr 08 – Nov 09", "2008-04-01", "2009-11-30"),
        ("From September 2026 until March 2029", "2026-09-01", "2029-03-31"),
        ("April to June 2010", "2010-04-01", "2010-06-30"),
        ("4 March to 6 April 2010", "2010-03-04", "2010-04-06"),
        ("2012/13 to 2014/15", "2012-04-01", "2015-03-31"),
    ],
)
def test_a_stretch_has_a_start_and_a_due_day(words: str, start: str, due: str) -> None:
    read = read_deadline(words)
    assert (read.start, read.due, read.certainty) == (day(start), day(due), Certainty.CLEAR)


@pytest.mark.parametrize(
    "words", ["Ongoing", "On-going", "ONGOING", " on going ", "Ongoing\nongoing"]
)
def test_ongoing_has_no_end(words: str) -> None:
    read = read_deadline(words)
    assert (read.open_ended, read.start, read.due, read.reading) == (True, None, None, "no end")
    assert read.certainty is Certainty.CLEAR


@pytest.mark.parametrize(
    ("words", "start", "certainty"),
    [
        ("April 08 and ongoing", "2008-04-01", Certainty.CLEAR),
        ("April 08\nand ongoing", "2008-04-01", Certainty.CLEAR),
        ("Ongoing from April 2008", "2008-04-01", Certainty.CLEAR),
        ("2013/on-going", "2013-01-01", Certainty.ASSUMED),
        ("from April 2008", "2008-04-01", Certainty.ASSUMED),
    ],
)
def test_a_start_with_an_open_end(words: str, start: str, certainty: Certainty) -> None:
    read = read_deadline(words)
    assert (read.start, read.due, read.open_ended) == (day(start), None, True)
    assert read.certainty is certainty
    assert read.reading.endswith(", no end")


def test_ongoing_until_a_month_has_an_end() -> None:
    read = read_deadline("ongoing until March 2011")
    assert (read.due, read.open_ended) == (day("2011-03-31"), False)


def test_and_review_asks_for_a_review_on_the_due_day() -> None:
    read = read_deadline("July 10 and review")
    assert (read.due, read.review, read.reading) == (
        day("2010-07-31"),
        True,
        "due 31 July 2010, with a review",
    )


def test_ongoing_with_a_dated_review_is_due_on_the_review() -> None:
    read = read_deadline("Ongoing, review July 10")
    assert (read.due, read.review, read.open_ended) == (day("2010-07-31"), True, True)


def test_a_first_date_and_annually_comes_back_each_year() -> None:
    read = read_deadline("Dec 08 and annually")
    assert (read.due, read.repeats) == (day("2008-12-31"), Repeat.ANNUALLY)
    assert read.reading == "due 31 December 2008, then again each year by 31 December"


@pytest.mark.parametrize(
    ("words", "repeats"),
    [
        ("Annually", Repeat.ANNUALLY),
        ("each year", Repeat.ANNUALLY),
        ("Quarterly", Repeat.QUARTERLY),
        ("every 3 months", Repeat.QUARTERLY),
        ("twice a year", Repeat.HALF_YEARLY),
        ("six-monthly", Repeat.HALF_YEARLY),
        ("every month", Repeat.MONTHLY),
        ("every two months", Repeat.EVERY_TWO_MONTHS),
        ("fortnightly", Repeat.FORTNIGHTLY),
        ("weekly", Repeat.WEEKLY),
        ("termly", Repeat.TERMLY),
        ("every two years", Repeat.EVERY_TWO_YEARS),
        ("every 3 years", Repeat.EVERY_THREE_YEARS),
    ],
)
def test_a_repeat_without_a_day_is_read_and_its_day_assumed(words: str, repeats: Repeat) -> None:
    read = read_deadline(words)
    assert (read.repeats, read.due, read.certainty) == (repeats, None, Certainty.ASSUMED)
    assert read.reading == f"{repeats.label} (no day is given)"


@pytest.mark.parametrize(
    ("words", "month", "number"),
    [
        ("each year by 31 December", 12, 31),
        ("every March", 3, 31),
        ("annually in March", 3, 31),
        ("annually by the end of June", 6, 30),
    ],
)
def test_a_yearly_day_needs_no_year(words: str, month: int, number: int) -> None:
    read = read_deadline(words)
    assert (read.repeats, read.day_of_year) == (Repeat.ANNUALLY, (month, number))
    assert read.certainty is Certainty.CLEAR


def test_a_repeat_can_stop() -> None:
    read = read_deadline("monthly until March 2011")
    assert (read.repeats, read.until, read.due) == (Repeat.MONTHLY, day("2011-03-31"), None)


@pytest.mark.parametrize(
    ("words", "reading"),
    [("Complete", "done; no date is given"), ("Completed March 2009", "done, March 2009")],
)
def test_a_status_in_place_of_a_deadline_is_known_as_one(words: str, reading: str) -> None:
    read = read_deadline(words)
    assert (read.done_words, read.due, read.reading) == (True, None, reading)
    assert read.understood


@pytest.mark.parametrize("words", ["Complete / Ongoing", "Complete\nOngoing"])
def test_done_and_not_done_in_one_cell_asks_which_part(words: str) -> None:
    read = read_deadline(words)
    assert (read.done_words, read.open_ended, read.understood) == (True, True, False)
    assert read.problem.startswith("Part of this is done and part is not.")


def test_several_deadlines_in_one_cell_are_each_read_and_none_is_chosen() -> None:
    read = read_deadline("Ongoing\nApril 2010\nOngoing")
    assert [part.reading for part in read.parts] == ["no end", "due 30 April 2010", "no end"]
    assert (read.due, read.understood) == (None, False)
    assert read.problem == "This holds 3 deadlines. Say which target each one belongs to."


def test_marks_in_a_year_column_are_counted_for_an_officer_to_place() -> None:
    read = read_deadline("***\n***\nONGOING\n***")
    assert read.reading == "4 year marks"
    assert "Put each mark on the line it belongs to." in read.problem


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("31 February 2010", "31 February 2010 is not a day in the calendar."),
        ("2010-02-30", "30 February 2010 is not a day in the calendar."),
        ("30/13/2009", "has no month 13."),
        ("Monday 30 March 2010", "30 March 2010 is a Tuesday"),
        ("March", "does not say which year."),
        ("4 Sept", "does not say which year."),
        ("by end of Q2", "does not say which year's quarter."),
        ("Before the winter", "has no exact day."),
        ("08/09", "could be a day, a month or a year."),
        ("March 2011 to March 2010", "ends before it starts."),
        ("2009/08", "does not run from an earlier year to a later one."),
        ("Dec 1066", "The year 1066 cannot be right."),
        ("ongoing April 2008", "when this starts or when it is due"),
        ("biannually", "Say which."),
        ("TBC", "gives no date."),
        ("as soon as possible", "could not be read as a deadline."),
        ("April 08 09 March 09 to March 2011", "could not be read as a deadline."),
        ("annually and quarterly", "This holds 2 deadlines."),
        ("annually after lunch", "could not be read as a deadline."),
        ("Q2 2026/28", "is not one financial year."),
        ("2013 to 31 February 2014", "could not be read as a deadline."),
        ("10 to 12 to 2014", "could not be read as a deadline."),
        ("Completed 31 February 2010", "31 February 2010 is not a day in the calendar."),
        ("after " * 100, "too long"),
    ],
)
def test_what_cannot_be_read_is_flagged_with_what_to_do(words: str, sentence: str) -> None:
    read = read_deadline(words)
    assert sentence in read.problem
    assert (read.words, read.start, read.due, read.repeats) == (words, None, None, None)
    assert (read.certainty, read.understood) == (Certainty.UNCLEAR, False)


@pytest.mark.parametrize("words", ["", "  ", "\n \n"])
def test_an_empty_cell_is_blank_and_not_flagged(words: str) -> None:
    read = read_deadline(words)
    assert read.blank
    assert not read.flagged
    assert not read.understood


def test_the_financial_year_follows_the_landlord() -> None:
    assert read_deadline("2012/13", year_start_month=10).due == day("2013-09-30")
    january = read_deadline("2012/13", year_start_month=1)
    assert (january.due, january.certainty) == (day("2013-12-31"), Certainty.ASSUMED)


PIECES = st.lists(
    st.sampled_from(
        [
            "ongoing",
            "annually",
            "review",
            "and",
            "to",
            "from",
            "by",
            "/",
            "-",
            ",",
            "***",
            "Complete",
            "Q2",
            "31",
            "0",
            "13",
            "2012",
            "08",
            "2012/13",
            "March",
            "sept",
            "the",
            "end",
            "of",
            "each",
            "year",
            "Before",
            "30/02/2010",
            "\n",
            "2013-16",
            "monthly",
            "until",
            "(",
            ")",
            "'",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(words=st.one_of(st.text(max_size=60), PIECES), start=st.integers(1, 12))
def test_no_text_breaks_the_reader_and_every_word_is_kept(words: str, start: int) -> None:
    read = read_deadline(words, year_start_month=start)
    assert read.words == words
    assert read.understood or read.flagged or read.blank
    assert read.understood == (not read.flagged and not read.blank)
    assert read.reading
    if read.start and read.due:
        assert read.start <= read.due


@given(cell=st.one_of(st.text(max_size=60), PIECES.map("RISM and HR {}".format)))
def test_splitting_owner_and_deadline_keeps_the_words(cell: str) -> None:
    owners, deadline = split_owner_and_deadline(cell)
    assert cell.strip().startswith(owners)
    assert cell.strip().endswith(deadline)


@pytest.mark.parametrize(
    ("cell", "owners", "deadline"),
    [
        ("Area team and learning group March 2010", "Area team and learning group", "March 2010"),
        ("RI Team, April 09 and ongoing", "RI Team", "April 09 and ongoing"),
        ("Ongoing Repairs Team March 2010", "Ongoing Repairs Team", "March 2010"),
        ("Team 2010 Board", "Team 2010 Board", ""),
        ("Staff who may help, by 4 May 2010", "Staff who may help", "by 4 May 2010"),
        (
            "All staff April 08 09 March 09 to March 2011",
            "All staff",
            "April 08 09 March 09 to March 2011",
        ),
        ("Estates team – Annually", "Estates team", "Annually"),
        ("HR / SD 2013/14", "HR / SD", "2013/14"),
        ("Sept 2009", "", "Sept 2009"),
        ("CW", "CW", ""),
        ("", "", ""),
    ],
)
def test_owner_and_deadline_part_where_the_deadline_starts(
    cell: str, owners: str, deadline: str
) -> None:
    assert split_owner_and_deadline(cell) == (owners, deadline)
