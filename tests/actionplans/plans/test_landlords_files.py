"""The five landlords' own plans, in and out again, where those files lie beside the project."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from actionplans.plans.models import Line, LineLink, Plan, YearMark
from involvement.importing.writers import write_xlsx
from involvement.isolation import landlord_scope
from involvement.rendering.checks import pdf_findings
from tests.factories.landlords import make_landlord
from tests.landlord_files import LANDLORD_FILES, needs_landlord_files

pytestmark = [needs_landlord_files, pytest.mark.django_db]

ROWS = {"poole": 26, "mhp": 21, "oxford": 65, "purbeck": 13, "nwleics": 46}
FLAGGED = {
    "poole": [],
    "mhp": ["April 08 09 March 09 to March 2011"],
    "oxford": ["2013\n2013\n2013/14"],
    "purbeck": ["Complete\nOngoing", "Ongoing\nApril 2010\nOngoing"],
}
slugs = pytest.mark.parametrize("slug", sorted(ROWS))


def source(slug: str) -> Path:
    return LANDLORD_FILES / slug / "action_plan.csv"


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def bring_in(slug: str, path: Path, *options: str, title: str = "Plan") -> dict[str, Any]:
    out = io.StringIO()
    arguments = [str(path), "--landlord", slug, "--title", title, "--json", *options]
    call_command("import_action_plan", *arguments, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def take_out(slug: str, path: Path, form: str, title: str = "Plan") -> Path:
    call_command(
        "export_action_plan",
        *("--landlord", slug, "--plan", title, "--format", form, "--out", str(path)),
        stdout=io.StringIO(),
    )
    return path


@slugs
def test_a_plan_comes_out_cell_by_cell_as_it_came_in(slug: str, tmp_path: Path) -> None:
    make_landlord(slug)
    answer = bring_in(slug, source(slug))
    assert answer["rows_read"] == ROWS[slug]
    assert answer["problems"] == []
    assert answer["changed"] is True
    assert cells(take_out(slug, tmp_path / "out.csv", "csv")) == cells(source(slug))


@slugs
def test_a_workbook_of_the_same_plan_comes_out_the_same(slug: str, tmp_path: Path) -> None:
    make_landlord(slug)
    headings, *rows = cells(source(slug))
    with (tmp_path / "in.xlsx").open("wb") as file:
        write_xlsx(file, headings, rows)
    assert bring_in(slug, tmp_path / "in.xlsx")["rows_read"] == ROWS[slug]
    assert cells(take_out(slug, tmp_path / "out.csv", "csv")) == cells(source(slug))
    take_out(slug, tmp_path / "again.xlsx", "xlsx")
    bring_in(slug, tmp_path / "again.xlsx", title="Again")
    again = cells(take_out(slug, tmp_path / "again.csv", "csv", title="Again"))
    assert again == cells(source(slug))


@slugs
def test_a_dry_run_writes_nothing_and_the_same_file_again_changes_nothing(slug: str) -> None:
    landlord = make_landlord(slug)
    assert bring_in(slug, source(slug), "--dry-run")["rows_read"] == ROWS[slug]
    with landlord_scope(landlord):
        assert not Plan.objects.exists()
    made = bring_in(slug, source(slug))["lines_created"]
    again = bring_in(slug, source(slug))
    assert (again["changed"], again["lines_created"]) == (False, 0)
    assert again["message"] == "“Plan” holds this file already. Nothing was changed."
    with landlord_scope(landlord):
        assert Line.objects.count() == made


@pytest.mark.parametrize("slug", sorted(FLAGGED))
def test_only_deadlines_nobody_can_read_are_flagged(slug: str) -> None:
    make_landlord(slug)
    deadlines = bring_in(slug, source(slug))["deadlines"]
    assert [flagged["words"] for flagged in deadlines["flagged"]] == FLAGGED[slug]
    assert all(flagged["problem"] and flagged["row"] > 1 for flagged in deadlines["flagged"])


def test_poole_has_seven_headings_over_26_lines() -> None:
    poole = make_landlord("poole")
    bring_in("poole", source("poole"))
    with landlord_scope(poole):
        assert Line.objects.filter(kind="GROUP").count() == 7
        assert Line.objects.filter(kind="ACTION", due_on__isnull=False).count() == 25
        assert Plan.objects.get().level_names == ["What", "Activities"]


def test_oxford_has_three_levels_and_six_lines_that_stand_for_nine_others() -> None:
    oxford = make_landlord("oxford")
    bring_in("oxford", source("oxford"))
    with landlord_scope(oxford):
        assert Line.objects.filter(depth=2).count() == 65
        links = LineLink.objects.order_by("pk")
        assert links.count() == 9
        assert len({link.line_id for link in links}) == 6
        first = links[0]
        assert first.other.title.startswith("3. Work with residents to identify key areas")


def test_mhp_keeps_owner_and_deadline_apart_and_the_cell_whole() -> None:
    mhp = make_landlord("mhp")
    bring_in("mhp", source("mhp"))
    with landlord_scope(mhp):
        line = Line.objects.get(title__startswith="Aim 7 – Develop")
        assert line.owner_words == "RI MHP Team, P&P Team and overseen by NRG"
        assert line.deadline_words == "Sept 08 to March 11"
        owners = [(o.words, o.part) for o in line.owners.order_by("position")]
        assert owners == [("RI MHP Team", "OWNS"), ("P&P Team", "OWNS"), ("NRG", "OVERSEES")]
        assert line.targets.count() == 2


def test_purbeck_rows_that_go_on_are_parts_and_complete_is_a_state() -> None:
    purbeck = make_landlord("purbeck")
    bring_in("purbeck", source("purbeck"))
    with landlord_scope(purbeck):
        parts = list(Line.objects.filter(kind="PART").order_by("position"))
        assert [part.parent and part.parent.number for part in parts] == ["3", "4"]
        assert parts[0].status == "DONE"
        assert parts[0].deadline_words == "Complete"
        assert Line.objects.filter(status="DONE").count() == 3


def test_nwleics_year_marks_are_held_until_an_officer_places_them() -> None:
    nwleics = make_landlord("nwleics")
    answer = bring_in("nwleics", source("nwleics"))
    assert sum(len(f["words"].split("\n")) for f in answer["deadlines"]["flagged"]) == 35
    with landlord_scope(nwleics):
        assert YearMark.objects.filter(line__isnull=True).count() == 35
        assert YearMark.objects.filter(words="ONGOING").count() == 1


@slugs
def test_a_plan_is_printed_as_a_tagged_pdf(slug: str, tmp_path: Path) -> None:
    make_landlord(slug)
    bring_in(slug, source(slug))
    for form in ("pdf", "large-print"):
        assert pdf_findings(take_out(slug, tmp_path / form, form).read_bytes()) == []
