"""Every deadline of the five landlords' own plans, where those files lie beside the project."""

import csv
import functools
from collections import Counter

from involvement.calendars.deadlines import Deadline, read_deadline, split_owner_and_deadline
from tests.landlord_files import LANDLORD_FILES, needs_landlord_files

pytestmark = needs_landlord_files


def cells(slug: str, *headings: str) -> list[str]:
    with (LANDLORD_FILES / slug / "action_plan.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row[heading] for row in csv.DictReader(file) for heading in headings]


def read_all(slug: str, *headings: str) -> dict[str, Deadline]:
    return {words: read_deadline(words) for words in cells(slug, *headings)}


def flagged(read: dict[str, Deadline]) -> list[str]:
    return sorted(words for words, deadline in read.items() if deadline.flagged)


def test_poole_is_understood_throughout() -> None:
    read = read_all("poole", "When by?")
    assert flagged(read) == []
    assert read["Jun 2008"].reading == "due 30 June 2008"
    assert read["Ongoing"].open_ended
    assert Counter(bool(read[words].due) for words in cells("poole", "When by?")) == {
        True: 25,
        False: 1,
    }


def test_oxford_flags_only_the_cell_that_holds_three_years() -> None:
    read = read_all("oxford", "Time")
    assert flagged(read) == ["2013\n2013\n2013/14"]
    assert read["2012/3"].due == read["2012/13"].due
    assert read["By 2015"].reading == "2015, due 31 December 2015"
    assert read["2013/on-going"].reading == "from 2013, no end"


def test_purbeck_flags_the_cells_that_hold_several_deadlines() -> None:
    read = read_all("purbeck", "DEAD LINE")
    assert flagged(read) == ["Complete\nOngoing", "Ongoing\nApril 2010\nOngoing"]
    assert read["Complete"].done_words
    assert read["30 March 2010"].reading == "due 30 March 2010"


def test_mhp_flags_only_the_garbled_date() -> None:
    split = [split_owner_and_deadline(c) for c in cells("mhp", "Responsibility and target date")]
    read = {words: read_deadline(words) for _, words in split}
    assert flagged(read) == ["April 08 09 March 09 to March 2011"]
    assert not any(deadline.blank for deadline in read.values())
    assert [words for owners, words in split if not owners] == ["Sept 2009"]
    assert read["Sept 08 to March 11"].reading == "from September 2008, due 31 March 2011"
    assert read["Dec 08 and annually"].reading == (
        "due 31 December 2008, then again each year by 31 December"
    )


def test_nwleics_year_columns_hold_marks_for_an_officer_to_place() -> None:
    marked = [c for c in cells("nwleics", "2007/8", "2008/9", "2009/10") if c]
    readings = [read_deadline(cell).reading for cell in marked]
    assert all("year mark" in reading for reading in readings)
    assert functools.reduce(lambda total, cell: total + len(cell.split("\n")), marked, 0) == 35
