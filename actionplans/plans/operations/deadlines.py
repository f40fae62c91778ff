"""Settles what an officer knows better than the words: deadlines, and the parts of a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from actionplans.plans import policies
from actionplans.plans.models import (
    Line,
)
from actionplans.plans.operations.lines import add_line, locked
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count

TEXTS: Final = ("number", "title", "description", "measure", "owner_words", "monitor_words")
KEYS: Final = ("subject", "objective", "priority", "arose_from")
EDITABLE: Final = (*TEXTS, "deadline_words", *KEYS)
_DEADLINE: Final = ("starts_on", "due_on", "repeats", "open_ended")


@transaction.atomic
def settle_deadline(
    *,
    line: Line,
    version: int,
    by: Actor,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    due_on: dt.date | None = None,
    repeats: str = "",
    open_ended: bool = False,
) -> Line:
    """An officer says what the words of a deadline mean. The words stay as they are.

    Raises LineChangedMeanwhile, PlanIsArchived, DeadlineSaysNothing.
    """
    line = locked(line)
    policies.check_can_change(line.plan)
    policies.check_unchanged(line, version)
    if not (due_on or repeats or open_ended):
        raise policies.DeadlineSaysNothing
    before = auditing.snapshot(line, _DEADLINE)
    line.starts_on, line.due_on, line.repeats, line.open_ended = (
        starts_on,
        due_on,
        repeats,
        open_ended,
    )
    line.certainty, line.deadline_understood, line.deadline_problem = "CLEAR", True, ""
    line.deadline_reading = "as an officer settled it"
    line.settled_at = at
    line.version += 1
    line.save()
    auditing.record(
        verb="line.deadline_settled",
        record=line,
        sentence=f"settled the deadline of “{line.heading}”",
        by=by,
        at=at,
        changes=auditing.changes_since(line, before),
    )
    return line


@transaction.atomic
def split_line(
    *, line: Line, version: int, parts: Sequence[tuple[str, str]], by: Actor, at: dt.datetime
) -> list[Line]:
    """Split a line into parts, each (words, deadline words), under the task they share.

    `version` is the one the officer saw. Returns the parts. Raises LineChangedMeanwhile,
    PlanIsArchived.
    """
    line = locked(line)
    policies.check_can_change(line.plan)
    policies.check_unchanged(line, version)
    made: list[Line] = []
    for words, deadline in parts:
        values = {"description": words, "deadline_words": deadline}
        after = made[-1] if made else None
        made.append(
            add_line(
                plan=line.plan,
                values=values,
                by=by,
                at=at,
                under=line,
                after=after,
                kind=Line.Kind.PART,
            )
        )
    line.refresh_from_db()
    line.due_on, line.repeats, line.open_ended = None, "", False
    line.deadline_understood, line.deadline_problem = True, ""
    line.deadline_reading, line.settled_at = "each part has its own deadline", at
    line.version += 1
    line.save()
    sentence = f"split “{line.heading}” into {count(len(made), 'part')}"
    auditing.record(verb="line.split", record=line, sentence=sentence, by=by, at=at)
    return made
