"""Ties lines to one another, to the years they are marked for, and to reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from actionplans.plans import policies
from actionplans.plans.models import (
    Line,
    LineLink,
    SmartReason,
    YearMark,
)
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor

TEXTS: Final = ("number", "title", "description", "measure", "owner_words", "monitor_words")
KEYS: Final = ("subject", "objective", "priority", "arose_from")
EDITABLE: Final = (*TEXTS, "deadline_words", *KEYS)
_DEADLINE: Final = ("starts_on", "due_on", "repeats", "open_ended")


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
