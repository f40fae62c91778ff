"""Erasing: proposed by an officer, done by an administrator, in every holder, text and history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone
from psycopg.errors import (
    CheckViolation,
    InsufficientPrivilege,
    RestrictViolation,
    UniqueViolation,
)

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.calendars.words import say_list
from residents.people.models import Person
from residents.privacy import policies
from residents.privacy.models import AccessRequest, DataComplaint, Erasure
from residents.privacy.names import with_a_resident
from residents.privacy.operations.keys import emptied
from residents.privacy.operations.requests import forget_pack
from residents.privacy.ports import A_RESIDENT, ErasureCount, holders
from residents.privacy.queries import own_row
from residents.privacy.queries.mentions import Hit, mentions, wanted

# How the database says that a text is nobody's to change: what residents wrote of a decision, what
# was published, a log one only adds to, a name that may stand once
KEEPS = (CheckViolation, RestrictViolation, InsufficientPrivilege, UniqueViolation)
# What stays of a person's row, so that counts by place stand.
STAYS = {"place", "unit", "customer_type", "created_at", "merged_into"}


@dataclass(frozen=True)
class Preview:
    """What erasing somebody will do: rows by kind, texts that name them, and why not, if not."""

    counts: list[ErasureCount]
    texts: list[Hit]
    keep_until_on: dt.date | None


def preview(person: Person) -> Preview:
    """What `erase` would do now, having done nothing."""
    rows = own_row.rows_of(person)
    counts = [count for holder in holders() for row in rows for count in holder.preview(row)]
    until = [day for holder in holders() if (day := holder.keep_until(person)) is not None]
    return Preview(
        counts=_summed(counts),
        texts=list(_hits(rows)),
        keep_until_on=max(until, default=None),
    )


@transaction.atomic
def propose(
    *,
    person: Person,
    reason: str,
    asked_on: dt.date,
    not_theirs: Collection[int] = (),
    by: Actor,
    at: dt.datetime,
) -> Erasure:
    """Propose that somebody is forgotten. Returns the proposal, or the one that waits.

    `not_theirs` are the keys of open complaints that may be theirs, and that the officer says are
    not: who said so stands in their history.
    Raises UnderLegalHold, NotSettledYet, ErasedAlready.
    """
    if person.status == Person.Status.ERASED:
        raise policies.ErasedAlready
    policies.check_can_erase(person, timezone.localdate(at), not_theirs)
    try:
        with transaction.atomic():
            erasure: Erasure = Erasure.objects.create(
                person=person, reason=reason, asked_on=asked_on, proposed_at=at, **by.columns()
            )
    except IntegrityError:
        waiting: Erasure = Erasure.objects.get(person=person, state=Erasure.State.WAITING)
        return waiting
    auditing.record(
        verb="privacy.erasure_proposed",
        record=person,
        sentence="proposed to erase what we keep about them" + _said_not_theirs(not_theirs),
        by=by,
        at=at,
    )
    return erasure


@transaction.atomic
def refuse(*, erasure: Erasure, because: str, by: Actor, at: dt.datetime) -> Erasure:
    """Refuse to erase somebody, and say why. Returns the proposal. Raises ErasureSettled."""
    row = _locked(erasure)
    policies.check_erasure_waits(row)
    row.state, row.settled_at, row.settled_by = Erasure.State.REFUSED, at, by.name[:120]
    row.refused_because = because.strip()
    row.save()
    auditing.record(
        verb="privacy.erasure_refused",
        record=row.person,
        sentence="refused to erase what we keep about them",
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def erase(
    *,
    erasure: Erasure,
    by: Actor,
    at: dt.datetime,
    left: Collection[tuple[str, int, str]] = (),
    not_theirs: Collection[int] = (),
) -> Erasure:
    """Forget somebody, for good: "A resident" stands in their place and every count stands.

    `left` are texts, as (kind, key, field), in which their name is to stay; so it does in the
    complaints `not_theirs`, by their keys. Returns the receipt.
    Raises ErasureSettled, UnderLegalHold, NotSettledYet.
    """
    row = _locked(erasure)
    policies.check_erasure_waits(row)
    person = Person.objects.select_for_update(of=("self",)).get(pk=row.person_id)
    policies.check_can_erase(person, timezone.localdate(at), not_theirs)
    rows = own_row.rows_of(person)
    words = [w for each in rows for w in (each.name, each.email, each.phone, each.address) if w]
    pattern = "|".join(found.exact for each in rows if (found := wanted(each)))
    _forget_packs(rows, by, at)
    counts = _texts(rows, {*left, *complaint_texts(not_theirs)})
    counts += [
        count for holder in holders() for each in rows for count in holder.erase(each, by=by, at=at)
    ]
    for each in rows:
        _forget_row(each, timezone.localdate(at))
    lines = auditing.forget(
        records=rows, words=words, pattern=pattern, instead=A_RESIDENT, by=by, at=at
    )
    counts.append(ErasureCount("lines of history", kept=lines))
    row.state, row.settled_at, row.settled_by = Erasure.State.DONE, at, by.name[:120]
    row.counts = [
        {"what": count.what, "kept": count.kept, "deleted": count.deleted}
        for count in _summed(counts)
    ]
    row.save()
    auditing.record(
        verb="privacy.erased",
        record=rows[0],
        sentence="erased what we kept about them" + _said_not_theirs(not_theirs),
        by=by,
        at=at,
    )
    return row


def complaint_texts(keys: Collection[int]) -> set[tuple[str, int, str]]:
    """The texts of complaints about data, as (kind, key, field): somebody else is answered by them."""
    kind = DataComplaint._meta.label_lower
    return {(kind, key, field) for key in keys for field in ("contact", "words", "outcome_words")}


def _said_not_theirs(keys: Collection[int]) -> str:
    rows = DataComplaint.objects.filter(pk__in=list(keys)).order_by("number")
    numbers = [str(number) for number in rows.values_list("number", flat=True)]
    return f", and said that complaint {say_list(numbers)} is not theirs" if numbers else ""


def _texts(rows: list[Person], left: Collection[tuple[str, int, str]]) -> list[ErasureCount]:
    """Put "a resident" where a text certainly names them; a text that may never change says so."""
    changed, stayed = set(), set()
    looked_for = [found for person in rows if (found := wanted(person))]
    for hit in _hits(rows):
        words = hit.words
        for one in looked_for:
            words = with_a_resident(words, one)
        if hit.place not in left and _rewrite(hit, words):
            changed.add(hit.place)
        else:
            stayed.add(hit.place)
    return [
        ErasureCount("texts by others, with “a resident” for the name", kept=len(changed)),
        ErasureCount("texts by others that stay as they are", kept=len(stayed)),
    ]


def _hits(rows: list[Person]) -> Iterator[Hit]:
    """Each text that certainly names them once, but for what erasing empties anyhow."""
    seen = emptied(holders(), rows)
    for person in rows:
        for hit in mentions(person):
            kind, key, _ = hit.place
            if hit.certain and hit.place not in seen and (kind, key, "") not in seen:
                seen.add(hit.place)
                yield hit


def _rewrite(hit: Hit, words: str) -> bool:
    """Change one text; False where a rule of the database keeps it as it was written. Whatever else
    the database says, such as that somebody holds the row, ends the erasing."""
    record: Any = hit.record
    longest = record._meta.get_field(hit.field).max_length
    shortened = words[:longest] if longest else words
    try:
        with transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(**{hit.field: shortened})
    except DatabaseError as error:
        if not isinstance(error.__cause__, KEEPS):
            raise
        return False
    return True


def _forget_packs(rows: list[Person], by: Actor, at: dt.datetime) -> None:
    for request in AccessRequest.objects.filter(person__in=rows).order_by("pk"):
        forget_pack(request=request, by=by, at=at)


def _forget_row(person: Person, today: dt.date) -> None:
    """Empty every field of the row but those that counts need."""
    for field in own_row.own_fields():
        if field.name not in STAYS:
            setattr(person, field.attname, _nothing(field))
    person.name, person.preferred_channel = A_RESIDENT, Channel.FACE
    person.status, person.status_on = Person.Status.ERASED, today
    person.save()


def _nothing(field: models.Field[Any, Any]) -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""


def _summed(counts: list[ErasureCount]) -> list[ErasureCount]:
    found: dict[str, ErasureCount] = {}
    for count in counts:
        there = found.get(count.what, ErasureCount(count.what))
        found[count.what] = ErasureCount(
            count.what, there.kept + count.kept, there.deleted + count.deleted
        )
    return [count for count in found.values() if count.kept or count.deleted]


def _locked(erasure: Erasure) -> Erasure:
    row: Erasure = (
        Erasure.objects.select_for_update(of=("self",)).select_related("person").get(pk=erasure.pk)
    )
    return row
