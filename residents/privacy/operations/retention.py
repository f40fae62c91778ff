"""The retention schedule at work: rules changed, warnings given, what is over let go by night."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count, say_date
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from residents.privacy.kinds import Kind
from residents.privacy.models import RetentionRule, RetentionRun, RetentionWarning
from residents.privacy.queries import retention
from residents.privacy.queries.retention import WARN_DAYS, Kept

MOST_IN_A_NIGHT: Final = 500
"""Of one kind; what is left over goes the next night."""


@transaction.atomic
def change_rule(
    *, kind: Kind, months: int | None, then: str, source: str, by: Actor, at: dt.datetime
) -> RetentionRule:
    """Change how long a kind is kept and what happens then. It begins 30 days later. Returns it."""
    rule, made = RetentionRule.objects.get_or_create(
        kind=kind.key,
        defaults={"months": months, "then": then, "source": source.strip(), "changed_at": at},
    )
    values: dict[str, Any] = {"months": months, "then": then, "source": source.strip()}
    start = retention.start_of(kind, timezone.localdate(at))
    before = auditing.snapshot(start if made else rule, values)
    for name, value in values.items():
        setattr(rule, name, value)
    changes = auditing.changes_since(rule, before)
    if changes:
        rule.changed_at = at
        rule.save()
        auditing.record(
            verb="privacy.rule_changed",
            record=rule,
            sentence=f"changed how long we keep: {kind.label.lower()}",
            by=by,
            at=at,
            changes=changes,
        )
    changed: RetentionRule = rule
    return changed


@transaction.atomic
def adopt_rules(*, by: Actor, at: dt.datetime) -> int:
    """Write down the rule each kind starts from, where the landlord has none. Returns how many."""
    today = timezone.localdate(at)
    there = set(RetentionRule.objects.values_list("kind", flat=True))
    new = [kept.rule for kept in retention.schedule(today) if kept.kind.key not in there]
    for rule in new:
        rule.changed_at = at
    RetentionRule.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def warn(*, by: Actor, at: dt.datetime) -> int:
    """Write to administrators what will be let go in 30 and in 7 days, each once. Returns how many
    warnings are new."""
    today = timezone.localdate(at)
    told: list[str] = []
    for kept in retention.schedule(today):
        for days in WARN_DAYS:
            on = today + dt.timedelta(days=days)
            rows = kept.newly_due(on)
            if rows and _first_time(kept, on, days, rows, at):
                told.append(
                    f"In {days} days, on {say_date(on)}: {count(rows, 'record')} of "
                    f"“{kept.kind.label}”: {kept.rule.get_then_display()}."
                )
    if told:
        _write(told, today, by, at)
    return len(told)


@transaction.atomic
def tidy_up(*, by: Actor, at: dt.datetime) -> RetentionRun:
    """Do what each rule says to what is over, except what a hold stands over. Returns the log of it.

    At most MOST_IN_A_NIGHT of one kind at a time.
    """
    today = timezone.localdate(at)
    counts = []
    for kept in retention.schedule(today):
        rows = kept.due(today) if today >= kept.begins_on else None
        if rows is None:
            continue
        free, held = retention.parted(kept, list(rows[:MOST_IN_A_NIGHT]), today)
        done = kept.kind.apply(free, RetentionRule.Then(kept.rule.then), by, at) if free else 0
        if done or held:
            counts.append(
                {"kind": kept.kind.key, "then": kept.rule.then, "rows": done, "held": held}
            )
    run: RetentionRun = RetentionRun.objects.create(ran_at=at, counts=counts, **by.columns())
    return run


def _first_time(kept: Kept, on: dt.date, days: int, rows: int, at: dt.datetime) -> bool:
    _, made = RetentionWarning.objects.get_or_create(
        kind=kept.kind.key, due_on=on, days=days, defaults={"rows": rows, "warned_at": at}
    )
    return bool(made)


def _write(told: list[str], today: dt.date, by: Actor, at: dt.datetime) -> None:
    for member in retention.managers():
        queue_message(
            key=f"retention:{today.isoformat()}:{member.pk}",
            channel=Message.Channel.EMAIL,
            to_name=str(member.user),
            to_address=member.user.email,
            subject="Records that will soon be let go",
            body=(
                f"Dear {member.user},\n\n" + "\n".join(told) + "\n\nLook at them under Privacy, "
                "“How long we keep things”. To keep one, place a hold on it.\n"
            ),
            by=by,
            at=at,
        )
