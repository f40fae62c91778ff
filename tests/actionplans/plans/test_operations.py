"""What an officer does with a plan, and what of it stays."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from actionplans.plans import policies
from actionplans.plans.models import Line, LineLink, Plan, PlanVersion, ProgressNote, YearMark
from actionplans.plans.operations import deadlines, lines, matching, planning, progress, ties
from actionplans.plans.queries import progress as progress_queries
from actionplans.plans.queries import smart, versions
from actionplans.plans.queries.tables import plan_table
from involvement.accounts.models import Membership, StaffMember, Team
from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import GlossaryTerm, Landlord
from structures.bodies.models import Body
from tests.factories.plans import make_group, make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan, deadline_words="June 2027", owner_words="JM")


def order(plan: Plan) -> list[tuple[str, int]]:
    found = Line.objects.filter(plan=plan).order_by("position")
    return [(line.title, line.depth) for line in found]


def test_a_line_reads_its_deadline_and_matches_its_owners(
    plan: Plan, jean: Membership, officer: Actor, now: dt.datetime
) -> None:
    panel = Body.objects.create(name="Housing Strategy Panel", short_name="HSP")
    team = Team.objects.create(name="Repairs")
    line = lines.add_line(
        plan=plan, by=officer, at=now,
        values={"title": "Begin road shows", "deadline_words": "30 June 2027",
                "owner_words": "JM / Repairs, all staff and overseen by HSP", "monitor_words": "SIP reports to HSP"},
    )  # fmt: skip
    assert line.due_on == dt.date(2027, 6, 30)
    owners = [(o.words, o.kind, o.part) for o in line.owners.order_by("position")]
    assert owners == [
        ("JM", "PERSON", "OWNS"), ("Repairs", "TEAM", "OWNS"),
        ("all staff", "EVERYONE", "OWNS"), ("HSP", "BODY", "OVERSEES"),
    ]  # fmt: skip
    assert line.owners.get(position=0).staff == jean.staff
    assert line.owners.get(position=1).team == team
    assert line.monitors.get().body == panel


def test_a_double_click_adds_one_line(plan: Plan, officer: Actor, now: dt.datetime) -> None:
    key = uuid.uuid4()
    first, second = (
        lines.add_line(plan=plan, values={"title": "Once"}, form_key=key, by=officer, at=now)
        for _ in range(2)
    )
    assert first == second
    assert Line.objects.filter(title="Once").count() == 1


def test_who_saves_second_is_told_what_changed_and_changes_nothing(
    line: Line, officer: Actor, now: dt.datetime
) -> None:
    seen = line.version
    lines.edit_line(line=line, version=seen, values={"title": "First"}, by=officer, at=now)
    with pytest.raises(policies.LineChangedMeanwhile) as refused:
        lines.edit_line(line=line, version=seen, values={"title": "Second"}, by=officer, at=now)
    assert refused.value.theirs.title == "First"
    line.refresh_from_db()
    assert line.title == "First"


def test_an_edit_keeps_old_and_new_in_the_history(
    line: Line, officer: Actor, now: dt.datetime
) -> None:
    lines.edit_line(
        line=line, version=line.version, values={"deadline_words": "Ongoing"},
        targets=["20 focus groups"], by=officer, at=now,
    )  # fmt: skip
    entry = history_of(line)[0]
    assert entry.sentence == "changed the deadline, targets of “Begin road shows”"
    assert [(c["old"], c["new"]) for c in entry.changes] == [
        ("June 2027", "Ongoing"),
        ("", "20 focus groups"),
    ]
    line.refresh_from_db()
    assert line.open_ended
    assert line.due_on is None


def test_saving_without_a_change_is_no_change(line: Line, officer: Actor, now: dt.datetime) -> None:
    kept = lines.edit_line(line=line, version=1, values={"title": line.title}, by=officer, at=now)
    assert kept.version == 1
    assert history_of(line).count() == 1


def test_lines_move_with_everything_under_them(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    one, two = make_group(plan, "One"), make_group(plan, "Two")
    make_line(plan, "1.1", under=one)
    child = make_line(plan, "1.2", under=one)
    make_line(plan, "1.2.1", under=child)
    lines.move_line(line=child, under=two, after=None, by=officer, at=now)
    assert order(plan) == [("One", 0), ("1.1", 1), ("Two", 0), ("1.2", 1), ("1.2.1", 2)]
    assert Line.objects.get(title="1.2.1").top == two
    lines.move_line(line=two, under=None, after=None, by=officer, at=now)
    assert order(plan)[0] == ("Two", 0)
    with pytest.raises(policies.LineCannotStandThere):
        lines.move_line(line=two, under=child, after=None, by=officer, at=now)


def test_a_line_without_history_is_deleted_with_a_reason_and_the_rest_closes_up(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    first, second = make_line(plan, "First"), make_line(plan, "Second")
    with pytest.raises(policies.ReasonMissing):
        lines.delete_line(line=first, reason=" ", by=officer, at=now)
    lines.delete_line(line=first, reason="Written twice", by=officer, at=now)
    second.refresh_from_db()
    assert second.position == 1
    assert history_of(plan)[0].sentence == "deleted “First”: Written twice"


def test_a_line_with_progress_or_lines_under_it_is_not_deleted(
    plan: Plan, line: Line, officer: Actor, now: dt.datetime
) -> None:
    progress.record_progress(line=line, words="Begun", by=officer, at=now)
    with pytest.raises(policies.LineHasHistory):
        lines.delete_line(line=line, reason="Gone", by=officer, at=now)
    group = make_group(plan, "Over")
    make_line(plan, "Under", under=group)
    with pytest.raises(policies.LineHasLinesUnderIt):
        lines.delete_line(line=group, reason="Gone", by=officer, at=now)


def test_progress_is_noted_once_and_sets_the_state(
    line: Line, officer: Actor, now: dt.datetime
) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        progress.record_progress(
            line=line, words="Vans booked", status="ON_TRACK", version=1, form_key=key,
            by=officer, at=now,
        )  # fmt: skip
    assert ProgressNote.objects.filter(line=line).count() == 1
    line.refresh_from_db()
    assert (line.status, line.last_news_at, line.version) == ("ON_TRACK", now, 2)


def test_a_state_set_meanwhile_is_not_overwritten_but_a_plain_note_is_kept(
    line: Line, officer: Actor, now: dt.datetime
) -> None:
    progress.set_status(line=line, status="AT_RISK", reason="Van", version=1, by=officer, at=now)
    with pytest.raises(policies.LineChangedMeanwhile):
        progress.record_progress(
            line=line, words="Fine", status="ON_TRACK", version=1, by=officer, at=now
        )
    progress.record_progress(line=line, words="A note", version=1, by=officer, at=now)
    line.refresh_from_db()
    assert line.status == "AT_RISK"


def test_lines_that_stand_for_one_another_share_their_progress(
    plan: Plan, line: Line, officer: Actor, now: dt.datetime
) -> None:
    other = make_line(plan, "As action 1 above")
    ties.link_lines(line=other, other=line, by=officer, at=now)
    note = progress.record_progress(line=other, words="Done", status="DONE", by=officer, at=now)
    line.refresh_from_db()
    assert line.status == "DONE"
    assert list(progress_queries.notes_of(line)) == [note]
    assert progress_queries.latest_notes([line.pk, other.pk]) == {line.pk: note, other.pk: note}


def test_done_on_a_line_that_comes_back_moves_it_on(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Conference", deadline_words="Dec 2030 and annually")
    assert line.due_on == dt.date(2030, 12, 31)
    progress.record_progress(line=line, words="Held", status="DONE", by=officer, at=now)
    line.refresh_from_db()
    assert (line.due_on, line.status) == (dt.date(2031, 12, 31), "ON_TRACK")


def test_an_officer_settles_a_deadline_and_the_words_stay(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Survey", deadline_words="Before the winter")
    assert not line.deadline_understood
    with pytest.raises(policies.DeadlineSaysNothing):
        deadlines.settle_deadline(line=line, version=1, by=officer, at=now)
    day = dt.date(2026, 11, 30)
    settled = deadlines.settle_deadline(line=line, version=1, due_on=day, by=officer, at=now)
    assert (settled.deadline_words, settled.due_on) == ("Before the winter", day)
    assert settled.deadline_understood
    assert settled.deadline_problem == ""


def test_a_line_is_split_into_parts_with_their_own_deadlines(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Offer support", deadline_words="Ongoing\nApril 2030")
    parts = deadlines.split_line(
        line=line, parts=[("Training", "Ongoing"), ("Relaunch", "April 2030")], by=officer, at=now
    )
    assert [(part.kind, part.due_on, part.open_ended) for part in parts] == [
        ("PART", None, True),
        ("PART", dt.date(2030, 4, 30), False),
    ]
    line.refresh_from_db()
    assert line.deadline_understood
    assert line.deadline_words == "Ongoing\nApril 2030"


def test_a_year_mark_is_placed_on_a_line_and_exported_there(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    group = make_group(plan, "Objective 1")
    line = make_line(plan, "Develop", under=group)
    plan.columns = [
        {"key": "c1", "heading": "Objective", "fields": ["title"]},
        {"key": "c2", "heading": "Action", "fields": ["title"]},
        {"key": "c3", "heading": "2007/8", "fields": ["year"]},
    ]
    plan.save()
    mark = YearMark.objects.create(
        plan=plan, holder=group, column="c3", year_label="2007/8", words="***"
    )
    assert plan_table(plan).rows == [["Objective 1", "", "***"], ["Objective 1", "Develop", ""]]
    ties.place_year_mark(mark=mark, line=line, by=officer, at=now)
    assert plan_table(plan).rows == [["Objective 1", "", ""], ["Objective 1", "Develop", "***"]]
    elsewhere = make_line(make_plan("Other (demo)"), "Elsewhere")
    with pytest.raises(policies.MarkBelongsElsewhere):
        ties.place_year_mark(mark=mark, line=elsewhere, by=officer, at=now)


def test_to_be_agreed_a_line_needs_measure_owner_and_date_or_a_reason(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    bare = [make_line(plan, f"Line {n}", deadline_words="Ongoing") for n in (1, 2)]
    whole = make_line(
        plan, "Whole", owner_words="JM", deadline_words="June 2030", targets=["20 groups run"]
    )
    assert [line.pk for line in smart.lines_with_gaps(plan)] == [line.pk for line in bare]
    assert {gap.key for gap in smart.gaps_of(smart.lines_with_gaps(plan)[0])} == {
        "measure", "owner", "date",
    }  # fmt: skip
    with pytest.raises(policies.NotSmartYet, match="2 lines have no measure"):
        planning.agree_plan(plan=plan, agreed_on=now.date(), agreed_by="Panel", by=officer, at=now)
    reason = ties.give_smart_reason(lines=bare, words="Standing work", by=officer, at=now)
    assert reason.lines.count() == 2
    day = dt.date(2026, 3, 11)
    agreed = planning.agree_plan(plan=plan, agreed_on=day, agreed_by="Panel", by=officer, at=now)
    again = planning.agree_plan(plan=plan, agreed_on=day, agreed_by="Panel", by=officer, at=now)
    assert (agreed.state, again.state) == ("AGREED", "AGREED")
    assert PlanVersion.objects.filter(plan=plan).count() == 1
    assert whole.smart_reason is None


def agreed(plan: Plan, officer: Actor, now: dt.datetime) -> Plan:
    return planning.agree_plan(
        plan=plan, agreed_on=dt.date(2026, 3, 11), agreed_by="Panel", by=officer, at=now
    )


def test_published_twice_it_is_published_once_until_something_changes(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Whole", owner_words="JM", deadline_words="June 2030", measure="A log")
    with pytest.raises(policies.NotAgreedYet):
        planning.publish_plan(plan=plan, by=officer, at=now)
    agreed(plan, officer, now)
    first = planning.publish_plan(plan=plan, by=officer, at=now)
    assert planning.publish_plan(plan=plan, by=officer, at=now) == first
    lines.edit_line(line=line, version=1, values={"title": "Better"}, by=officer, at=now)
    second = planning.publish_plan(plan=plan, by=officer, at=now)
    assert second.number == first.number + 1
    found = versions.differences(first.content, second.content)
    assert [(d.name, d.kind, d.changes) for d in found] == [
        ("Better", "changed", [("What", "Whole", "Better")])
    ]
    assert versions.content_checksum(second.content) == second.checksum


def test_a_note_that_names_somebody_is_left_out_of_a_version(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Whole", owner_words="JM", deadline_words="June 2030", measure="A log")
    progress.record_progress(line=line, words="Ten came", by=officer, at=now)
    later = now + dt.timedelta(hours=1)
    progress.record_progress(
        line=line, words="Mrs Hackett (demo) is ill", names_somebody=True, by=officer, at=later
    )
    agreed(plan, officer, later)
    content = planning.publish_plan(plan=plan, by=officer, at=later).content
    assert [entry["progress"] for entry in content["lines"]] == ["Ten came"]


def test_what_is_outstanding_is_carried_forward_once(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    group, empty = make_group(plan, "One"), make_group(plan, "Two")
    done = make_line(plan, "Done", under=empty)
    make_line(plan, "Open", under=group, owner_words="JM", targets=["5 shops"])
    progress.record_progress(line=done, words="Finished", status="DONE", by=officer, at=now)
    new = planning.carry_forward(plan=plan, title="Next (demo)", by=officer, at=now)
    assert planning.carry_forward(plan=plan, title="Next (demo)", by=officer, at=now) == new
    assert order(new) == [("One", 0), ("Open", 1)]
    copy = Line.objects.get(plan=new, title="Open")
    assert copy.carried_from == Line.objects.get(plan=plan, title="Open")
    assert [t.words for t in copy.targets.all()] == ["5 shops"]
    assert [o.words for o in copy.owners.all()] == ["JM"]
    assert (
        history_of(new)[0].sentence
        == "carried 1 outstanding line forward from “Involvement plan (demo)”"
    )


def test_nothing_in_an_archived_plan_is_changed(
    plan: Plan, line: Line, officer: Actor, now: dt.datetime
) -> None:
    planning.archive_plan(plan=plan, by=officer, at=now)
    with pytest.raises(policies.PlanIsArchived):
        lines.edit_line(line=line, version=1, values={"title": "No"}, by=officer, at=now)
    with pytest.raises(policies.PlanIsArchived):
        progress.record_progress(line=line, words="No", by=officer, at=now)


def test_two_officers_editing_the_plan_itself_are_kept_apart(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    planning.edit_plan(plan=plan, version=1, values={"summary": "One"}, by=officer, at=now)
    with pytest.raises(policies.PlanChangedMeanwhile):
        planning.edit_plan(plan=plan, version=1, values={"summary": "Two"}, by=officer, at=now)


def test_a_title_is_taken_once(plan: Plan, officer: Actor, now: dt.datetime) -> None:
    with pytest.raises(policies.PlanTitleTaken):
        planning.create_plan(
            values={"title": plan.title.lower()}, level_names=[], by=officer, at=now
        )


def test_words_matched_once_count_for_every_line_and_the_next_file(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    rism = StaffMember.objects.create(name="Ria Moss (demo)", email="ria@poole.example")
    one = make_line(plan, "One", owner_words="RISM")
    two = make_line(plan, "Two", owner_words="RISM and NRG", monitor_words="RISM")
    assert matching.match_words(words="RISM", who=rism, by=officer, at=now) == 3
    assert one.owners.get().staff == rism
    assert two.monitors.get().staff == rism
    assert GlossaryTerm.objects.get(term="RISM").meaning == "Ria Moss (demo)"
    later = make_line(plan, "Three", owner_words="rism")
    assert later.owners.get().staff == rism


def test_links_are_made_once_and_taken_away(
    plan: Plan, line: Line, officer: Actor, now: dt.datetime
) -> None:
    other = make_line(plan, "Other")
    link = ties.link_lines(line=line, other=other, by=officer, at=now)
    with pytest.raises(policies.LineCannotStandThere):
        ties.link_lines(line=line, other=other, by=officer, at=now)
    ties.unlink_lines(link=link, by=officer, at=now)
    assert not LineLink.objects.exists()


def test_an_edited_cell_is_written_anew_and_the_others_stay(
    plan: Plan, officer: Actor, now: dt.datetime
) -> None:
    line = make_line(plan, "Line", owner_words="RISM", deadline_words="March 2009")
    plan.columns = [
        {"key": "c1", "heading": "Task", "fields": ["title"]},
        {"key": "c2", "heading": "Who and when", "fields": ["owner", "deadline"]},
        {"key": "c3", "heading": "Remarks", "fields": []},
    ]
    plan.save()
    line.cells = {"c2": ["RISM March 2009", "RISM   March 2009"]}
    line.extra = {"c3": "Kept"}
    line.save()
    assert plan_table(plan).rows == [["Line", "RISM   March 2009", "Kept"]]
    lines.edit_line(line=line, version=1, values={"owner_words": "NRG"}, by=officer, at=now)
    assert plan_table(plan).rows == [["Line", "NRG March 2009", "Kept"]]


def test_the_day_of_the_note_is_written_before_it_in_the_table(plan: Plan, officer: Actor) -> None:
    line = make_line(plan, "Line")
    at = dt.datetime(2026, 11, 14, 9, tzinfo=dt.UTC)
    progress.record_progress(line=line, words="Ten came", by=officer, at=at)
    assert plan_table(plan).rows[0][-1] == "14 November 2026: Ten came"
