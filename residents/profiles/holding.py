"""What equality monitoring keeps about a person, besides answers that lead back to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.operations.messages import MessageHolder
from residents.privacy.ports import Changed, ErasureCount, Item, MergeRecord, Section
from residents.profiles import store
from residents.profiles.models import EqualityLink
from residents.profiles.queries import standing_objection

_ANSWER = "residents.EqualityAnswer"


@dataclass(frozen=True)
class AnswersHolder:
    """The sealed answers: counted, erased, and given to the person alone.

    A merge counts both rows' answers as one person's, the kept row's where both answered. What it
    leaves with the row that goes is out of every count, and goes with the person like all the rest.
    """

    name: str = "Your equality answers"
    models: tuple[str, ...] = ()

    def collect(self, person: Person) -> Sequence[Section]:
        """How they reach them: whether there are any is told to nobody else."""
        words = (
            "Any answers are kept apart, under a pseudonym, for statistics alone, and nobody who "
            "works here may read them. So they are not in this pack: they reach you alone, by a "
            "link in an e-mail to you, or on paper in an envelope of their own. You may have them "
            "erased at any time."
        )
        return [Section("How your equality answers are kept", [Item("How they are kept", words)])]

    def preview(self, person: Person) -> Sequence[ErasureCount]:
        """Whether there are any is told to nobody, so no count."""
        return []

    def erase(self, person: Person, *, by: Actor, at: dt.datetime) -> Sequence[ErasureCount]:
        """Erase them all."""
        store.erase(person=person.pk)
        return []

    def merge(self, kept: Person, gone: Person, *, by: Actor, at: dt.datetime) -> MergeRecord:
        """Count them as one person's. Whoever objected under either row has them erased: stopping
        (Data Protection Act 2018, schedule 1, paragraph 8(5)) weighs more than undoing the merge."""
        if standing_objection(kept) or standing_objection(gone):
            store.erase(person=kept.pk)
            return []
        store.merge(kept=kept.pk, gone=gone.pk)
        # The record says that it was done, never whether there was anything to do it to
        return [Changed(model=_ANSWER, pk=0, field="pseudonym", old=gone.pk, new=kept.pk)]

    def unmerge(self, record: MergeRecord) -> None:
        """Count them as two people's again, but for what was answered anew or erased since."""
        for one in record:
            store.unmerge(kept=one["new"], gone=one["old"])

    def keep_until(self, person: Person) -> dt.date | None:
        """Nothing asks for them to be kept."""
        return None


def _invitations(person: Person) -> Q:
    links = EqualityLink.objects.filter(person=person).order_by("pk")
    return Q(key__in=[f"equality-link:{key}" for key in links.values_list("pk", flat=True)])


HOLDERS = (
    AnswersHolder(),
    # Before the links that lead to them go
    MessageHolder(
        "involvement.Message", "", "How we sent you the equality questions", which=_invitations
    ),
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
