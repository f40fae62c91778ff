"""The only writers of who may act for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind, Channel
from residents.people.models import Person
from residents.representatives.models import SCOPE, Authority
from residents.representatives.policies import (
    StandsAlready,
    check_can_give,
    check_has_not_ended,
)

FIELDS: Final = (
    "kind",
    *(name for name, _ in SCOPE),
    "evidence",
    "evidence_seen_on",
    "note",
    "began_on",
    "ends_on",
)


def speaking_for(authority: Authority, *, channel: str, clerk: str = "") -> Actor:
    """Who acts where a representative does something: “by X for Y”, keyed in by `clerk`."""
    return Actor(
        ActorKind.ADVOCATE,
        authority.representative.name,
        key=authority.representative_id,
        behalf=authority.person.name,
        channel=Channel(channel),
        clerk=clerk,
    )


@transaction.atomic
def give_authority(
    *,
    person: Person,
    representative: Person,
    is_demo: bool = False,
    by: Actor,
    at: dt.datetime,
    **values: Any,
) -> Authority:
    """Write down that one person may act for another; `values` are FIELDS. Returns the row.

    Both people's histories say so. One that is past its last day gives way to the new. Raises what
    `policies.check_can_give` raises, and StandsAlready.
    """
    row = Authority(
        person=person,
        representative=representative,
        recorded_at=at,
        is_demo=is_demo,
        **values,
        **by.columns(),
    )
    whole = {name: getattr(row, name) for name in FIELDS}
    check_can_give(person, {**whole, "representative": representative})
    _let_past_ones_go(person, representative, row.kind, at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise StandsAlready from None
    as_what = row.get_kind_display().lower()
    for one, words in (
        (person, f"wrote down that {representative} may act for them, as {as_what}"),
        (representative, f"wrote down that they may act for {person}, as {as_what}"),
    ):
        auditing.record(verb="authority.given", record=one, sentence=words, by=by, at=at)
    return row


@transaction.atomic
def change_authority(
    *, authority: Authority, by: Actor, at: dt.datetime, **values: Any
) -> Authority:
    """Change any of FIELDS. Returns the row. Raises HasEnded, and what `policies.check_can_give`
    raises.
    """
    authority = _locked(authority)
    check_has_not_ended(authority)
    whole = {name: getattr(authority, name) for name in FIELDS}
    check_can_give(
        authority.person, {**whole, **values, "representative": authority.representative}
    )
    before = auditing.snapshot(authority, values)
    for name in FIELDS:
        if name in values:
            setattr(authority, name, values[name])
    changes = auditing.changes_since(authority, before)
    if changes:
        authority.save(update_fields=list(values))
        auditing.record(
            verb="authority.changed",
            record=authority.person,
            sentence=f"changed what {authority.representative} may do for them",
            by=by,
            at=at,
            changes=changes,
        )
    return authority


@transaction.atomic
def end_authority(*, authority: Authority, why: str, by: Actor, at: dt.datetime) -> Authority:
    """End it today, with a reason. Returns the row. Raises HasEnded."""
    authority = _locked(authority)
    check_has_not_ended(authority)
    authority.ended_at, authority.ended_why = at, why.strip()
    authority.save(update_fields=["ended_at", "ended_why"])
    for one, words in (
        (authority.person, f"noted that {authority.representative} acts for them no longer"),
        (authority.representative, f"noted that they act for {authority.person} no longer"),
    ):
        auditing.record(verb="authority.ended", record=one, sentence=words, by=by, at=at)
    return authority


def _let_past_ones_go(person: Person, representative: Person, kind: str, at: dt.datetime) -> None:
    """What ended by itself is closed, so that it may stand again."""
    past = Authority.objects.filter(
        person=person,
        representative=representative,
        kind=kind,
        ended_at__isnull=True,
        ends_on__lt=timezone.localdate(at),
    )
    past.update(ended_at=at, ended_why="It reached its last day")


def _locked(authority: Authority) -> Authority:
    row: Authority = (
        Authority.objects.select_for_update(of=("self",))
        .select_related("person", "representative")
        .get(pk=authority.pk)
    )
    return row
