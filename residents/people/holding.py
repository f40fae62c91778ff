"""What the register keeps about a person besides the person's own row, which `residents.privacy`
itself shows, erases and merges field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import ErasureCount, MergeRecord, Section


@dataclass(frozen=True)
class TermHolder:
    """The words people are found by. The database keeps them in step with the person's row, which
    answers for what they say."""

    name: str = "Words to find you by"
    models: tuple[str, ...] = ("residents.PersonTerm",)

    def collect(self, person: Person) -> Sequence[Section]:
        return []

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        return []

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        return []

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        return []

    def unmerge(self, record: MergeRecord) -> None:
        return

    def keep_until(self, person: Person) -> dt.date | None:
        return None


HOLDERS = (
    TermHolder(),
    KeyHolder(
        "residents.Residency",
        "person",
        "Where you live and lived",
        labels={
            "home__address": "Home",
            "capacity": "As",
            "started_on": "Since",
            "ended_on": "Until",
        },
        deletes=True,
        what="homes",
    ),
    KeyHolder(
        "residents.PersonTag",
        "person",
        "Words we put on your record",
        labels={"tag__name": "Tag"},
        when="put_at",
        deletes=True,
        what="tags",
    ),
)
