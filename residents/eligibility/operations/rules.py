"""The only writers of the sets of rules and of the outside checks they ask for."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.db import IntegrityError, transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.eligibility.models import OutsideCheck, RuleSet, RuleSetCheck
from residents.eligibility.policies import NameIsTaken, check_can_change, check_has_room
from residents.eligibility.queries import made_by_form
from residents.segments.policies import check_can_ask
from residents.segments.rules import Asked, asked_of

FIELDS: Final = ("name", "why")
CHECK_FIELDS: Final = ("question", "ask_whom", "valid_days")


@transaction.atomic
def add_rule_set(
    *,
    name: str,
    why: str = "",
    conditions: Iterable[Asked] = (),
    checks: Iterable[OutsideCheck] = (),
    form_token: uuid.UUID | None = None,
    is_demo: bool = False,
    by: Actor,
    at: dt.datetime,
) -> RuleSet:
    """Make a set of rules. Returns it, or what the same form made before.

    Raises NoSuchCondition, NameIsTaken.
    """
    asked = list(conditions)
    for each in asked:
        check_can_ask(each)
    try:
        with transaction.atomic():
            rule_set: RuleSet = RuleSet.objects.create(
                name=name.strip(),
                why=why.strip(),
                conditions=[each.as_kept() for each in asked],
                made_at=at,
                form_token=form_token,
                is_demo=is_demo,
                **by.columns(),
            )
    except IntegrityError:
        saved: RuleSet | None = made_by_form(form_token)
        if saved is None:
            raise NameIsTaken from None
        return saved
    RuleSetCheck.objects.bulk_create(
        RuleSetCheck(rule_set=rule_set, check_asked=each) for each in checks
    )
    auditing.record(verb="rule_set.added", record=rule_set, sentence="made it", by=by, at=at)
    return rule_set


@transaction.atomic
def change_rule_set(
    *,
    rule_set: RuleSet,
    checks: Iterable[OutsideCheck] | None = None,
    by: Actor,
    at: dt.datetime,
    **values: Any,
) -> RuleSet:
    """Change any of FIELDS, and which outside checks are asked for. Returns the set of rules.

    Raises RuleSetIsPutAway.
    """
    rule_set = _locked(rule_set)
    check_can_change(rule_set)
    before = auditing.snapshot(rule_set, values)
    for name in FIELDS:
        if name in values:
            setattr(rule_set, name, values[name])
    changes = auditing.changes_since(rule_set, before)
    if checks is not None:
        changes += _ask_for(rule_set, list(checks))
    if changes:
        rule_set.save(update_fields=["name", "why"])
        auditing.record(
            verb="rule_set.changed",
            record=rule_set,
            sentence=auditing.what_changed(changes),
            by=by,
            at=at,
            changes=changes,
        )
    return rule_set


@transaction.atomic
def ask(
    *, rule_set: RuleSet, asked: Asked, place: int | None = None, by: Actor, at: dt.datetime
) -> RuleSet:
    """Add a condition, or put it in the place of another. Returns the set of rules.

    Raises NoSuchCondition, RuleSetIsPutAway, TooManyConditions.
    """
    rule_set = _locked(rule_set)
    check_can_change(rule_set)
    check_can_ask(asked)
    there = list(asked_of(rule_set.conditions))
    if place is None and asked in there:
        return rule_set
    if place is not None and place < len(there):
        there[place] = asked
    else:
        check_has_room(len(there))
        there.append(asked)
    return _ruled(rule_set, there, f"set the condition “{asked.words}”", by, at)


@transaction.atomic
def ask_no_more(*, rule_set: RuleSet, place: int, by: Actor, at: dt.datetime) -> RuleSet:
    """Take a condition out. Returns the set of rules. Raises RuleSetIsPutAway."""
    rule_set = _locked(rule_set)
    check_can_change(rule_set)
    there = list(asked_of(rule_set.conditions))
    if place >= len(there):
        return rule_set
    gone = there.pop(place)
    return _ruled(rule_set, there, f"took out the condition “{gone.words}”", by, at)


@transaction.atomic
def put_away(
    *, rule_set: RuleSet, archived_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> RuleSet:
    """Put a set of rules away, or bring it back (None). Returns it."""
    rule_set = _locked(rule_set)
    rule_set.archived_at = archived_at
    rule_set.save(update_fields=["archived_at"])
    words = "put it away" if archived_at else "brought it back"
    auditing.record(verb="rule_set.put_away", record=rule_set, sentence=words, by=by, at=at)
    return rule_set


@transaction.atomic
def add_outside_check(*, by: Actor, at: dt.datetime, **values: Any) -> OutsideCheck:
    """Add a question that somebody outside answers; `values` are CHECK_FIELDS. Returns it."""
    row: OutsideCheck = OutsideCheck.objects.create(**values)
    auditing.record(verb="outside_check.added", record=row, sentence="added it", by=by, at=at)
    return row


@transaction.atomic
def change_outside_check(
    *, row: OutsideCheck, by: Actor, at: dt.datetime, **values: Any
) -> OutsideCheck:
    """Change any of CHECK_FIELDS. What was answered before keeps its day. Returns the check."""
    before = auditing.snapshot(row, values)
    for name in CHECK_FIELDS:
        if name in values:
            setattr(row, name, values[name])
    changes = auditing.changes_since(row, before)
    if changes:
        row.save(update_fields=list(values))
        auditing.record(
            verb="outside_check.changed",
            record=row,
            sentence=auditing.what_changed(changes),
            by=by,
            at=at,
            changes=changes,
        )
    return row


@transaction.atomic
def put_check_away(
    *, row: OutsideCheck, archived_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> OutsideCheck:
    """Offer a check no more, or again (None). Rules that ask for it still do. Returns it."""
    row.archived_at = archived_at
    row.save(update_fields=["archived_at"])
    words = "put it away" if archived_at else "brought it back"
    auditing.record(verb="outside_check.put_away", record=row, sentence=words, by=by, at=at)
    return row


def _ask_for(rule_set: RuleSet, wanted: list[OutsideCheck]) -> list[auditing.Change]:
    rows = RuleSetCheck.objects.filter(rule_set=rule_set).select_related("check_asked")
    there = {row.check_asked_id: row.check_asked for row in rows.order_by("pk")}
    keys = {each.pk for each in wanted}
    if keys == set(there):
        return []
    rows.exclude(check_asked__in=keys).order_by().delete()
    RuleSetCheck.objects.bulk_create(
        RuleSetCheck(rule_set=rule_set, check_asked=each) for each in wanted if each.pk not in there
    )
    old, new = (", ".join(sorted(map(str, each))) for each in (there.values(), wanted))
    return [auditing.Change(field="checks", label="outside checks", old=old, new=new)]


def _ruled(
    rule_set: RuleSet, asked: list[Asked], sentence: str, by: Actor, at: dt.datetime
) -> RuleSet:
    rule_set.conditions = [each.as_kept() for each in asked]
    rule_set.save(update_fields=["conditions"])
    auditing.record(verb="rule_set.ruled", record=rule_set, sentence=sentence, by=by, at=at)
    return rule_set


def _locked(rule_set: RuleSet) -> RuleSet:
    row: RuleSet = RuleSet.objects.select_for_update(of=("self",)).get(pk=rule_set.pk)
    return row
