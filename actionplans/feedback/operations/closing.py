from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.policies import check_can_note, check_can_reopen
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor


@transaction.atomic
def note_and_thank(
    *, feedback: Sequence[Feedback], reason: str, by: Actor, at: dt.datetime
) -> list[Feedback]:
    """Close what needs no decision, with one reason for all of it. Returns the rows closed now.

    What is noted already is passed over. A theme of which nothing stays open is closed with it.
    Raises NothingChosen, TooManyAtOnce, ReasonMissing, AnsweredByDecision, and then closes none.
    """
    check_can_note(feedback, reason)
    rows = list(
        Feedback.objects.select_for_update(of=("self",))
        .filter(pk__in=[said.pk for said in feedback])
        .order_by("pk")
    )
    check_can_note(rows, reason)
    closing = [row for row in rows if row.state == Feedback.State.OPEN]
    for row in closing:
        row.state, row.noted_reason, row.noted_at = Feedback.State.NOTED, reason.strip(), at
    Feedback.objects.bulk_update(closing, ["state", "noted_reason", "noted_at"])
    auditing.record_many(
        verb="feedback.noted",
        records=[(row, f"noted and thanked: {reason.strip()}") for row in closing],
        by=by,
        at=at,
    )
    _close_finished_themes(closing, by=by, at=at)
    return closing


@transaction.atomic
def reopen(*, feedback: Feedback, by: Actor, at: dt.datetime) -> Feedback:
    """Open again what was noted and thanked, and with it the themes it had closed.

    Returns the row. Raises AnsweredByDecision, NothingToOpen.
    """
    row: Feedback = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    check_can_reopen(row)
    before = auditing.snapshot(row, ["state", "noted_reason"])
    row.state, row.noted_reason, row.noted_at = Feedback.State.OPEN, "", None
    row.save(update_fields=["state", "noted_reason", "noted_at"])
    auditing.record(
        verb="feedback.reopened",
        record=row,
        sentence="opened it again",
        by=by,
        at=at,
        changes=auditing.changes_since(row, before),
    )
    closed = Theme.objects.filter(entries__feedback=row, state=Theme.State.NOTED)
    _set_state(
        closed,
        Theme.State.OPEN,
        verb="theme.reopened",
        sentence="opened the theme again",
        by=by,
        at=at,
    )
    return row


def _close_finished_themes(closed: Iterable[Feedback], *, by: Actor, at: dt.datetime) -> None:
    finished = (
        Theme.objects.filter(entries__feedback__in=list(closed), state=Theme.State.OPEN)
        .exclude(entries__feedback__state=Feedback.State.OPEN)
        .distinct()
    )
    _set_state(
        finished,
        Theme.State.NOTED,
        verb="theme.noted",
        sentence="closed the theme: everything in it is noted and thanked",
        by=by,
        at=at,
    )


def _set_state(
    themes: Iterable[Theme], state: str, *, verb: str, sentence: str, by: Actor, at: dt.datetime
) -> None:
    for theme in sorted(themes, key=lambda theme: theme.pk):
        theme.state = state
        theme.save(update_fields=["state"])
        auditing.record(verb=verb, record=theme, sentence=sentence, by=by, at=at)
