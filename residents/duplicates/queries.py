from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from involvement.auditing.operations import in_words
from residents.duplicates.matching import Candidate
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person, Residency
from residents.people.queries import people
from residents.privacy.ports import Holder, holders

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
    # Goes with the date of birth
    "born_precision",
}
# Nothing that either brings: that they may be one person
_OF_PAIRS = {"residents.DuplicatePair", "residents.Merge"}


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


@dataclass(frozen=True)
class Brought:
    """One thing that hangs on two rows, and what of it hangs on each."""

    what: str
    first: str
    second: str


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
    """Pairs to be looked at that one person is in.

    Their keys are looked up first: asked in one, a database whose statistics are older than its
    rows looks through everybody for each pair of the landlord's.
    """
    theirs = DuplicatePair.objects.filter(Q(first=person) | Q(second=person))
    keys = list(theirs.order_by().values_list("pk", flat=True))
    return open_pairs().filter(pk__in=keys)


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


def brought_by(first: Person, second: Person) -> list[Brought]:
    """What hangs on each of two people: where they live, and how many rows of every kind."""
    both = (first, second)
    rows = Residency.objects.filter(person__in=both, ended_on__isnull=True)
    lives = {row.person_id: row for row in rows.select_related("home", "tenancy").order_by("pk")}
    at = [lives.get(person.pk) for person in both]
    found = [
        ("Reference", *(person.reference for person in both)),
        ("Status", *(str(person.get_status_display()) for person in both)),
        ("Home", *(str(row.home) if row else "" for row in at)),
        ("Tenancy", *(str(row.tenancy or "") if row else "" for row in at)),
    ]
    brought = [Brought(*each) for each in found if any(each[1:])]
    for holder in holders():
        if _OF_PAIRS.isdisjoint(holder.models):
            counts = [_counted(holder, person) for person in both]
            brought += [
                Brought(what[:1].upper() + what[1:], *(_number(each, what) for each in counts))
                for what in counts[0] | counts[1]
            ]
    return brought


def _counted(holder: Holder, person: Person) -> dict[str, int]:
    return {
        each.what: each.kept + each.deleted
        for each in holder.preview(person)
        if each.kept + each.deleted
    }


def _number(counted: dict[str, int], what: str) -> str:
    return f"{counted[what]:,}" if what in counted else ""


def _shown(person: Person, name: str) -> str:
    if name == "born_on" and person.born_precision == Person.BornPrecision.YEAR:
        return str(person.born_on.year) if person.born_on else ""
    display = getattr(person, f"get_{name}_display", None)
    return in_words(display() if display else getattr(person, name))
