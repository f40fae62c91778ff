from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from involvement.auditing.operations import in_words
from residents.duplicates.matching import Candidate
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person
from residents.people.queries import people

# Fields of a person that nobody chooses between: what the product or the housing system keeps. Both
# references stay where they are, and both lead to the survivor.
NOT_CHOSEN = {
    "landlord",
    "id",
    "reference",
    "feed_source",
    "name_sort",
    "large_print",
    "is_demo",
    "created_at",
    "merged_into",
    "status",
    "status_on",
}


@dataclass(frozen=True)
class Side:
    """One field of two people side by side. `differs` where somebody has to choose."""

    field: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def suggested(self) -> str:
        """The one that says something; the first where both do."""
        return "second" if self.second and not self.first else "first"


def candidates() -> Iterator[Candidate]:
    """What of everybody is compared."""
    rows = people().order_by("pk").values_list("pk", "name", "email", "phone", "address", "born_on")
    return (Candidate(*row) for row in rows.iterator(chunk_size=5000))


def open_pairs() -> QuerySet[DuplicatePair]:
    """Pairs to be looked at, the likeliest first; not those of whom one is gone by now."""
    gone = Person.Status.ERASED
    rows: QuerySet[DuplicatePair] = (
        DuplicatePair.objects.filter(
            state=DuplicatePair.State.OPEN,
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
        )
        .exclude(Q(first__status=gone) | Q(second__status=gone))
        .select_related("first__place", "second__place")
    )
    return rows.order_by("-score", "pk")


def pairs_of(person: Person) -> QuerySet[DuplicatePair]:
    """Pairs to be looked at that one person is in."""
    return open_pairs().filter(Q(first=person) | Q(second=person))


def dismissed_pairs() -> QuerySet[DuplicatePair]:
    """Pairs that somebody said are two people, latest first."""
    rows: QuerySet[DuplicatePair] = DuplicatePair.objects.filter(
        state=DuplicatePair.State.DISMISSED
    ).select_related("first", "second")
    return rows.order_by("-settled_at", "-pk")


def merges_to_undo(today: dt.date) -> QuerySet[Merge]:
    """Merges that can still be undone, latest first."""
    rows: QuerySet[Merge] = Merge.objects.filter(
        undone_at__isnull=True, undo_until_on__gte=today
    ).select_related("kept", "gone")
    return rows.order_by("-merged_at", "-pk")


def chosen_fields() -> list[str]:
    """The fields of a person that a merge chooses between."""
    return [
        field.name
        for field in Person._meta.local_concrete_fields
        if field.name not in NOT_CHOSEN and not getattr(field, "generated", False)
    ]


def side_by_side(first: Person, second: Person) -> list[Side]:
    """Two people field by field, the fields that both leave empty left out."""
    sides = []
    for name in chosen_fields():
        label = str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # own fields have names
        shown = [_shown(person, name) for person in (first, second)]
        if any(shown):
            sides.append(Side(name, label[:1].upper() + label[1:], shown[0], shown[1]))
    return sides


def _shown(person: Person, name: str) -> str:
    display = getattr(person, f"get_{name}_display", None)
    return in_words(display() if display else getattr(person, name))
