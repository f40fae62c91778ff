from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.preferences import policies
from residents.preferences.models import Heard, Need


@dataclass(frozen=True)
class NeedSaid:
    """A need as it was said: its kind, the language where it is one, their own words."""

    kind: str
    language: str = ""
    words: str = ""


@transaction.atomic
def set_needs(
    *, person: Person, needs: Sequence[NeedSaid], heard: Heard, by: Actor, at: dt.datetime
) -> list[Need]:
    """Keep all that somebody needs: what is new is added, what is left out is ended.

    Returns the needs that hold now. Raises SaidInTheFuture.
    """
    return _keep(person, needs, heard, by=by, at=at, ends=True)


@transaction.atomic
def add_needs(
    *, person: Person, needs: Sequence[NeedSaid], heard: Heard, by: Actor, at: dt.datetime
) -> list[Need]:
    """Add to what somebody needs, and end nothing but another answer of the same kind.

    Returns the needs that hold now. Raises SaidInTheFuture.
    """
    return _keep(person, needs, heard, by=by, at=at, ends=False)


@transaction.atomic
def copy_large_print(*, person: Person, by: Actor, at: dt.datetime) -> Person:
    """Have the copy of “large print” on the person say what their needs say. Returns them.

    For a merge or an erasure, which moves or takes away needs and says so itself.
    """
    asked = Need.objects.filter(
        person=person, kind=Need.Kind.LARGE_PRINT, ended_at__isnull=True
    ).exists()
    if person.large_print != asked:
        person.large_print = asked
        person.save(update_fields=["large_print"])
    return person


@transaction.atomic
def copy_many(*, by: Actor, at: dt.datetime) -> int:
    """Have every copy of “large print” say what the needs say, after needs came in bulk.

    Returns how many people's were put right.
    """
    asked = Need.objects.filter(
        person=OuterRef("pk"), kind=Need.Kind.LARGE_PRINT, ended_at__isnull=True
    )
    wrong = Person.objects.annotate(asked=Exists(asked)).exclude(large_print=F("asked"))
    return int(wrong.update(large_print=Exists(asked)))


def _keep(
    person: Person,
    needs: Sequence[NeedSaid],
    heard: Heard,
    *,
    by: Actor,
    at: dt.datetime,
    ends: bool,
) -> list[Need]:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    policies.check_can_hear(heard, at)
    wanted = {said.kind: said for said in needs}
    there = {need.kind: need for need in Need.objects.filter(person=person, ended_at__isnull=True)}
    ended = [need for kind, need in there.items() if _is_over(need, wanted.get(kind), ends=ends)]
    gone = {need.kind for need in ended}
    new = [
        Need(
            person=person,
            kind=said.kind,
            language=said.language,
            words=said.words,
            recorded_at=at,
            **heard.columns(),
            **by.columns(),
        )
        for kind, said in wanted.items()
        if kind not in there or kind in gone
    ]
    Need.objects.filter(pk__in=[need.pk for need in ended]).update(ended_at=at)
    Need.objects.bulk_create(new)
    kept = [need for kind, need in there.items() if kind not in gone] + new
    if ended or new:
        _note(person, by=by, at=at)
    return kept


def _is_over(need: Need, said: NeedSaid | None, *, ends: bool) -> bool:
    if said is None:
        return ends
    return (said.language, said.words) != (need.language, need.words)


def _note(person: Person, *, by: Actor, at: dt.datetime) -> None:
    """Write the change down, without what it was: that stands in the needs, which can be erased."""
    copy_large_print(person=person, by=by, at=at)
    auditing.record(
        verb="person.needs_set",
        record=person,
        sentence="changed what they need to read, hear and take part",
        by=by,
        at=at,
    )
