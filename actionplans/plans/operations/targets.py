"""Writes the targets and outcomes of a line, each with its own number and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from actionplans.plans import policies
from actionplans.plans.models import Line, Target
from actionplans.plans.operations.lines import locked
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor

TARGET_FIELDS: Final = ("words", "measure", "value_words", "due_on", "reached_on")


@transaction.atomic
def keep_target(
    *,
    line: Line,
    version: int,
    values: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    target: Target | None = None,
) -> Target:
    """Add a target to a line, or change one of its own. `values` are TARGET_FIELDS.

    `version` is the line's that the officer saw. Raises PlanIsArchived, LineChangedMeanwhile.
    """
    line = locked(line)
    policies.check_can_change(line.plan)
    policies.check_unchanged(line, version)
    kept = target or Target(line=line, position=_next_place(line))
    before = auditing.snapshot(kept, TARGET_FIELDS)
    for name in TARGET_FIELDS:
        setattr(kept, name, values[name])
    changes = auditing.changes_since(kept, before)
    if not changes:
        return kept
    kept.save()
    line.version += 1
    line.save(update_fields=["version"])
    verb = "changed" if target else "added"
    auditing.record(
        verb=f"line.target_{verb}",
        record=line,
        sentence=f"{verb} the target “{kept.words}”",
        by=by,
        at=at,
        changes=changes,
    )
    return kept


@transaction.atomic
def remove_target(*, target: Target, version: int, by: Actor, at: dt.datetime) -> Line:
    """Take a target off its line. Returns the line. Raises as `keep_target`."""
    line = locked(target.line)
    policies.check_can_change(line.plan)
    policies.check_unchanged(line, version)
    target.delete()
    line.version += 1
    line.save(update_fields=["version"])
    sentence = f"took off the target “{target.words}”"
    auditing.record(verb="line.target_removed", record=line, sentence=sentence, by=by, at=at)
    return line


def _next_place(line: Line) -> int:
    last = Target.objects.filter(line=line).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
