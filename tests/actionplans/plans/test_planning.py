"""A plan through its life: begun, agreed, published, carried forward, archived."""

from __future__ import annotations

import datetime as dt

import pytest

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan, PlanVersion
from actionplans.plans.operations import lines, planning, progress, ties
from actionplans.plans.queries import smart, versions
from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from tests.factories.plans import make_group, make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan, deadline_words="June 2027", owner_words="JM")


def agreed(plan: Plan, officer: Actor, now: dt.datetime) -> Plan:
    return planning.agree_plan(
        plan=plan, agreed_on=dt.date(2026, 3, 11), agreed_by="Panel", by=officer, at=now
    )


def order(plan: Plan) -> list[tuple[str, int]]:
    found = Line.objects.filter(plan=plan).order_by("position")
    return [(line.title, line.depth) for line in found]


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
