"""Lines of a plan: what they say, where they stand, what stays of them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import lines, progress
from actionplans.plans.queries.tables import plan_table
from involvement.accounts.models import Membership, Team
from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
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
