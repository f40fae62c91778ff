from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from actionplans.feedback.models import Feedback, Theme, ThemeEntry
from actionplans.feedback.policies import (
    NothingChosen,
    check_can_fill,
    check_can_merge,
    check_number,
)
from actionplans.feedback.queries import feedback_in, first_said_on
from involvement.accounts.models import StaffMember, Team
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.models import Subject


@transaction.atomic
def start_theme(
    *,
    title: str,
    summary: str = "",
    subject: Subject | None = None,
    owner_staff: StaffMember | None = None,
    owner_team: Team | None = None,
    feedback: Sequence[Feedback] = (),
    is_demo: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Theme:
    """Open a theme and put `feedback` into it. Returns it. Raises TooManyAtOnce."""
    opened_on = timezone.localdate(at)
    theme = Theme(
        title=title.strip(),
        summary=summary.strip(),
        subject=subject,
        opened_on=opened_on,
        opened_at=at,
        owner_staff=owner_staff,
        owner_team=owner_team,
        decision_due=opened_on,
        is_demo=is_demo,
        **by.columns(),
    )
    theme.decision_due = opened_on + dt.timedelta(days=theme.landlord.decision_days)
    theme.save()
    auditing.record(
        verb="theme.started", record=theme, sentence=f"started the theme “{theme}”", by=by, at=at
    )
    if feedback:
        add_to_theme(theme=theme, feedback=feedback, by=by, at=at)
    return theme


@transaction.atomic
def add_to_theme(
    *, theme: Theme, feedback: Sequence[Feedback], by: Actor, at: dt.datetime
) -> list[ThemeEntry]:
    """Put feedback into a theme. Returns the entries made; what is in it already is passed over.

    What joins a decided theme is answered by its decision, so its speaker is to be told as well.
    Raises ThemeIsClosed, NothingChosen, TooManyAtOnce.
    """
    check_number(feedback)
    theme = _locked(theme)
    check_can_fill(theme)
    entries = _enter(theme, feedback, by=by, at=at)
    if theme.state == Theme.State.DECIDED:
        _answer(theme, by=by, at=at)
    return entries


@transaction.atomic
def take_out(
    *, theme: Theme, feedback: Sequence[Feedback], by: Actor, at: dt.datetime
) -> list[Feedback]:
    """Take feedback out of a theme again. Returns what was taken out.

    Raises ThemeIsClosed, NothingChosen, TooManyAtOnce.
    """
    check_number(feedback)
    theme = _locked(theme)
    check_can_fill(theme)
    return _leave(theme, feedback, by=by, at=at)


@transaction.atomic
def merge_themes(*, theme: Theme, into: Theme, by: Actor, at: dt.datetime) -> Theme:
    """Join an open theme to another, which takes over its feedback. Returns the other.

    Raises JoinedToItself, ThemeIsClosed.
    """
    theme, into = _locked(theme), _locked(into)
    check_can_merge(theme, into)
    moving = list(feedback_in(theme))
    if moving:
        _leave(theme, moving, by=by, at=at)
        _enter(into, moving, by=by, at=at)
    theme.state, theme.merged_into = Theme.State.MERGED, into
    theme.save(update_fields=["state", "merged_into"])
    auditing.record(
        verb="theme.merged", record=theme, sentence=f"joined it to “{into}”", by=by, at=at
    )
    auditing.record(
        verb="theme.grew", record=into, sentence=f"joined “{theme}” to it", by=by, at=at
    )
    if into.state == Theme.State.DECIDED:
        _answer(into, by=by, at=at)
    return into


@transaction.atomic
def split_theme(
    *,
    theme: Theme,
    feedback: Sequence[Feedback],
    title: str,
    summary: str = "",
    by: Actor,
    at: dt.datetime,
) -> Theme:
    """Move some of a theme's feedback into a new theme of its own. Returns the new one.

    Raises NothingChosen where none of it is in the theme, TooManyAtOnce, ThemeIsClosed.
    """
    moved = take_out(theme=theme, feedback=feedback, by=by, at=at)
    if not moved:
        raise NothingChosen
    return start_theme(
        title=title,
        summary=summary,
        subject=theme.subject,
        owner_staff=theme.owner_staff,
        owner_team=theme.owner_team,
        feedback=moved,
        is_demo=theme.is_demo,
        by=by,
        at=at,
    )


@transaction.atomic
def mark_decided(*, theme: Theme, by: Actor, at: dt.datetime) -> Theme:
    """A decision has answered the theme: so is everything said in it. Returns the theme.

    Called by decisions, in their transaction. Raises ThemeIsClosed where it was joined to another.
    """
    theme = _locked(theme)
    if theme.state != Theme.State.DECIDED:
        check_can_fill(theme)
        theme.state = Theme.State.DECIDED
        theme.save(update_fields=["state"])
        auditing.record(
            verb="theme.decided", record=theme, sentence="answered the theme", by=by, at=at
        )
    _answer(theme, by=by, at=at)
    return theme


@transaction.atomic
def mark_undecided(*, theme: Theme, by: Actor, at: dt.datetime) -> Theme:
    """Its last decision was withdrawn: the theme and what no other decision answers are open again.

    Returns the theme.
    """
    theme = _locked(theme)
    if theme.state == Theme.State.DECIDED:
        theme.state = Theme.State.OPEN
        theme.save(update_fields=["state"])
        auditing.record(
            verb="theme.undecided", record=theme, sentence="opened the theme again", by=by, at=at
        )
        _open_unanswered(list(feedback_in(theme)), by=by, at=at)
    return theme


def _locked(theme: Theme) -> Theme:
    row: Theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    return row


def _enter(
    theme: Theme, feedback: Sequence[Feedback], *, by: Actor, at: dt.datetime
) -> list[ThemeEntry]:
    there = set(theme.entries.filter(feedback__in=feedback).values_list("feedback_id", flat=True))
    entries = [
        ThemeEntry(theme=theme, feedback=said, at=at, **by.columns())
        for said in feedback
        if said.pk not in there
    ]
    ThemeEntry.objects.bulk_create(entries)
    auditing.record_many(
        verb="feedback.themed",
        records=[(entry.feedback, f"put it into the theme “{theme}”") for entry in entries],
        by=by,
        at=at,
    )
    _set_clock(theme)
    return entries


def _leave(
    theme: Theme, feedback: Sequence[Feedback], *, by: Actor, at: dt.datetime
) -> list[Feedback]:
    entries = theme.entries.filter(feedback__in=feedback).select_related("feedback").order_by("pk")
    leaving = [entry.feedback for entry in entries]
    theme.entries.filter(feedback__in=leaving).delete()
    auditing.record_many(
        verb="feedback.unthemed",
        records=[(said, f"took it out of the theme “{theme}”") for said in leaving],
        by=by,
        at=at,
    )
    _set_clock(theme)
    _open_unanswered(leaving, by=by, at=at)
    return leaving


def _set_clock(theme: Theme) -> None:
    """The promise to decide counts from the earliest thing said."""
    first = first_said_on(theme)
    theme.first_said_on = first
    theme.decision_due = theme.clock_from + dt.timedelta(days=theme.landlord.decision_days)
    theme.save(update_fields=["first_said_on", "decision_due"])


def _answer(theme: Theme, *, by: Actor, at: dt.datetime) -> None:
    waiting = list(feedback_in(theme).filter(state=Feedback.State.OPEN))
    for said in waiting:
        said.state = Feedback.State.ANSWERED
    Feedback.objects.bulk_update(waiting, ["state"])
    auditing.record_many(
        verb="feedback.answered",
        records=[(said, f"answered it by the decision on “{theme}”") for said in waiting],
        by=by,
        at=at,
    )


def _open_unanswered(feedback: Sequence[Feedback], *, by: Actor, at: dt.datetime) -> None:
    """Answered feedback that is in no decided theme any more waits for an answer again."""
    waiting = list(
        Feedback.objects.filter(
            pk__in=[said.pk for said in feedback], state=Feedback.State.ANSWERED
        )
        .exclude(theme_entries__theme__state=Theme.State.DECIDED)
        .order_by("pk")
    )
    for said in waiting:
        said.state = Feedback.State.OPEN
    Feedback.objects.bulk_update(waiting, ["state"])
    auditing.record_many(
        verb="feedback.unanswered",
        records=[(said, "opened it again: no decision answers it now") for said in waiting],
        by=by,
        at=at,
    )
