"""Reminds owners of what is due soon and of what was due, each line once for each date."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from actionplans.plans.models import Reminder
from actionplans.plans.operations.progress import make_update_link
from actionplans.plans.queries.reminders import Due, due_reminders
from involvement.auditing.actors import Actor
from involvement.calendars.words import count, say_date, say_due
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from involvement.landlords.models import Landlord


@transaction.atomic
def remind(*, landlord: Landlord, url_of: Callable[[str], str], by: Actor, at: dt.datetime) -> int:
    """Write one e-mail to everybody with lines due within two weeks, or due and not done.

    Each line carries a link by which they say how it goes without signing in; `url_of` makes it
    from a token. Every line, kind and due date goes to an address once, however often this runs.
    Returns how many e-mails were written.
    """
    today = timezone.localdate(at)
    written = 0
    due = due_reminders(landlord, today=today)
    for email, group in itertools.groupby(due, key=lambda one: one.email):
        mine = list(group)
        Reminder.objects.bulk_create(
            [
                Reminder(line=one.line, kind=one.kind, due_on=one.due_on, email=email, sent_at=at)
                for one in mine
            ],
            ignore_conflicts=True,
        )
        _write(mine, url_of, today=today, by=by, at=at)
        written += 1
    return written


def _write(
    mine: Sequence[Due], url_of: Callable[[str], str], *, today: dt.date, by: Actor, at: dt.datetime
) -> None:
    first = mine[0]
    entries = []
    for one in mine:
        _, token = make_update_link(
            line=one.line, name=one.name, email=one.email, staff=one.staff, by=by, at=at
        )
        entries.append(_entry(one, url_of(token), today))
    late = sum(one.kind == Reminder.Kind.AFTER for one in mine)
    subject = f"{count(late, 'line')} late" if late else f"{count(len(mine), 'line')} due soon"
    # Two runs at once find the same lines and so the same key: one message.
    digest = hashlib.sha256(repr([one.key for one in mine]).encode()).hexdigest()
    queue_message(
        key=f"plan-reminder:{digest}",
        channel=Message.Channel.EMAIL,
        to_name=first.name,
        to_address=first.email,
        subject=f"{subject} in your action plan",
        body=(
            f"Dear {first.name},\n\n" + "\n\n".join(entries) + "\n\nEach link opens one line and "
            "needs no password. Say in a sentence or two how it goes; please do not pass it on.\n"
        ),
        by=by,
        at=at,
    )


def _entry(one: Due, url: str, today: dt.date) -> str:
    return (
        f"{one.line.heading}\n({one.line.plan.title})\n"
        f"Due {say_date(one.due_on)}: {say_due(one.due_on, today=today)}.\nSay how it goes: {url}"
    )
