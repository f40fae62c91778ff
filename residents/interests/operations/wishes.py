from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.interests.models import ChosenMethod, Interest, Method, MethodWish, Offer
from residents.interests.queries import Wishes
from residents.people.models import Person
from residents.preferences.models import Heard
from residents.preferences.policies import check_can_hear


@transaction.atomic
def set_wishes(
    *, person: Person, wishes: Wishes, heard: Heard, by: Actor, at: dt.datetime
) -> Wishes:
    """Keep all that somebody would like: what is new is added, what is left out is ended.

    Returns it. Raises SaidInTheFuture.
    """
    return _keep(person, wishes, heard, by=by, at=at, ends=True)


@transaction.atomic
def add_wishes(
    *, person: Person, wishes: Wishes, heard: Heard, by: Actor, at: dt.datetime
) -> Wishes:
    """Add to what somebody would like; only another time or level takes the place of the last.

    Returns what was said. Raises SaidInTheFuture.
    """
    return _keep(person, wishes, heard, by=by, at=at, ends=False)


@transaction.atomic
def choose_method(
    *, person: Person, method: Method, about: str, heard: Heard, by: Actor, at: dt.datetime
) -> ChosenMethod:
    """Keep the way somebody chose for one contact; what they usually like stays. Returns the row.

    Raises SaidInTheFuture.
    """
    check_can_hear(heard, at)
    row: ChosenMethod = ChosenMethod.objects.create(
        person=person,
        method=method,
        about=about.strip(),
        recorded_at=at,
        **heard.columns(),
        **by.columns(),
    )
    auditing.record(
        verb="person.method_chosen",
        record=person,
        sentence=f"noted that they chose “{method}” this once: {row.about}",
        by=by,
        at=at,
    )
    return row


def _keep(
    person: Person, wishes: Wishes, heard: Heard, *, by: Actor, at: dt.datetime, ends: bool
) -> Wishes:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_can_hear(heard, at)
    said = {"person": person, "recorded_at": at, **heard.columns(), **by.columns()}
    changed = [
        _keep_rows(Interest, "subject", wishes.subjects, said, at, ends=ends),
        _keep_rows(MethodWish, "method", wishes.methods, said, at, ends=ends),
        _keep_offer(wishes, said, at, ends=ends),
    ]
    if any(changed):
        auditing.record(
            verb="person.wishes_set",
            record=person,
            sentence="changed what interests them and how they would like to take part",
            by=by,
            at=at,
        )
    return wishes


def _keep_rows(
    model: type[Interest | MethodWish],
    key: str,
    wanted: Sequence[models.Model],
    said: dict[str, Any],
    at: dt.datetime,
    *,
    ends: bool,
) -> bool:
    """End what is left out, add what is new. Returns whether anything changed."""
    there = {
        getattr(row, f"{key}_id"): row.pk
        for row in model.objects.filter(person=said["person"], ended_at__isnull=True)
    }
    asked = {row.pk: row for row in wanted}
    over = [pk for of, pk in there.items() if of not in asked] if ends else []
    model.objects.filter(pk__in=over).update(ended_at=at)
    new = [model(**said, **{key: row}) for pk, row in asked.items() if pk not in there]
    model.objects.bulk_create(new)
    return bool(over or new)


def _keep_offer(wishes: Wishes, said: dict[str, Any], at: dt.datetime, *, ends: bool) -> bool:
    """One offer of time and level holds: another takes its place. Returns whether it changed."""
    rows = Offer.objects.filter(person=said["person"], ended_at__isnull=True)
    there = rows.select_related("level").order_by("pk").first()
    minutes, per, level = wishes.minutes, wishes.per, wishes.level
    if there is not None and not ends:
        # What was left out of an addition stays as it was said before
        minutes, per = (minutes, per) if minutes else (there.minutes, there.per)
        level = level or there.level
    if there is not None:
        same = (minutes, level) == (there.minutes, there.level)
        if same and (per == there.per or not minutes):
            return False
        rows.update(ended_at=at)
    if minutes or level:
        Offer.objects.create(minutes=minutes, per=per, level=level, **said)
    return there is not None or bool(minutes or level)
