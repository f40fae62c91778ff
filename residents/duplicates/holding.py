"""What guesses and merges keep about a person. Neither moves: they are about the two rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from involvement.auditing.actors import Actor
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person
from residents.privacy.ports import ErasureCount, Item, MergeRecord, Section


class PairHolder:
    """Guesses that two rows are one person, and merges that joined them."""

    name = "Rows that may have been the same person"
    models = ("residents.DuplicatePair", "residents.Merge")

    def collect(self, person: Person) -> Sequence[Section]:
        """When their row was joined with another; a guess about two people says nothing of one."""
        rows = [
            Item(
                "Two entries made one",
                f"No. {merge.gone_id} became part of no. {merge.kept_id}",
                merge.merged_at,
            )
            for merge in self._merges(person)
            # Of an entry that is still joined, the one it was joined to says so
            if merge.kept_id == person.pk or person.merged_into_id is None
        ]
        return [Section("Where we had you down twice", rows)] if rows else []

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """Guesses go; merges stay without what they changed."""
        pairs, merges = self._pairs(person).count(), self._merges(person).count()
        found = [ErasureCount("guesses that two rows are one person", deleted=pairs)]
        found += [ErasureCount("merges, without what they changed", kept=merges)]
        return [count for count in found if count.kept or count.deleted]

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """As `preview` says; a merge cannot be undone any more."""
        found = self.preview(person)
        self._pairs(person).delete()
        Merge.objects.filter(pk__in=self._merges(person).values("pk")).update(record=[])
        return found

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Nothing moves."""
        return []

    def unmerge(self, record: MergeRecord) -> None:
        """Nothing moved."""

    def keep_until(self, person: Person) -> dt.date | None:
        """Nothing asks for it to be kept."""
        return None

    def _pairs(self, person: Person) -> QuerySet[DuplicatePair]:
        pairs: QuerySet[DuplicatePair] = DuplicatePair.objects.filter(
            Q(first=person) | Q(second=person)
        )
        return pairs

    def _merges(self, person: Person) -> QuerySet[Merge]:
        merges: QuerySet[Merge] = Merge.objects.filter(Q(kept=person) | Q(gone=person))
        return merges.order_by("merged_at", "pk")


HOLDERS = (PairHolder(),)
