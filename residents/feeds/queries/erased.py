"""Whose references are of people who were erased, told from keyed hashes alone."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.db.models import QuerySet

from involvement.auditing.models import AuditEntry
from residents.feeds.models import ErasedReference, ReferenceSecret
from residents.feeds.queries.reading import Reading, Refused, Row
from residents.people.models import Person

WHY: Final = (
    "The person of this reference was erased here, so nothing of this row is taken over or kept. Take "
    "it out of the list. If they live in one of your homes again, have an administrator let lists "
    "bring them again (Privacy, References that were erased)."
)
_AT_ONCE: Final = 5_000


def mark_of(reference: str, key: bytes) -> uuid.UUID:
    """The keyed hash of a reference. Leading noughts do not count: a spreadsheet eats them."""
    bare = reference.lstrip("0") or reference
    return uuid.UUID(bytes=hmac.digest(key, bare.encode(), "sha256")[:16])


def mark_for(reference: str) -> uuid.UUID | None:
    """The hash of a reference with this landlord's key; None where nobody was ever erased."""
    secret = ReferenceSecret.objects.first()
    return mark_of(reference, bytes(secret.key)) if secret is not None and reference else None


def released() -> QuerySet[AuditEntry]:
    """Who let lists bring somebody again, and why, latest first."""
    rows: QuerySet[AuditEntry] = AuditEntry.objects.filter(verb="feeds.reference_released")
    return rows.order_by("-at", "-pk")


def erased_among(references: Iterable[str]) -> set[str]:
    """The references that belong to people who were erased, but for those somebody
    has here again."""
    secret = ReferenceSecret.objects.first()
    if secret is None:
        return set()
    marks = {one: mark_of(one, bytes(secret.key)) for one in references if one}
    wanted = list(set(marks.values()))
    there: set[uuid.UUID] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = ErasedReference.objects.filter(mark__in=wanted[start : start + _AT_ONCE])
        there |= set(some.values_list("mark", flat=True))
    found = {one for one, mark in marks.items() if mark in there}
    return found - set(
        Person.objects.filter(reference__in=found).values_list("reference", flat=True)
    )


def without_erased(reading: Reading) -> Reading:
    """What was read, with each row of somebody erased refused by its number alone."""
    rows: list[Row | Refused] = [*reading.rows, *reading.refused]
    erased = erased_among(row.reference for row in rows)
    if not erased:
        return reading
    gone = [row.number for row in rows if row.reference in erased]
    refused = [row for row in reading.refused if row.reference not in erased]
    refused += [Refused(number, "", (), WHY) for number in gone]
    return replace(
        reading,
        rows=[row for row in reading.rows if row.reference not in erased],
        refused=sorted(refused, key=lambda row: row.number),
    )
