"""Writes the lines of a plan: what they say, where they stand, what they hang together with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from actionplans.plans import policies
from actionplans.plans.models import (
    Line,
    LineMonitor,
    LineOwner,
    Plan,
    Target,
)
from actionplans.plans.operations.bringing_in import target_columns
from actionplans.plans.operations.places import put_in_order
from actionplans.plans.queries import people_words
from actionplans.plans.queries.reading import read_line_deadline
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.isolation.scope import landlord_id
from involvement.landlords.models import Landlord

TEXTS: Final = ("number", "title", "description", "measure", "owner_words", "monitor_words")
KEYS: Final = ("subject", "objective", "priority", "arose_from")
EDITABLE: Final = (*TEXTS, "deadline_words", *KEYS)
_DEADLINE: Final = ("starts_on", "due_on", "repeats", "open_ended")


def locked(line: Line) -> Line:
    """The line as it is now, held until the transaction ends."""
    fresh: Line = (
        Line.objects.select_for_update(of=("self",)).select_related("plan").get(pk=line.pk)
    )
    return fresh


@transaction.atomic
def add_line(
    *,
    plan: Plan,
    values: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    under: Line | None = None,
    after: Line | None = None,
    kind: str = Line.Kind.ACTION,
    targets: Sequence[str] = (),
    form_key: uuid.UUID | None = None,
) -> Line:
    """Add a line under another, or at the outermost level; after a sibling, or last.

    `values` are any of EDITABLE. The same `form_key` again returns the line that was added.
    Raises PlanIsArchived, LineCannotStandThere.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    policies.check_can_change(plan)
    there: Line | None = Line.objects.filter(form_key=form_key).order_by("pk").first()
    if form_key and there:
        return there
    if any(other is not None and other.plan_id != plan.pk for other in (under, after)):
        raise policies.LineCannotStandThere
    line = Line(
        plan=plan,
        parent=under,
        top=(under.top or under) if under else None,
        depth=under.depth + 1 if under else 0,
        position=Line.objects.filter(plan=plan).count() + 1,
        kind=kind,
        created_at=at,
        form_key=form_key or uuid.uuid4(),
        **{name: values[name] for name in (*TEXTS, *KEYS) if name in values},
    )
    _read_deadline(line, str(values.get("deadline_words", "")), at)
    line.save(force_insert=True)
    put_in_order(plan=plan, moved=line, under=under, after=after)
    line.refresh_from_db(fields=["position"])
    people_again(line, people_words.directory())
    targets_again(line, targets)
    auditing.record(
        verb="line.added", record=line, sentence=f"added “{line.heading}”", by=by, at=at
    )
    return line


@transaction.atomic
def edit_line(
    *,
    line: Line,
    version: int,
    values: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    targets: Sequence[str] | None = None,
) -> Line:
    """Change what a line says. `version` is the one the officer saw.

    `values` are any of EDITABLE; deadline words that changed are read again. Raises
    LineChangedMeanwhile, which carries the line as it is now, and PlanIsArchived.
    """
    line = locked(line)
    policies.check_can_change(line.plan)
    policies.check_unchanged(line, version)
    before = auditing.snapshot(line, EDITABLE)
    targets_before = _target_words(line)
    for name in (*TEXTS, *KEYS):
        if name in values:
            setattr(line, name, values[name])
    words = str(values.get("deadline_words", line.deadline_words))
    if words != line.deadline_words:
        _read_deadline(line, words, at)
        line.settled_at = None
    changes = auditing.changes_since(line, before)
    changed = {change["field"] for change in changes}
    if {"owner_words", "monitor_words"} & changed:
        people_again(line, people_words.directory())
    if targets is not None and list(targets) != targets_before:
        targets_again(line, targets)
        old, new = "\n".join(targets_before), "\n".join(targets)
        changes.append(auditing.Change(field="targets", label="targets", old=old, new=new))
    if not changes:
        return line
    line.version += 1
    line.save()
    labels = ", ".join(change["label"] for change in changes)
    auditing.record(
        verb="line.changed",
        record=line,
        sentence=f"changed the {labels} of “{line.heading}”",
        by=by,
        at=at,
        changes=changes,
    )
    return line


@transaction.atomic
def move_line(
    *, line: Line, under: Line | None, after: Line | None, by: Actor, at: dt.datetime
) -> Line:
    """Move a line, with everything under it, under another and after a sibling (None: first).

    Raises PlanIsArchived, LineCannotStandThere.
    """
    Plan.objects.select_for_update(of=("self",)).get(pk=line.plan_id)
    line = locked(line)
    policies.check_can_change(line.plan)
    put_in_order(plan=line.plan, moved=line, under=under, after=after, first=after is None)
    line.refresh_from_db()
    line.version += 1
    line.save(update_fields=["version"])
    where = f"under “{under.heading}”" if under else "to the outermost level"
    auditing.record(
        verb="line.moved", record=line, sentence=f"moved “{line.heading}” {where}", by=by, at=at
    )
    return line


@transaction.atomic
def delete_line(*, line: Line, reason: str, by: Actor, at: dt.datetime) -> Plan:
    """Delete a line that has no history; the reason is kept on the plan. Returns the plan.

    Raises PlanIsArchived, ReasonMissing, LineHasLinesUnderIt, LineHasHistory.
    """
    line = locked(line)
    plan = line.plan
    policies.check_can_delete(line, reason)
    sentence = f"deleted “{line.heading}”: {reason.strip()}"
    auditing.record(verb="line.deleted", record=plan, sentence=sentence, by=by, at=at)
    auditing.record(verb="line.deleted", record=line, sentence=sentence, by=by, at=at)
    line.delete()
    put_in_order(plan=plan)
    return plan


def _read_deadline(line: Line, words: str, at: dt.datetime) -> None:
    landlord = Landlord.objects.only("year_start_month").get(pk=landlord_id())
    line.read(
        read_line_deadline(
            words, today=timezone.localdate(at), year_start_month=landlord.year_start_month
        )
    )


def people_again(line: Line, known: people_words.Directory) -> None:
    """Read owners and monitors from a line's words again; names that stay keep their match."""
    for model, words, split in (
        (LineOwner, line.owner_words, people_words.owners),
        (LineMonitor, line.monitor_words, people_words.monitors),
    ):
        before = {
            row.words.casefold(): row for row in model.objects.filter(line=line).order_by("pk")
        }
        model.objects.filter(line=line).delete()
        fresh: list[Any] = list(split(words, known))
        for row in fresh:
            row.line = line
            same = before.get(row.words.casefold())
            if same and same.kind != row.Kind.UNKNOWN:
                row.kind, row.staff, row.team, row.body = (
                    same.kind,
                    same.staff,
                    same.team,
                    same.body,
                )
        model.objects.bulk_create(fresh)


def _target_words(line: Line) -> list[str]:
    return list(
        Target.objects.filter(line=line).order_by("position", "pk").values_list("words", flat=True)
    )


def targets_again(line: Line, words: Sequence[str]) -> None:
    """Set a line's targets by their words. Targets whose words stay keep their dates and results."""
    there = {target.words: target for target in Target.objects.filter(line=line).order_by("pk")}
    for at, said in enumerate(words):
        target = there.pop(said, None) or Target(line=line, **target_columns(said))
        target.position = at
        target.save()
    for gone in there.values():
        gone.delete()
