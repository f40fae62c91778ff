import pytest

from involvement.importing.headings import (
    FieldSpec,
    How,
    Mapping,
    UnknownField,
    UnknownHeading,
    match_headings,
    plain,
    read_choices,
)
from involvement.importing.tables import TableRow

FIELDS = (
    FieldSpec("action", "Action", names=("Task", "SMART activity"), required=True),
    FieldSpec("owners", "Owners", names=("Lead", "Responsibility and target date")),
    FieldSpec("deadline", "Deadline", names=("When by?", "Responsibility and target date")),
    FieldSpec("targets", "Targets", names=("Targets / outcome",), several=True),
    FieldSpec("years", "Years", pattern=r"\d{4}/\d{1,2}", several=True),
)


def fields_of(*headings: str) -> dict[str, tuple[str, ...]]:
    return {column.heading: column.fields for column in match_headings(headings, FIELDS).columns}


@pytest.mark.parametrize(
    "heading",
    ["DEAD LINE", "deadline", " Dead-Line ", "Deadlines", "When by", "WHEN BY?", "Deadlne"],
)
def test_case_spaces_and_small_slips_do_not_matter(heading: str) -> None:
    assert fields_of(heading) == {heading: ("deadline",)}


def test_one_heading_may_feed_two_fields() -> None:
    heading = "Responsibility and target date"
    assert fields_of(heading) == {heading: ("owners", "deadline")}


def test_one_field_may_take_several_headings() -> None:
    mapping = match_headings(["2007/8", "2008/09", "Task"], FIELDS)
    assert [column.heading for column in mapping.columns_of("years")] == ["2007/8", "2008/09"]


def test_a_field_for_one_column_keeps_the_better_match() -> None:
    mapping = match_headings(["Deadlne", "Deadline", "Task"], FIELDS)
    assert [column.heading for column in mapping.columns_of("deadline")] == ["Deadline"]
    assert [column.heading for column in mapping.extra] == ["Deadlne"]


def test_unknown_headings_are_kept_as_extra_text() -> None:
    mapping = match_headings(["Task", "Colour", "", "Colour", "Note"], FIELDS)
    row = TableRow(2, ("Paint", "red", "why?", "blue", " "))
    assert mapping.value(row, "action") == "Paint"
    assert mapping.extra_text(row) == {
        "Colour (column 2)": "red",
        "(column 3)": "why?",
        "Colour (column 4)": "blue",
    }
    assert {column.how for column in mapping.extra} == {How.UNKNOWN}


def test_the_text_of_several_columns_stands_line_by_line() -> None:
    mapping = match_headings(["Targets", "Targets/ OUTCOME"], FIELDS)
    assert mapping.value(TableRow(2, ("first", "second")), "targets") == "first\nsecond"
    assert mapping.value(TableRow(2, ("", "second")), "targets") == "second"
    assert mapping.value(TableRow(2, ("only",)), "targets") == "only"


def test_a_short_heading_is_not_guessed() -> None:
    assert fields_of("Leap") == {"Leap": ()}


def test_a_missing_required_field_is_a_problem_that_names_it() -> None:
    mapping = match_headings(["Deadline"], FIELDS)
    assert [str(problem) for problem in mapping.problems] == [
        "No column is chosen for “Action”. Choose one."
    ]


def test_a_saved_mapping_comes_before_every_guess() -> None:
    saved = {"lead": ["action"], "Deadline": [], "Gone": ["owners"], "Task": ["no longer known"]}
    mapping = match_headings(["LEAD", "Deadline", "Task"], FIELDS, saved)
    assert [column.fields for column in mapping.columns] == [("action",), (), ()]
    assert all(column.how is How.CHOSEN for column in mapping.columns)


def test_two_columns_chosen_for_one_field_are_a_problem() -> None:
    mapping = match_headings(["A", "B"], FIELDS, {"A": ["action"], "B": ["action"]})
    assert "“A” and “B” are chosen for it. Choose one." in str(mapping.problems[0])


def test_what_is_saved_matches_the_same_way_again() -> None:
    headings = ["Task", "Responsibility and target date", "Colour"]
    mapping = match_headings(headings, FIELDS)
    again = match_headings(headings, FIELDS, mapping.as_saved())
    assert [c.fields for c in again.columns] == [c.fields for c in mapping.columns]
    assert isinstance(again, Mapping)


def test_choices_typed_in_a_command() -> None:
    headings = ["Who and when", "What", "Colour"]
    choices = ["who and when=owners", "Who and when = deadline", "WHAT=action", "Colour=-"]
    assert read_choices(choices, headings=headings, fields=FIELDS) == {
        "Who and when": ["owners", "deadline"],
        "What": ["action"],
        "Colour": [],
    }


def test_a_choice_that_names_nothing_lists_what_there_is() -> None:
    with pytest.raises(UnknownHeading, match="It has: What, Colour"):
        read_choices(["Whta=action"], headings=["What", "Colour"], fields=FIELDS)
    with pytest.raises(UnknownField, match="Choose among: action, owners"):
        read_choices(["What=acton"], headings=["What"], fields=FIELDS)


def test_headings_are_compared_without_case_spaces_and_plural() -> None:
    assert plain("TARGETS/ OUTCOMES") == plain("Target outcome") == "targetoutcome"
