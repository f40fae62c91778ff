from __future__ import annotations

from django.db.models import QuerySet

from residents.people.models import Person
from residents.privacy.models import Erasure


def erasures() -> QuerySet[Erasure]:
    """Every proposal to erase, latest first."""
    rows: QuerySet[Erasure] = Erasure.objects.select_related("person")
    return rows.order_by("-proposed_at", "-pk")


def waiting() -> QuerySet[Erasure]:
    """Those an administrator has yet to confirm, oldest first."""
    return erasures().filter(state=Erasure.State.WAITING).order_by("proposed_at", "pk")


def settled() -> QuerySet[Erasure]:
    """Receipts and refusals, latest first."""
    return erasures().exclude(state=Erasure.State.WAITING).order_by("-settled_at", "-pk")


def waiting_of(person: Person) -> Erasure | None:
    """The proposal about a person that waits."""
    found: Erasure | None = waiting().filter(person=person).first()
    return found
