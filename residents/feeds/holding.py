"""What lists on their way in say of a person, and what stays of a reference whose person goes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from involvement.auditing.actors import Actor
from residents.feeds.models import ErasedReference, ReferenceSecret, RefusedRow, StagedRow
from residents.feeds.queries.erased import mark_of
from residents.people.models import Person
from residents.privacy.ports import ErasureCount, Item, MergeRecord, Section

_KEY_BYTES = 32


@dataclass(frozen=True)
class ListsHolder:
    """Rows of files that wait or were refused. No key leads from them to a person: a waiting row
    has their number, a refused one their reference.

    A file that waits is kept whole for two weeks at the longest; whatever of somebody erased it
    still says is refused when it is brought in.
    """

    name: str = "Lists from the housing system"
    models: tuple[str, ...] = ()

    def collect(self, person: Person) -> Sequence[Section]:
        """What each row says, as it came."""
        rows = [
            Item(f"{row.intake}, {row}", f"{row.name}, {row.reference}", row.intake.arrived_at)
            for row in self._waiting(person).select_related("intake")
        ]
        rows += [
            Item(f"{row.intake}, {row}: {row.why}", ", ".join(row.cells), row.intake.arrived_at)
            for row in self._refused(person).select_related("intake")
        ]
        return [Section("Lists about you that are not in the register", rows)] if rows else []

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """Waiting rows go; refused ones stay as a number and a reason."""
        waiting, refused = self._waiting(person).count(), self._refused(person).count()
        found = [ErasureCount("rows of lists", kept=refused, deleted=waiting)]
        return [count for count in found if count.kept or count.deleted]

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """As `preview` says, and mark their reference, so that no list brings them back."""
        found = self.preview(person)
        self._waiting(person).delete()
        self._refused(person).update(cells=[], reference="")
        if person.reference:
            secret, _ = ReferenceSecret.objects.get_or_create(
                defaults={"key": secrets.token_bytes(_KEY_BYTES)}
            )
            ErasedReference.objects.get_or_create(mark=mark_of(person.reference, bytes(secret.key)))
        return found

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Nothing moves: a file is compared anew before it is brought in."""
        return []

    def unmerge(self, record: MergeRecord) -> None:
        """Nothing moved."""

    def keep_until(self, person: Person) -> dt.date | None:
        """Nothing asks for it to be kept."""
        return None

    def _waiting(self, person: Person) -> QuerySet[StagedRow]:
        rows: QuerySet[StagedRow] = StagedRow.objects.filter(person_key=person.pk)
        return rows.order_by("intake", "number", "pk")

    def _refused(self, person: Person) -> QuerySet[RefusedRow]:
        rows: QuerySet[RefusedRow] = RefusedRow.objects.filter(reference=person.reference)
        rows = rows if person.reference else rows.none()
        return rows.order_by("intake", "number", "pk")


HOLDERS = (ListsHolder(),)
