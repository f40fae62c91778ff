"""Progress as it is noted: once, for every line it counts for, and with the state it sets."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan, ProgressNote
from actionplans.plans.operations import progress, ties
from actionplans.plans.queries import progress as progress_queries
from actionplans.plans.queries.tables import plan_table
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from tests.factories.plans import make_line, make_plan


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan, deadline_words="June 2027", owner_words="JM")


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


def test_the_day_of_the_note_is_written_before_it_in_the_table(plan: Plan, officer: Actor) -> None:
    line = make_line(plan, "Line")
    at = dt.datetime(2026, 11, 14, 9, tzinfo=dt.UTC)
    progress.record_progress(line=line, words="Ten came", by=officer, at=at)
    assert plan_table(plan).rows[0][-1] == "14 November 2026: Ten came"
