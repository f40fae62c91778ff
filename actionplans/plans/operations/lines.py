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
    LineLink,
    LineMonitor,
    LineOwner,
    Plan,
    SmartReason,
    Target,
    YearMark,
)
from actionplans.plans.operations.bringing_in import target_columns
from actionplans.plans.operations.places import put_in_order
from actionplans.plans.queries import people_words
from actionplans.plans.queries.reading import read_line_deadline
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
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
    _people_again(line)
    _targets_again(line, targets)
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
        _people_again(line)
    if targets is not None and list(targets) != targets_before:
        _targets_again(line, targets)
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
    *, line: Line, parts: Sequence[tuple[str, str]], by: Actor, at: dt.datetime
) -> list[Line]:
    """Split a line into parts, each (words, deadline words), under the task they share.

    Returns the parts. Raises PlanIsArchived.
    """
    line = locked(line)
    policies.check_can_change(line.plan)
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


@transaction.atomic
def link_lines(
    *, line: Line, other: Line, by: Actor, at: dt.datetime, kind: str = LineLink.Kind.SHARES
) -> LineLink:
    """Link two lines, of one plan or two; where they share progress, one note serves both.

    Raises PlanIsArchived, LineCannotStandThere.
    """
    policies.check_can_change(line.plan)
    policies.check_can_link(line, other)
    link: LineLink = LineLink.objects.create(
        line=line, other=other, kind=kind, linked_at=at, **by.columns()
    )
    for one, two in ((line, other), (other, line)):
        sentence = f"linked “{one.heading}” with “{two.heading}”"
        auditing.record(verb="line.linked", record=one, sentence=sentence, by=by, at=at)
    return link


@transaction.atomic
def unlink_lines(*, link: LineLink, by: Actor, at: dt.datetime) -> None:
    """Take a link away. Raises PlanIsArchived."""
    policies.check_can_change(link.line.plan)
    sentence = f"took away the link with “{link.other.heading}”"
    auditing.record(verb="line.unlinked", record=link.line, sentence=sentence, by=by, at=at)
    link.delete()


@transaction.atomic
def place_year_mark(*, mark: YearMark, line: Line | None, by: Actor, at: dt.datetime) -> YearMark:
    """Put a year mark on the line it belongs to, or take it off again (None).

    Raises PlanIsArchived, MarkBelongsElsewhere.
    """
    mark = (
        YearMark.objects.select_for_update(of=("self",))
        .select_related("plan", "holder")
        .get(pk=mark.pk)
    )
    policies.check_can_change(mark.plan)
    if line is not None and line.plan_id != mark.plan_id:
        raise policies.MarkBelongsElsewhere
    if mark.line_id == (line.pk if line else None):
        return mark
    mark.line = line
    mark.save(update_fields=["line"])
    target = line or mark.holder
    verb = "placed" if line else "took off"
    sentence = f"{verb} the mark “{mark.words}” for {mark.year_label} on “{target.heading}”"
    auditing.record(verb="line.year_mark_placed", record=target, sentence=sentence, by=by, at=at)
    return mark


@transaction.atomic
def give_smart_reason(
    *, lines: Sequence[Line], words: str, by: Actor, at: dt.datetime
) -> SmartReason:
    """Say once why these lines of one plan may be agreed without a measure, an owner or a date.

    Raises ReasonMissing, PlanIsArchived.
    """
    if not words.strip() or not lines:
        raise policies.ReasonMissing
    plan = lines[0].plan
    policies.check_can_change(plan)
    reason: SmartReason = SmartReason.objects.create(
        plan=plan, words=words.strip()[:300], given_at=at, **by.columns()
    )
    Line.objects.filter(plan=plan, pk__in=[line.pk for line in lines]).update(smart_reason=reason)
    sentence = f"gave a reason: {reason.words}"
    auditing.record_many(
        verb="line.reason_given", records=[(line, sentence) for line in lines], by=by, at=at
    )
    return reason


def _read_deadline(line: Line, words: str, at: dt.datetime) -> None:
    landlord = Landlord.objects.only("year_start_month").get(pk=landlord_id())
    line.read(
        read_line_deadline(
            words, today=timezone.localdate(at), year_start_month=landlord.year_start_month
        )
    )


def _people_again(line: Line) -> None:
    known = people_words.directory()
    LineOwner.objects.filter(line=line).delete()
    LineMonitor.objects.filter(line=line).delete()
    owners = people_words.owners(line.owner_words, known)
    monitors = people_words.monitors(line.monitor_words, known)
    for owner in owners:
        owner.line = line
    for monitor in monitors:
        monitor.line = line
    LineOwner.objects.bulk_create(owners)
    LineMonitor.objects.bulk_create(monitors)


def _target_words(line: Line) -> list[str]:
    return list(
        Target.objects.filter(line=line).order_by("position", "pk").values_list("words", flat=True)
    )


def _targets_again(line: Line, words: Sequence[str]) -> None:
    """Targets whose words stay keep their dates and results."""
    there = {target.words: target for target in Target.objects.filter(line=line).order_by("pk")}
    for at, said in enumerate(words):
        target = there.pop(said, None) or Target(line=line, **target_columns(said))
        target.position = at
        target.save()
    for gone in there.values():
        gone.delete()
