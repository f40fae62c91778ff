"""What equality monitoring keeps about a person, besides answers that lead back to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import ErasureCount, Item, MergeRecord, Section
from residents.profiles import store


@dataclass(frozen=True)
class AnswersHolder:
    """The sealed answers: nobody can read them out again, only have them erased.

    A merge leaves the answers of the row that goes where they are, out of every count; a later
    erasure of the kept row cannot reach them, so they go at once.
    """

    name: str = "Your equality answers"
    models: tuple[str, ...] = ()

    def collect(self, person: Person) -> Sequence[Section]:
        """Only that they are sealed: whether there are any is told to nobody."""
        words = (
            "Any answers are kept apart, under a pseudonym, for statistics alone. No member of "
            "staff can read them. You may have them erased at any time."
        )
        return [Section(self.name, [Item("How they are kept", words)])]

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """Whether there are any is told to nobody, so no count."""
        return []

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """Erase them all."""
        store.erase(person=person.pk)
        return []

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Answers stay with the row they were given for."""
        return []

    def unmerge(self, record: MergeRecord) -> None:
        """Nothing was moved."""

    def keep_until(self, person: Person) -> dt.date | None:
        """Nothing asks for them to be kept."""
        return None


HOLDERS = (
    AnswersHolder(),
    KeyHolder(
        "residents.EqualityLink",
        "person",
        "Links to the equality questions sent to you",
        labels={"expires_at": "Open until"},
        when="made_at",
        deletes=True,
        what="links to the equality questions",
    ),
    KeyHolder(
        "residents.GuardianConsent",
        "person",
        "A parent’s or guardian’s consent",
        labels={
            "guardian": "Who agreed",
            "relation": "Who they are to you",
            "withdrawn_on": "Withdrawn on",
        },
        when="given_on",
        blank={"guardian": "A parent or guardian"},
        what="guardians’ consents",
    ),
    KeyHolder(
        "residents.EqualityObjection",
        "person",
        "Your objection to equality monitoring",
        labels={"lifted_on": "Lifted on"},
        when="objected_on",
        what="objections to equality monitoring",
    ),
)
