"""A changed spreadsheet for a plan that is there: what is new, changed and gone, and what stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, LineOwner, Plan, PlanFile, Target, YearMark
from actionplans.plans.operations import deadlines, matching, progress, ties
from actionplans.plans.operations.lines import edit_line, move_line
from actionplans.plans.queries.tables import plan_table
from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.importing.models import Upload
from involvement.landlords.models import Landlord
from tests.actionplans.plans.test_bringing_in import PLAN, bring_in, rows_of, write
from tests.actionplans.plans.test_bringing_in_pages import upload
from tests.factories.plans import CLERK, make_line

CHANGED = (
    "Aim,Action,Who,When,Success measure,Colour\n"
    "1. Be heard,1. Hold a tea and cake café,JM / AP,July 2030,40 people come,Green\n"
    ",2. Ring back,Repairs,Ongoing,,\n"
    ",,,Dec 2030 and annually,,Red\n"
    ",3. Print a poster,JM,2031,,\n"
)


@pytest.fixture
def plan(in_poole: Landlord, tmp_path: Path) -> Plan:
    bring_in(write(tmp_path, PLAN))
    found: Plan = Plan.objects.get()
    return found


def line_of(title: str) -> Line:
    found: Line = Line.objects.get(title=title)
    return found


def update(folder: Path, content: str, *options: str) -> dict[str, Any]:
    return bring_in(write(folder, content, "second.csv"), "--update", *options)


def changed(answer: dict[str, Any]) -> dict[str, dict[str, tuple[str, str]]]:
    """The changes by line and field, old and new."""
    return {
        one["line"]: {c["field"]: (c["old"], c["new"]) for c in one["changes"]}
        for one in answer["changed_lines"]
    }


def test_what_is_new_changed_unchanged_and_gone_is_said_before_anything_is_written(
    plan: Plan, tmp_path: Path
) -> None:
    answer = update(tmp_path, CHANGED, "--dry-run")
    assert [one["line"] for one in answer["new"]] == ["Print a poster"]
    assert changed(answer) == {
        "1 Hold a café": {
            "what is to be done": ("1. Hold a café", "1. Hold a tea and cake café"),
            "deadline": ("June 2030", "July 2030"),
            "“Colour”": ("Blue", "Green"),
        }
    }
    assert answer["unchanged"] == 3
    assert [one["line"] for one in answer["gone"]] == ["2 Be told", "Write a letter"]
    assert plan_table(plan).rows == rows_of(PLAN)


def test_a_changed_file_is_taken_over_and_what_is_gone_from_it_stays(
    plan: Plan, tmp_path: Path
) -> None:
    answer = update(tmp_path, CHANGED)
    assert answer["changed"] is True
    assert answer["lines_created"] == 1
    assert answer["message"] == (
        "Lines in “Plan (demo)”: 1 new, 1 changed, 3 unchanged and 2 gone from the file and left "
        "in the plan."
    )
    plan.refresh_from_db()
    gone = ["2. Be told", "Write a letter", "", "31 February 2030", "", ""]
    assert plan_table(plan).rows == [*rows_of(CHANGED), gone]
    cafe = line_of("1. Hold a tea and cake café")
    assert (cafe.due_on, cafe.version) == (dt.date(2030, 7, 31), 2)
    entry = history_of(cafe)[0]
    assert entry.sentence.startswith("took over the what is to be done, deadline")
    assert [c["new"] for c in entry.changes][:1] == ["1. Hold a tea and cake café"]


def test_the_same_file_again_changes_nothing_and_says_so(plan: Plan, tmp_path: Path) -> None:
    update(tmp_path, CHANGED)
    versions = list(Line.objects.order_by("pk").values_list("pk", "version"))
    again = update(tmp_path, CHANGED)
    assert (again["changed"], again["lines_created"]) == (False, 0)
    assert "holds this file already. Nothing was changed." in again["message"]
    assert (again["new"], again["changed_lines"], again["gone"]) == ([], [], [])
    assert list(Line.objects.order_by("pk").values_list("pk", "version")) == versions


def test_without_the_flag_a_changed_file_is_refused_with_what_to_do(
    plan: Plan, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="--update"):
        bring_in(write(tmp_path, CHANGED, "second.csv"))
    assert plan_table(plan).rows == rows_of(PLAN)


def test_lines_that_are_gone_are_taken_out_with_the_reason_where_that_is_asked_for(
    plan: Plan, tmp_path: Path
) -> None:
    answer = update(tmp_path, CHANGED, "--drop-gone", "The panel took them out in May")
    assert "2 taken out" in answer["message"]
    plan.refresh_from_db()
    assert plan_table(plan).rows == rows_of(CHANGED)
    said = [entry.sentence for entry in history_of(plan)]
    assert sum("The panel took them out in May" in sentence for sentence in said) == 2


def test_a_line_with_progress_is_stopped_and_not_taken_out(plan: Plan, tmp_path: Path) -> None:
    line = line_of("Write a letter")
    progress.record_progress(line=line, words="Drafted", by=CLERK, at=timezone.now())
    update(tmp_path, CHANGED, "--drop-gone", "No longer wanted")
    line.refresh_from_db()
    assert line.status == Line.Status.STOPPED
    assert line.notes.order_by("-pk")[0].words == "No longer wanted"


def test_what_was_done_on_the_pages_survives_a_file_that_does_not_speak_of_it(
    plan: Plan, tmp_path: Path, officer: Actor, now: dt.datetime, jean: Membership
) -> None:
    cafe, letter = line_of("1. Hold a café"), line_of("Write a letter")
    progress.record_progress(line=cafe, words="Hall booked", status="ON_TRACK", by=officer, at=now)
    cafe.refresh_from_db()
    deadlines.settle_deadline(
        line=letter, version=letter.version, due_on=dt.date(2030, 2, 28), by=officer, at=now
    )
    edit_line(
        line=cafe, version=cafe.version, values={"owner_words": "Housing"}, by=officer, at=now
    )
    answer = update(tmp_path, PLAN.replace("40 people come", "60 people come"))
    assert changed(answer) == {
        "1 Hold a café": {"how we will know": ("40 people come", "60 people come")}
    }
    assert answer["kept"] == [
        {
            "line": "1 Hold a café",
            "changes": [{"field": "owner", "here": "Housing", "file": "JM / AP"}],
        }
    ]
    cafe.refresh_from_db()
    letter.refresh_from_db()
    assert (cafe.status, cafe.owner_words, cafe.measure) == (
        "ON_TRACK",
        "Housing",
        "60 people come",
    )
    assert cafe.notes.get().words == "Hall booked"
    assert (letter.due_on, letter.deadline_understood) == (dt.date(2030, 2, 28), True)
    assert plan_table(plan).rows[0][2] == "Housing"


def test_an_owner_matched_by_hand_stays_matched_when_another_joins(
    plan: Plan, tmp_path: Path, jean: Membership
) -> None:
    assert jean.staff is not None
    matching.match_words(words="Repairs", who=jean.staff, by=CLERK, at=timezone.now())
    update(tmp_path, PLAN.replace("Repairs", "Repairs / Housing"))
    owners = LineOwner.objects.filter(line=line_of("2. Ring back")).order_by("position")
    assert [(owner.words, owner.staff) for owner in owners] == [
        ("Repairs", jean.staff), ("Housing", None),
    ]  # fmt: skip


def test_a_line_added_and_a_line_moved_on_the_pages_keep_their_places(
    plan: Plan, tmp_path: Path, officer: Actor, now: dt.datetime
) -> None:
    told, ring = line_of("2. Be told"), line_of("2. Ring back")
    make_line(plan, "Added here", under=told)
    move_line(line=ring, under=told, after=None, by=officer, at=now)
    answer = update(tmp_path, PLAN.replace("Blue", "Green"))
    assert (len(answer["changed_lines"]), answer["only_here"], answer["gone"]) == (1, 1, [])
    titles = [line.title for line in Line.objects.order_by("position")]
    assert titles == [
        "1. Be heard", "1. Hold a café", "2. Be told", "2. Ring back", "", "Write a letter",
        "Added here",
    ]  # fmt: skip
    assert list(Line.objects.order_by("position").values_list("position", flat=True)) == list(
        range(1, 8)
    )


def test_a_line_under_another_heading_in_the_file_is_moved_there(
    plan: Plan, tmp_path: Path
) -> None:
    content = (
        "Aim,Action,Who,When,Success measure,Colour\n"
        "1. Be heard,2. Ring back,Repairs,Ongoing,,\n"
        ",,,Dec 2030 and annually,,Red\n"
        "2. Be told,Write a letter,,31 February 2030,,\n"
        ",1. Hold a café,JM / AP,June 2030,40 people come,Blue\n"
    )
    answer = update(tmp_path, content)
    assert changed(answer) == {
        "1 Hold a café": {"heading it stands under": ("Be heard", "Be told")}
    }
    assert plan_table(plan).rows == rows_of(content)


def test_a_column_that_comes_in_between_leaves_the_others_their_texts(
    plan: Plan, tmp_path: Path
) -> None:
    content = (
        "Aim,Action,Room,Who,When,Colour,2030/31\n"
        "1. Be heard,1. Hold a café,Hall,JM / AP,June 2030,Blue,***\n"
        ",2. Ring back,,Repairs,Ongoing,,\n"
        ",,,,Dec 2030 and annually,Red,\n"
        "2. Be told,Write a letter,,,31 February 2030,,\n"
    )
    update(tmp_path, content)
    plan.refresh_from_db()
    table = plan_table(plan)
    assert table.headings == [
        "Aim", "Action", "Room", "Who", "When", "Colour", "2030/31", "Success measure",
    ]  # fmt: skip
    assert [row[:7] for row in table.rows] == rows_of(content)
    assert table.rows[0][7] == "40 people come"
    assert YearMark.objects.get().line == line_of("1. Hold a café")


def test_what_a_file_says_of_progress_is_added_and_nothing_is_taken_away(
    in_poole: Landlord, tmp_path: Path
) -> None:
    first = "Task,State,Progress\nHold a café,On track,Hall asked for\n"
    bring_in(write(tmp_path, first))
    line = Line.objects.get()
    progress.record_progress(line=line, words="Cakes ordered", by=CLERK, at=timezone.now())
    second = "Task,State,Progress\nHold a café,Done,Hall booked\n"
    answer = update(tmp_path, second)
    assert changed(answer)["Hold a café"]["progress"][1] == "Hall booked"
    line.refresh_from_db()
    said = [note.words for note in line.notes.order_by("pk")]
    assert said == ["Hall asked for", "Cakes ordered", "Hall booked"]
    assert line.status == Line.Status.DONE


def test_a_target_whose_words_stay_keeps_its_date(in_poole: Landlord, tmp_path: Path) -> None:
    bring_in(write(tmp_path, 'Task,Outcome\nOne,"20 shops\nBetter meetings"\n'))
    Target.objects.filter(words="20 shops").update(due_on=dt.date(2030, 1, 1))
    update(tmp_path, 'Task,Outcome\nOne,"20 shops\nLouder meetings"\n')
    assert list(Target.objects.order_by("position").values_list("words", "due_on")) == [
        ("20 shops", dt.date(2030, 1, 1)), ("Louder meetings", None),
    ]  # fmt: skip


def test_a_mark_stays_where_an_officer_put_it(in_poole: Landlord, tmp_path: Path) -> None:
    content = "Objective,Action,2026/7\nBe heard,,***\nBe heard,Ring back,\n"
    bring_in(write(tmp_path, content))
    ring = line_of("Ring back")
    ties.place_year_mark(mark=YearMark.objects.get(), line=ring, by=CLERK, at=timezone.now())
    answer = update(tmp_path, content.replace("Ring back", "Ring back soon"))
    assert changed(answer).keys() == {"Ring back"}
    assert YearMark.objects.get().line == ring


def test_a_plan_taken_away_changed_and_brought_back_changes_that_and_nothing_else(
    plan: Plan, tmp_path: Path, officer: Actor, now: dt.datetime
) -> None:
    cafe = line_of("1. Hold a café")
    edit_line(line=cafe, version=cafe.version, values={"measure": "50 come"}, by=officer, at=now)
    rows = plan_table(plan).rows
    rows[0][2] = "JM / Housing"
    content = "\n".join(",".join(row) for row in [plan_table(plan).headings, *rows]) + "\n"
    answer = update(tmp_path, content)
    assert changed(answer) == {"1 Hold a café": {"owner": ("JM / AP", "JM / Housing")}}
    assert plan_table(plan).rows == rows


def test_an_archived_plan_takes_nothing_over(plan: Plan, tmp_path: Path) -> None:
    Plan.objects.update(state="ARCHIVED", archived_at=timezone.now(), agreed_on="2026-01-01")
    with pytest.raises(CommandError, match="This plan is archived"):
        update(tmp_path, CHANGED)
    assert PlanFile.objects.count() == 1


def test_an_earlier_file_again_goes_back_to_what_it_said(plan: Plan, tmp_path: Path) -> None:
    update(tmp_path, CHANGED, "--drop-gone", "Taken out")
    answer = update(tmp_path, PLAN)
    assert answer["changed"] is True
    assert plan_table(plan).rows[: len(rows_of(PLAN)) - 1] == rows_of(PLAN)[:3]
    assert PlanFile.objects.count() == 2


def confirm_address() -> str:
    return reverse("plans:upload_confirm", args=[Upload.objects.latest("pk").pk])


def told(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_preview_tells_of_the_plan_and_of_every_change_before_it_is_confirmed(
    officer_client: Client, plan: Plan
) -> None:
    page = told(upload(officer_client, CHANGED))
    assert "A plan of this title exists" in page
    assert "1 new, 1 changed, 3 unchanged, 2 gone from the file." in page
    assert "<del>June 2030</del>" in page
    assert "<ins>July 2030</ins>" in page
    assert "Print a poster" in page
    assert plan_table(plan).rows == rows_of(PLAN)


def test_the_preview_says_that_this_very_file_is_in_already(
    officer_client: Client, plan: Plan
) -> None:
    page = told(upload(officer_client, PLAN))
    assert "this very file was brought in on" in page
    assert "Nothing would change." in page
    assert "Bring it in" not in page
    page = told(upload(officer_client, PLAN, "Another title"))
    assert "This very file was brought in before" in page
    assert "would make a second plan of the same lines" in page


def test_the_officer_chooses_line_by_line_what_to_leave_and_what_to_take_out(
    officer_client: Client, plan: Plan
) -> None:
    page = upload(officer_client, CHANGED)
    cafe, gone = line_of("1. Hold a café"), line_of("Write a letter")
    sent = {"seen": page.context["found"].fingerprint, "leave": cafe.pk, "drop": gone.pk}
    page = told(officer_client.post(confirm_address(), sent))
    assert "Write why the lines are taken out of the plan." in page
    assert f'value="{gone.pk}" id="drop_{gone.pk}" checked' in page
    assert Line.objects.filter(pk=gone.pk).exists()
    done = told(officer_client.post(confirm_address(), {**sent, "reason": "Done"}, follow=True))
    assert "1 new, 4 unchanged, 1 taken out and 1 gone from the file" in done
    cafe.refresh_from_db()
    assert cafe.deadline_words == "June 2030"
    assert not Line.objects.filter(pk=gone.pk).exists()


def test_a_plan_changed_since_the_preview_is_shown_again_and_not_overwritten(
    officer_client: Client, plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    page = upload(officer_client, CHANGED)
    cafe = line_of("1. Hold a café")
    edit_line(line=cafe, version=1, values={"deadline_words": "May 2030"}, by=officer, at=now)
    sent = {"seen": page.context["found"].fingerprint}
    again = officer_client.post(confirm_address(), sent)
    assert "Somebody changed the plan, or brought a file in" in told(again)
    assert "<del>May 2030</del>" in told(again)
    cafe.refresh_from_db()
    assert cafe.deadline_words == "May 2030"
    sent = {"seen": again.context["found"].fingerprint}
    officer_client.post(confirm_address(), sent)
    cafe.refresh_from_db()
    assert cafe.deadline_words == "July 2030"
