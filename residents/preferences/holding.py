"""What is kept about how a person wishes to be reached, what they need and what they allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.preferences.operations.needs import copy_large_print
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import Changed, ErasureCount, MergeRecord

HOW_WE_KNOW = {"source": "How we know", "told_by": "Who said so"}


@dataclass(frozen=True)
class NeedHolder(KeyHolder):
    """Needs, and the copy of “large print” on the person, which follows them everywhere."""

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        counts = super().erase(person, by=by, at=at)
        copy_large_print(person=person, by=by, at=at)
        return counts

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Moves the needs; whoever is kept reads large print if either of the two did."""
        before = kept.large_print
        record = super().merge(kept, gone, by=by, at=at)
        copy_large_print(person=kept, by=by, at=at)
        if kept.large_print != before:
            record = [*record, _copied(kept, old=before)]
        return record

    def unmerge(self, record: MergeRecord) -> None:
        super().unmerge([one for one in record if one["model"] == self.model])
        for one in record:
            if one["model"] == "residents.Person":
                Person.objects.filter(pk=one["pk"]).update(large_print=one["old"])


@dataclass(frozen=True)
class ConsentHolder(KeyHolder):
    """Acts of consent. Nothing changes them: they are proof, and hold no word of the person's.

    A merge moves none either: whoever asks what a person allows reads the acts of those who were
    merged into them as well.
    """

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        return []


def _copied(person: Person, *, old: bool) -> Changed:
    return Changed(
        model="residents.Person", pk=person.pk, field="large_print", old=old, new=not old
    )


HOLDERS = (
    KeyHolder(
        "residents.Way",
        "person",
        "How you wish to be reached",
        labels={"channel": "Way", "when": "When", **HOW_WE_KNOW},
        when="recorded_at",
        deletes=True,
        what="ways to reach them",
    ),
    NeedHolder(
        "residents.Need",
        "person",
        "What you need",
        labels={"kind": "Need", "language": "Language", "words": "In words", **HOW_WE_KNOW},
        when="recorded_at",
        deletes=True,
        what="needs",
    ),
    ConsentHolder(
        "residents.Consent",
        "person",
        "What you allow",
        labels={
            "purpose": "For what",
            "channel": "By which way",
            "act": "What you said",
            "wording__words": "The words you were asked with",
            **HOW_WE_KNOW,
        },
        when="recorded_at",
        what="consents",
    ),
)
