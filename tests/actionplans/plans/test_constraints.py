"""What can never be false of a plan, asked of PostgreSQL itself."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from actionplans.plans.models import (
    Line,
    LineLink,
    LineMonitor,
    LineOwner,
    NoteEvidence,
    Plan,
    PlanFile,
    PlanLink,
    PlanVersion,
    ProgressNote,
    Reminder,
    SmartReason,
    Target,
    UpdateLink,
    YearMark,
)
from involvement.accounts.models import Team
from involvement.landlords.models import Landlord
from tests.factories.plans import CLERK, make_line, make_plan

BY = CLERK.columns()
DAY = dt.date(2026, 6, 30)


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


@pytest.fixture
def line(plan: Plan) -> Line:
    return make_line(plan)


def a_line(plan: Plan, **fields: Any) -> Line:
    fields = {"title": "Something", "position": 90, "created_at": timezone.now(), **fields}
    made: Line = Line.objects.create(plan=plan, **fields)
    return made


def a_note(line: Line, **fields: Any) -> ProgressNote:
    fields = {"words": "Begun", "noted_at": timezone.now(), **BY, **fields}
    note: ProgressNote = ProgressNote.objects.create(line=line, **fields)
    return note


def a_version(plan: Plan, **fields: Any) -> PlanVersion:
    fields = {
        "number": 1, "occasion": "AGREED", "frozen_at": timezone.now(), "content": {},
        "checksum": "0" * 64, **BY, **fields,
    }  # fmt: skip
    version: PlanVersion = PlanVersion.objects.create(plan=plan, **fields)
    return version


def an_update_link(line: Line, **fields: Any) -> UpdateLink:
    now = timezone.now()
    fields = {
        "name": "Sam (demo)", "email": "sam@poole.example", "token_hash": "a" * 64,
        "sent_at": now, "expires_at": now + dt.timedelta(days=1), **BY, **fields,
    }  # fmt: skip
    link: UpdateLink = UpdateLink.objects.create(line=line, **fields)
    return link


@transaction.atomic
def checked_at_once(write: Callable[[], Any]) -> None:
    """Write, and have constraints checked that otherwise wait for the end of the transaction."""
    write()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def twice(make: Callable[[], Any]) -> None:
    make()
    make()


def a_mark(line: Line, **fields: Any) -> YearMark:
    fields = {"column": "c4", "year_label": "2007/8", "words": "***", **fields}
    mark: YearMark = YearMark.objects.create(plan=line.plan, holder=line, **fields)
    return mark


NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
KEY = uuid.UUID(int=7)
REFUSED: dict[str, Callable[[Plan, Line], Any]] = {
    "plan_title_is_used_once": lambda plan, _: Plan.objects.create(
        title=plan.title.upper(), created_at=NOW
    ),
    "plan_has_a_title": lambda *_: Plan.objects.create(title="", created_at=NOW),
    "plan_ends_after_it_starts": lambda *_: Plan.objects.create(
        title="B", created_at=NOW, starts_on=DAY, ends_on=DAY - dt.timedelta(days=1)
    ),
    "plan_beyond_draft_says_when_it_was_agreed": lambda *_: Plan.objects.create(
        title="B", created_at=NOW, state="AGREED"
    ),
    "published_plan_says_when": lambda *_: Plan.objects.create(
        title="B", created_at=NOW, state="PUBLISHED", agreed_on=DAY
    ),
    "plan_is_not_carried_from_itself": lambda plan, _: Plan.objects.filter(pk=plan.pk).update(
        carried_from=plan.pk
    ),
    "plan_link_names_the_other_plan": lambda plan, _: PlanLink.objects.create(plan=plan),
    "plan_is_not_linked_with_itself": lambda plan, _: PlanLink.objects.create(
        plan=plan, other=plan
    ),
    "plans_are_linked_once": lambda plan, _: [
        PlanLink.objects.create(plan=plan, other=other, words=words)
        for other in [make_plan("Another (demo)")]
        for words in ("a", "b")
    ],
    "plan_version_number_is_its_own": lambda plan, _: twice(lambda: a_version(plan)),
    "plan_version_carries_its_checksum": lambda plan, _: a_version(plan, checksum="none"),
    "plan_file_is_brought_in_once": lambda plan, _: twice(
        lambda: PlanFile.objects.create(
            plan=plan, name="a.csv", checksum="a" * 64, rows=1, brought_in_at=NOW, **BY
        )
    ),
    "smart_reason_says_why": lambda plan, _: SmartReason.objects.create(
        plan=plan, words="", given_at=NOW, **BY
    ),
    "line_place_in_plan_is_its_own": lambda plan, line: a_line(plan, position=line.position),
    "line_is_added_once": lambda plan, _: [
        a_line(plan, position=position, form_key=KEY) for position in (91, 92)
    ],
    "line_says_what_is_to_be_done": lambda plan, _: a_line(plan, title=""),
    "line_at_depth_has_a_parent": lambda plan, _: a_line(plan, depth=1),
    "line_is_not_under_itself": lambda _, line: Line.objects.filter(pk=line.pk).update(
        parent=line.pk, top=line.pk, depth=1
    ),
    "line_is_due_after_it_starts": lambda plan, _: a_line(
        plan, starts_on=DAY, due_on=DAY - dt.timedelta(days=1)
    ),
    "deadline_not_understood_says_why": lambda plan, _: a_line(plan, deadline_understood=False),
    "target_says_what_is_wanted": lambda _, line: Target.objects.create(line=line, words=""),
    "year_mark_place_in_its_cell_is_its_own": lambda _, line: twice(lambda: a_mark(line)),
    "year_mark_is_not_blank": lambda _, line: a_mark(line, words=""),
    "lines_are_linked_once": lambda plan, line: [
        LineLink.objects.create(line=line, other=other, linked_at=NOW, **BY)
        for other in [a_line(plan)]
        for _ in range(2)
    ],
    "line_is_not_linked_with_itself": lambda _, line: LineLink.objects.create(
        line=line, other=line, linked_at=NOW, **BY
    ),
    "line_owner_is_one_of_its_kind": lambda _, line: LineOwner.objects.create(
        line=line, words="X", kind="PERSON", team=Team.objects.create(name="Repairs")
    ),
    "line_owner_has_words": lambda _, line: LineOwner.objects.create(line=line, words=""),
    "line_owner_place_on_its_line_is_its_own": lambda _, line: twice(
        lambda: LineOwner.objects.create(line=line, words="X")
    ),
    "line_monitor_is_one_of_its_kind": lambda _, line: LineMonitor.objects.create(
        line=line, words="X", kind="UNKNOWN", team=Team.objects.create(name="Repairs")
    ),
    "line_monitor_has_words": lambda _, line: LineMonitor.objects.create(line=line, words=""),
    "line_monitor_place_on_its_line_is_its_own": lambda _, line: twice(
        lambda: LineMonitor.objects.create(line=line, words="X")
    ),
    "progress_note_says_something": lambda _, line: a_note(line, words=""),
    "progress_note_is_kept_once": lambda _, line: twice(lambda: a_note(line, form_key=KEY)),
    "evidence_is_a_file_or_a_link": lambda _, line: NoteEvidence.objects.create(note=a_note(line)),
    "update_token_opens_one_line": lambda _, line: twice(lambda: an_update_link(line)),
    "update_link_expires_after_it_is_sent": lambda _, line: an_update_link(
        line, sent_at=NOW, expires_at=NOW
    ),
    "reminder_goes_once": lambda _, line: twice(
        lambda: Reminder.objects.create(
            line=line, kind="BEFORE", due_on=DAY, email="a@b.example", sent_at=NOW
        )
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_the_database_refuses(name: str, plan: Plan, line: Line) -> None:
    with pytest.raises(IntegrityError, match=name):
        checked_at_once(lambda: REFUSED[name](plan, line))


def test_every_constraint_of_plans_is_tried() -> None:
    models = [
        Plan, PlanLink, PlanVersion, PlanFile, SmartReason, Line, Target, YearMark, LineLink,
        LineOwner, LineMonitor, ProgressNote, NoteEvidence, UpdateLink, Reminder,
    ]  # fmt: skip
    assert {c.name for model in models for c in model._meta.constraints} == set(REFUSED)
