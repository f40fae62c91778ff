"""The only writers of who took part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind
from residents.eligibility.models import Check
from residents.eligibility.operations import check_as_they_join
from residents.participation.models import Participation
from residents.participation.policies import check_can_record, check_can_withdraw
from residents.participation.queries import rules_for
from residents.people.models import Person
from residents.privacy.ports import A_RESIDENT

# Who acts by their own name and not for the landlord
NOT_OURS: Final = (ActorKind.RESIDENT, ActorKind.ADVOCATE, ActorKind.OUTSIDE)
FIELDS: Final = ("kind", "label", "began_on", "ended_on", "minutes", "channel")


@transaction.atomic
def record_participation(
    *,
    people: Sequence[Person | None],
    kind: str,
    label: str,
    began_on: dt.date,
    channel: str,
    ended_on: dt.date | None = None,
    minutes: int | None = None,
    in_spite: str = "",
    by: Actor,
    at: dt.datetime,
) -> list[Participation]:
    """Write down that people took part, with where they live and what they are today.

    None among the people is somebody unnamed. Where there are rules for joining it, each of them is
    judged and the verdict kept; `in_spite` says why those join who may not. Returns one row for
    each. Raises HasNotHappened, RulesStandInTheWay.
    """
    check_can_record(began_on, timezone.localdate(at))
    judged = check_as_they_join(
        people=filter(None, people),
        rule_sets=rules_for(kind, label),
        on=began_on,
        in_spite=in_spite,
        by=by,
        at=at,
    )
    because = _because(judged, in_spite)
    rows = [
        Participation(
            kind=kind,
            label=label.strip(),
            began_on=began_on,
            ended_on=ended_on,
            minutes=minutes,
            channel=channel,
            recorded_at=at,
            **as_they_are(person),
            **by.columns(),
        )
        for person in people
    ]
    Participation.objects.bulk_create(rows)
    auditing.record_many(
        verb="participation.recorded",
        records=[
            (row, f"wrote down that {row.who} took part{because.get(row.person_id or 0, '')}")
            for row in rows
        ],
        by=by,
        at=at,
    )
    return rows


@transaction.atomic
def keep_facts(*, rows: Sequence[Participation], by: Actor, at: dt.datetime) -> int:
    """Keep facts that another record is the source of, each once however often it is given.

    The source's own history says who wrote it down; `by` is who found that it counts. Returns how
    many are new.
    """
    for row in rows:
        row.recorded_at = at
        for name, value in by.columns().items():
            setattr(row, name, value)
    before: int = Participation.objects.count()
    Participation.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    after: int = Participation.objects.count()
    return after - before


@transaction.atomic
def correct_participation(
    *, row: Participation, in_spite: str = "", by: Actor, at: dt.datetime, **values: Any
) -> Participation:
    """Put any of FIELDS right. Where that makes somebody a member of what has rules, they are judged
    as in `record_participation`. Returns the row. Raises HasNotHappened, WithdrawnAlready,
    RulesStandInTheWay.
    """
    row = Participation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    check_can_withdraw(row)
    check_can_record(values.get("began_on", row.began_on), timezone.localdate(at))
    before, ruled = auditing.snapshot(row, values), rules_for(row.kind, row.label)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    changes = auditing.changes_since(row, before)
    if changes:
        judged = check_as_they_join(
            people=filter(None, [row.person]),
            rule_sets=[each for each in rules_for(row.kind, row.label) if each not in ruled],
            on=row.began_on,
            in_spite=in_spite,
            by=by,
            at=at,
        )
        row.save(update_fields=list(values))
        because = _because(judged, in_spite).get(row.person_id or 0, "")
        auditing.record(
            verb="participation.corrected",
            record=row,
            sentence=f"{auditing.what_changed(changes)}{because}",
            by=by,
            at=at,
            changes=changes,
        )
    return row


@transaction.atomic
def withdraw_participation(
    *, row: Participation, why: str, by: Actor, at: dt.datetime
) -> Participation:
    """Take back what was written down by mistake; it counts no more. Raises WithdrawnAlready."""
    row = Participation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    check_can_withdraw(row)
    row.withdrawn_at, row.withdrawn_why = at, why.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    auditing.record(
        verb="participation.withdrawn",
        record=row,
        sentence=f"took it back: {row.withdrawn_why}",
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def forget_who(*, rows: Sequence[Participation], by: Actor, at: dt.datetime) -> int:
    """Take the names off: that somebody took part stays counted, and whom it was nobody knows.

    Returns how many. The night's log says how many they were; a line for each would name them.
    """
    facts = Participation.objects.filter(pk__in=[row.pk for row in rows])
    facts.filter(by_kind__in=NOT_OURS).update(by_name=A_RESIDENT, by_key=None)
    done: int = facts.update(person=None, by_behalf="")
    return done


def _because(judged: Sequence[Check], in_spite: str) -> dict[int, str]:
    """What the history adds for each who joins against the rules."""
    return {
        row.person_id: f", all the same, because {in_spite.strip()}"
        for row in judged
        if row.verdict != Check.Verdict.YES
    }


def as_they_are(person: Person | None) -> dict[str, Any]:
    """The columns that keep who they are today, whatever becomes of them."""
    if person is None:
        return {"person": None}
    return {
        "person": person,
        "place_id": person.place_id,
        "unit_id": person.unit_id,
        "customer_type_id": person.customer_type_id,
        "tenure": person.home.tenure if person.home else "",
    }
