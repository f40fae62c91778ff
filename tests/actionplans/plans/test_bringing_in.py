"""Spreadsheets in: other headings, continued rows, bad files, sheets, and the same file again."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from actionplans.plans.models import Line, Plan, Target, YearMark
from actionplans.plans.queries.tables import plan_table
from involvement.landlords.models import Landlord

PLAN = (
    "Aim,Action,Who,When,Success measure,Colour\n"
    "1. Be heard,1. Hold a café,JM / AP,June 2030,40 people come,Blue\n"
    ",2. Ring back,Repairs,Ongoing,,\n"
    ",,,Dec 2030 and annually,,Red\n"
    "2. Be told,Write a letter,,31 February 2030,,\n"
)


def write(folder: Path, content: str | bytes, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def bring_in(path: Path, *options: str, title: str = "Plan (demo)") -> dict[str, Any]:
    out = io.StringIO()
    call_command(
        "import_action_plan",
        *(str(path), "--landlord", "poole", "--title", title, "--json", *options),
        stdout=out,
    )
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def rows_of(content: str) -> list[list[str]]:
    return [line.split(",") for line in content.splitlines()[1:]]


def test_blank_cells_go_on_from_above_and_come_out_blank(
    in_poole: Landlord, tmp_path: Path
) -> None:
    answer = bring_in(write(tmp_path, PLAN))
    assert (answer["rows_read"], answer["lines"], answer["problems"]) == (4, 6, [])
    assert answer["extra_columns"] == ["Colour"]
    lines = list(Line.objects.order_by("position"))
    assert [(line.kind, line.depth) for line in lines] == [
        ("GROUP", 0), ("ACTION", 1), ("ACTION", 1), ("PART", 2), ("GROUP", 0), ("ACTION", 1),
    ]  # fmt: skip
    assert lines[3].repeats == "ANNUALLY"
    assert plan_table(Plan.objects.get()).rows == rows_of(PLAN)


def test_an_impossible_date_is_flagged_with_what_to_do(in_poole: Landlord, tmp_path: Path) -> None:
    answer = bring_in(write(tmp_path, PLAN), "--dry-run")
    assert answer["deadlines"]["understood"] == 3
    (flagged,) = answer["deadlines"]["flagged"]
    assert (flagged["row"], flagged["words"]) == (5, "31 February 2030")
    assert "Give the right day" in flagged["problem"]


def test_headings_never_seen_come_in_by_saying_what_they_mean(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, "Vorhaben,Wer,Bis wann,Farbe\nHold a café,JM,June 2030,Blue\n")
    with pytest.raises(CommandError, match="Nothing was brought in"):
        bring_in(path)
    assert not Plan.objects.exists()
    chosen = ["--map", "Vorhaben=task", "--map", "Wer=owner", "--map", "bis wann=deadline"]
    answer = bring_in(path, *chosen)
    assert answer["extra_columns"] == ["Farbe"]
    line = Line.objects.get()
    assert (line.title, line.owner_words, line.deadline_words) == ("Hold a café", "JM", "June 2030")
    assert list(line.extra.values()) == ["Blue"]
    assert plan_table(Plan.objects.get()).rows == [["Hold a café", "JM", "June 2030", "Blue"]]


def test_a_field_or_heading_that_is_none_is_named_with_those_there_are(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, PLAN)
    with pytest.raises(CommandError, match=r"There is no field “colour”\. Choose among: number"):
        bring_in(path, "--map", "Who=colour")
    with pytest.raises(CommandError, match="has no heading “Whose”"):
        bring_in(path, "--map", "Whose=owner")


def test_latin_1_keeps_its_letters(in_poole: Landlord, tmp_path: Path) -> None:
    bring_in(write(tmp_path, "Task,When\nHold a café for £5,2030\n".encode("latin-1")))
    assert Line.objects.get().title == "Hold a café for £5"


def test_ragged_rows_are_named_and_nothing_is_written(in_poole: Landlord, tmp_path: Path) -> None:
    path = write(tmp_path, "Task,When\nOne,2030\nTwo,2030,Extra\n")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import_action_plan",
            str(path),
            "--landlord",
            "poole",
            "--title",
            "P",
            "--json",
            stdout=out,
        )
    (problem,) = json.loads(out.getvalue())["problems"]
    assert problem["row"] == 3
    assert "3 cells" in problem["words"]
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.csv", b"", "This file is empty"),
        ("plan.pdf", b"%PDF-1.7 x", "neither a .csv nor an .xlsx"),
        ("plan.csv", b"\x89PNG\r\n\x1a\n\0\0", "is called .csv but is"),
        ("plan.xlsx", b"Task,When\n", "is called .xlsx but is plain text"),
        ("plan.csv", b"Task,When\n", "no rows under its headings"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_what_to_do(
    in_poole: Landlord, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        bring_in(write(tmp_path, content, name))
    assert not Plan.objects.exists()


def test_a_bomb_is_refused(in_poole: Landlord, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(CommandError, match="unpacks to far more"):
        bring_in(tmp_path / "plan.xlsx")


def test_a_cell_a_spreadsheet_would_run_comes_in_and_out_as_text(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, 'Task,Who\n"\'=HYPERLINK(""http://x.example"")",JM\n')
    bring_in(path)
    assert Line.objects.get().title == '=HYPERLINK("http://x.example")'
    out = tmp_path / "out.csv"
    call_command(
        "export_action_plan",
        *("--landlord", "poole", "--plan", "plan (demo)", "--format", "csv", "--out", str(out)),
        stdout=io.StringIO(),
    )
    assert "'=HYPERLINK" in out.read_text()


def test_a_workbook_with_formulas_says_so(in_poole: Landlord, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Task", "When"], ["=1+1", "May 2030"], ["One", "=1+2030"]):
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import_action_plan",
            *(str(tmp_path / "plan.xlsx"), "--landlord", "poole", "--title", "P", "--json"),
            stdout=out,
        )
    problems = json.loads(out.getvalue())["problems"]
    assert [problem["words"].partition(".")[0] for problem in problems] == [
        "Cell A2 holds a formula",
        "Cell B3 holds a formula",
    ]


def test_another_file_under_a_title_that_is_taken_is_refused(
    in_poole: Landlord, tmp_path: Path
) -> None:
    bring_in(write(tmp_path, PLAN))
    with pytest.raises(CommandError, match="There is a plan of this title already"):
        bring_in(write(tmp_path, PLAN.replace("café", "tea"), "other.csv"))
    assert Line.objects.count() == 6


def test_the_very_same_file_makes_no_second_plan_unless_a_title_asks_for_one(
    in_poole: Landlord, tmp_path: Path
) -> None:
    bring_in(write(tmp_path, PLAN))
    renamed = str(write(tmp_path, PLAN, "copy.csv"))
    out = io.StringIO()
    call_command("import_action_plan", renamed, "--landlord", "poole", stdout=out)
    assert "This very file stands already as “Plan (demo)” (brought in on " in out.getvalue()
    assert "Nothing was changed. To have a plan of its own" in out.getvalue()
    assert Plan.objects.count() == 1


def test_a_second_plan_of_the_same_file_is_made_where_asked_for_and_said(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, PLAN)
    assert bring_in(path)["stands_already_as"] == []
    tried = bring_in(path, "--dry-run", title="Second")
    assert tried["message"].startswith("Nothing was written: this was a dry run. This very file")
    assert tried["message"].endswith("This would make one more plan of the same lines.")
    assert Plan.objects.count() == 1
    made = bring_in(path, title="Second")
    assert (made["changed"], made["stands_already_as"]) == (True, ["Plan (demo)"])
    assert made["message"].endswith("This makes one more plan of the same lines.")
    assert Plan.objects.count() == 2


def test_a_dry_run_refuses_a_title_that_is_taken_as_the_run_itself_would(
    in_poole: Landlord, tmp_path: Path
) -> None:
    bring_in(write(tmp_path, PLAN))
    other = write(tmp_path, PLAN.replace("café", "tea"), "other.csv")
    with pytest.raises(CommandError, match="There is a plan of this title already"):
        bring_in(other, "--dry-run")
    same = bring_in(tmp_path / "plan.csv", "--dry-run")
    assert same["message"] == "“Plan (demo)” holds this file already. Nothing was changed."


def test_repeated_headings_and_two_headings_for_one_field(
    in_poole: Landlord, tmp_path: Path
) -> None:
    content = (
        "Task,Lead,Deadline,End Date\nOne,JM,2030,\nTASKS,LEAD,dead line,End date\nTwo,AP,,2031\n"
    )
    answer = bring_in(write(tmp_path, content))
    assert (answer["rows_read"], answer["problems"]) == (2, [])
    deadlines = list(Line.objects.order_by("position").values_list("deadline_words", flat=True))
    assert deadlines == ["2030", "2031"]
    assert plan_table(Plan.objects.get()).rows == rows_of(content)


def test_targets_of_several_lines_lose_their_bullets_and_get_them_back(
    in_poole: Landlord, tmp_path: Path
) -> None:
    cell = "➤ More groups. We will measure this by counting\n➤ Better meetings"
    bring_in(write(tmp_path, f'Task,Outcome\nOne,"{cell}"\n'))
    first, second = Target.objects.order_by("position")
    assert first.words == "More groups. We will measure this by counting"
    assert first.measure == "We will measure this by counting"
    assert second.words == "Better meetings"
    assert plan_table(Plan.objects.get()).rows == [["One", cell]]


def test_a_mark_beside_a_line_is_placed_and_one_beside_a_heading_waits(
    in_poole: Landlord, tmp_path: Path
) -> None:
    content = "Objective,Action,2026/7\nBe heard,,***\nBe heard,Ring back,***\n"
    answer = bring_in(write(tmp_path, content))
    assert answer["deadlines"]["understood"] == 1
    placed = [mark.line and mark.line.title for mark in YearMark.objects.order_by("pk")]
    assert placed == [None, "Ring back"]
    assert plan_table(Plan.objects.get()).rows == rows_of(content)


def workbook(folder: Path) -> Path:
    """A cover sheet, then the plan, then a hidden sheet."""
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    for row in (["Our plan"], ["Agreed in May"]):
        cover.append(row)
    plan, hidden = book.create_sheet("The plan"), book.create_sheet("Old")
    for row in (["Task", "When"], ["Hold a café", "June 2030"]):
        plan.append(row)
    for row in (["Task", "When"], ["Hold a tea", "June 2020"]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_a_sheet_is_named_and_one_that_is_not_there_is_answered_with_those_that_are(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = workbook(tmp_path)
    with pytest.raises(
        CommandError, match=r"no sheet “Plan”\. It has “Cover”, “The plan” and “Old” \(hidden\)"
    ):
        bring_in(path, "--sheet", "Plan")
    answer = bring_in(path, "--sheet", "the plan")
    assert answer["rows_read"] == 1
    assert "Only the sheet “The plan” was read." in answer["notes"][0]
    assert Line.objects.get().title == "Hold a café"
    with pytest.raises(CommandError, match="A CSV file has no sheets"):
        bring_in(write(tmp_path, PLAN), "--sheet", "The plan", title="Other")


def test_a_choice_of_heading_without_a_field_is_told_how_to_write_it(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, PLAN)
    for wrong in ("Who", "=owner"):
        with pytest.raises(CommandError) as raised:
            bring_in(path, "--map", wrong)
        said = str(raised.value)
        assert f"“{wrong}” does not say which field a heading feeds." in said
        assert "such as “Aim=number”" in said
        assert "monitored_by" in said
        assert "Aim, Action, Who, When, Success measure, Colour" in said
