"""The retention schedule at work: rules changed, warnings given, what is over let go by night."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count, say_date
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from residents.privacy.kinds import Kind
from residents.privacy.models import RecordWarnedOf, RetentionRule, RetentionRun, RetentionWarning
from residents.privacy.queries import retention
from residents.privacy.queries.retention import FIRST_STRETCH, LAST_STRETCH, Kept

MOST_IN_A_NIGHT: Final = 500
"""Of one kind; what is left over goes the next night."""
MOST_PASSED_OVER: Final = 10_000
"""So many rows of a kind are looked at in a night to find those that no hold stands over."""


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
    """Write to administrators of every record that may go within 30 days, and again within 7, each
    once however late it became known. Returns how many warnings are new.

    Where nobody can be told, nothing counts as warned of.
    """
    today = timezone.localdate(at)
    told: list[str] = []
    there = list(retention.managers())
    for kept in retention.schedule(today) if there else []:
        for days, rows in _mark(kept, today, at).items():
            if rows:
                told.append(_note(kept, today + dt.timedelta(days=days), days, rows, at))
    if told:
        _write(there, told, by, at)
    return len(told)


@transaction.atomic
def tidy_up(*, by: Actor, at: dt.datetime) -> RetentionRun:
    """Do what each rule says to what is over and was warned of, except what a hold stands over.
    Returns the log of it.

    At most MOST_IN_A_NIGHT of one kind at a time.
    """
    today = timezone.localdate(at)
    counts = []
    for kept in retention.schedule(today):
        rows = kept.over(today)
        if rows is None:
            continue
        free, held = _tonight(kept, rows, today)
        done = kept.kind.apply(free, RetentionRule.Then(kept.rule.then), by, at) if free else 0
        if done or held:
            counts.append(
                {"kind": kept.kind.key, "then": kept.rule.then, "rows": done, "held": held}
            )
    run: RetentionRun = RetentionRun.objects.create(ran_at=at, counts=counts, **by.columns())
    return run


def _tonight(kept: Kept, rows: QuerySet[Any], today: dt.date) -> tuple[list[Any], int]:
    """The first rows that may go, as many as a night does, and how many held ones stand before or
    among them."""
    free: list[Any] = []
    held = begun = 0
    while len(free) < MOST_IN_A_NIGHT and begun < MOST_PASSED_OVER:
        some = list(rows[begun : begun + MOST_IN_A_NIGHT - len(free)])
        if not some:
            break
        may_go, kept_back = retention.parted(kept, some, today)
        free, held, begun = free + may_go, held + kept_back, begun + len(some)
    return free, held


def _mark(kept: Kept, today: dt.date, at: dt.datetime) -> dict[int, int]:
    """Note the records that are warned of now, and forget those that are due no more. Returns how
    many need the first and the last warning, by its days."""
    soon = kept.soon(today + dt.timedelta(days=FIRST_STRETCH))
    RecordWarnedOf.objects.filter(kind=kept.kind.key).exclude(
        pk__in=kept.warned_of().filter(record_id__in=_keys(soon)).values("pk")
    ).delete()
    if soon is None:
        return {}
    sql, values = soon.order_by().values_list("landlord", "pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO residents_recordwarnedof (landlord_id, kind, record_id, first_at) "  # noqa: S608 -- Django's own statement, its values apart
            f"SELECT due.landlord, %s, due.record, %s FROM ({sql}) AS due (landlord, record) "
            "ON CONFLICT (landlord_id, kind, record_id) DO NOTHING",
            [kept.kind.key, at, *values],
        )
        new = cursor.rowcount
    ending = kept.soon(today + dt.timedelta(days=LAST_STRETCH))
    waiting = kept.warned_of().filter(last_at__isnull=True, record_id__in=_keys(ending))
    at_once = waiting.filter(first_at=at).count()
    return {FIRST_STRETCH: new - at_once, LAST_STRETCH: waiting.update(last_at=at)}


def _keys(rows: QuerySet[Any] | None) -> Any:
    return [] if rows is None else rows.order_by().values("pk")


def _note(kept: Kept, on: dt.date, days: int, rows: int, at: dt.datetime) -> str:
    """Write down one warning. Returns its sentence."""
    warning, made = RetentionWarning.objects.get_or_create(
        kind=kept.kind.key, due_on=on, days=days, defaults={"rows": rows, "warned_at": at}
    )
    if not made:
        warning.rows += rows
        warning.save(update_fields=["rows"])
    when = f"Within {days} days, by" if days == FIRST_STRETCH else f"In {days} days, on"
    return (
        f"{when} {say_date(on)}: {count(rows, 'record')} of "
        f"“{kept.kind.label}”: {kept.rule.get_then_display()}."
    )


def _write(members: list[Membership], told: list[str], by: Actor, at: dt.datetime) -> None:
    for member in members:
        queue_message(
            key=f"retention:{at.isoformat()}:{member.pk}",
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
