"""The holder for a plain model: one key to a person, some fields in their own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from involvement.auditing.actors import Actor
from involvement.auditing.operations import in_words
from residents.people.models import Person
from residents.privacy.ports import Changed, ErasureCount, Item, MergeRecord, Section


@dataclass(frozen=True)
class KeyHolder:
    """Holds the rows of one model by its key `field` to a person.

    `labels` are the fields of an access pack, each with its heading there; a field may reach across
    keys ("subject__name"). `when` is the moment or day of a row. On erasure the fields of `blank`
    take the values given there (a callable is asked with the row), or with `deletes` the whole row
    goes. `path` leads from the model to the person where that takes more than one key
    ("reply__person"); nothing is moved by a merge then, since the row it hangs on moves.
    """

    model: str
    field: str
    heading: str
    labels: Mapping[str, str] = made(default_factory=dict)
    when: str = ""
    blank: Mapping[str, Any] = made(default_factory=dict)
    deletes: bool = False
    path: str = ""
    what: str = ""
    file: str = ""
    keep: Callable[[Person], dt.date | None] | None = None

    @property
    def name(self) -> str:
        return f"{self.model}.{self.path or self.field}"

    @property
    def models(self) -> tuple[str, ...]:
        return (self.model,)

    def rows(self, person: Person) -> QuerySet[Any]:
        """The rows of one person, oldest first."""
        rows: QuerySet[Any] = self._model.objects.filter(**{self.path or self.field: person})
        rows = rows.distinct() if self.path else rows
        return rows.order_by(*([self.when] if self.when else []), "pk")

    def collect(self, person: Person) -> Sequence[Section]:
        """One section with a line for each field that says something."""
        ahead = {name.rpartition("__")[0] for name in self.labels if "__" in name}
        rows = list(self.rows(person).select_related(*ahead, *([self.file] if self.file else [])))
        items = [
            Item(label, words, getattr(row, self.when) if self.when else None)
            for row in rows
            for name, label in self.labels.items()
            if (words := _words(row, name))
        ]
        files = [kept for row in rows if self.file and (kept := getattr(row, self.file))]
        return [Section(self.heading, items, files)] if items or files else []

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """What erasing would count."""
        return self._count(self.rows(person).count())

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """Blank or delete every row of the person's."""
        rows = self.rows(person)
        if self.deletes:
            keys = list(rows.values_list("pk", flat=True))
            self._model.objects.filter(pk__in=keys).delete()
            return self._count(len(keys))
        changed = list(rows) if self.blank else []
        for row in changed:
            for name, value in self.blank.items():
                setattr(row, name, value(row) if callable(value) else value)
        if changed:
            self._model.objects.bulk_update(changed, list(self.blank), batch_size=500)
        return self._count(rows.count())

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Point the rows at `kept`. A row that would then say the same thing twice stays with
        `gone`, who is hidden."""
        if self.path:
            return []
        record = [
            Changed(model=self.model, pk=key, field=self.field, old=gone.pk, new=kept.pk)
            for key in self.rows(gone).values_list("pk", flat=True)
        ]
        if self._point([one["pk"] for one in record], gone.pk, kept.pk):
            return record
        return [one for one in record if self._point([one["pk"]], gone.pk, kept.pk)]

    def unmerge(self, record: MergeRecord) -> None:
        """Point the rows back, except those that somebody has deleted or moved on since."""
        for old, new in {(one["old"], one["new"]) for one in record}:
            keys = [one["pk"] for one in record if (one["old"], one["new"]) == (old, new)]
            self._point(keys, new, old)

    def keep_until(self, person: Person) -> dt.date | None:
        """What `keep` says."""
        return self.keep(person) if self.keep else None

    @property
    def _model(self) -> Any:
        return apps.get_model(self.model)

    def _point(self, keys: list[int], before: int, after: int) -> bool:
        key = f"{self.field}_id"
        try:
            with transaction.atomic():
                self._model.objects.filter(pk__in=keys, **{key: before}).update(**{key: after})
        except IntegrityError:
            return False
        return True

    def _count(self, rows: int) -> Sequence[ErasureCount]:
        what = self.what or str(self._model._meta.verbose_name_plural)
        if not rows:
            return []
        return [ErasureCount(what, deleted=rows) if self.deletes else ErasureCount(what, kept=rows)]


def emptied(holders: Iterable[Any], people: Sequence[Person]) -> set[tuple[str, int, str]]:
    """The fields of the people's own rows that erasing empties, as (kind, key, field); "" for all
    the fields of a row that goes."""
    return {
        (holder.model.lower(), key, name)
        for holder in holders
        if isinstance(holder, KeyHolder)
        for person in people
        for key in holder.rows(person).values_list("pk", flat=True)
        for name in ([""] if holder.deletes else holder.blank)
    }


def _words(row: Any, path: str) -> str:
    """What a field says, a choice by its label, across keys; "" where it says nothing."""
    *ahead, name = path.split("__")
    for step in ahead:
        row = getattr(row, step)
        if row is None:
            return ""
    display = getattr(row, f"get_{name}_display", None)
    return in_words(display() if display else getattr(row, name))
