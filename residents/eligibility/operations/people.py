"""The only writers of what others confirmed of somebody, and of verdicts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.eligibility.models import Attestation, Check, OutsideCheck, RuleSet
from residents.eligibility.policies import (
    check_can_attest,
    check_can_change,
    check_may_all_join,
)
from residents.eligibility.queries import check
from residents.people.models import Person

Made = TypeVar("Made", Attestation, Check)


@transaction.atomic
def attest(
    *,
    person: Person,
    check_asked: OutsideCheck,
    answer: bool,
    attested_by: str,
    attested_on: dt.date,
    expires_on: dt.date | None = None,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> Attestation:
    """Keep somebody's yes or no to an outside check, and nothing of what lies behind it.

    Without a day it holds as long as the check says. Returns the row, or the one the same form made
    before; earlier answers stay. Raises AttestedInTheFuture, HoldsTooShort.
    """
    until = expires_on or attested_on + dt.timedelta(days=check_asked.valid_days)
    check_can_attest(attested_on, until, timezone.localdate(at))
    row, made = _once(
        Attestation,
        form_token,
        person=person,
        check_asked=check_asked,
        answer=answer,
        attested_by=attested_by.strip(),
        attested_on=attested_on,
        expires_on=until,
        recorded_at=at,
        **by.columns(),
    )
    if not made:
        return row
    auditing.record(
        verb="person.attested",
        record=person,
        sentence=f"kept an answer to “{check_asked}” from {row.attested_by}",
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def check_person(
    *,
    person: Person,
    rule_set: RuleSet,
    on: dt.date,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> Check:
    """Judge whether somebody may join, and keep the verdict with its reasons. Returns it, or the
    one the same form had made before.

    Raises RuleSetIsPutAway.
    """
    check_can_change(rule_set)
    found = check(person, rule_set, on)
    row, made = _once(
        Check,
        form_token,
        person=person,
        rule_set=rule_set,
        verdict=found.verdict,
        reasons=[reason.as_kept() for reason in found.reasons],
        judged_on=on,
        checked_at=at,
        **by.columns(),
    )
    if not made:
        return row
    sentence = f"checked whether they may join “{rule_set}”: {row.get_verdict_display().lower()}"
    auditing.record(verb="person.checked", record=person, sentence=sentence, by=by, at=at)
    return row


@transaction.atomic
def check_as_they_join(
    *,
    people: Iterable[Person],
    rule_sets: Sequence[RuleSet],
    on: dt.date,
    in_spite: str,
    by: Actor,
    at: dt.datetime,
) -> list[Check]:
    """Judge people who join what has these rules, and keep each verdict. Returns them.

    `in_spite` says why those join who may not. Without it raises RulesStandInTheWay.
    """
    people = list(people)
    if rule_sets and not in_spite.strip():
        check_may_all_join(people, rule_sets, on)
    return [
        check_person(person=person, rule_set=rule_set, on=on, by=by, at=at)
        for person in people
        for rule_set in rule_sets
    ]


def _once(model: type[Made], form_token: uuid.UUID | None, **values: Any) -> tuple[Made, bool]:
    """The row one form makes, however often it is sent, and whether it is new."""
    rows: Any = model.objects
    if form_token is None:
        return rows.create(**values), True
    found: tuple[Made, bool] = rows.get_or_create(form_token=form_token, defaults=values)
    return found
