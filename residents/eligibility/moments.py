"""What somebody was told about joining, as their story tells it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from involvement.accounts.permissions import Permission
from residents.eligibility.queries import verdicts_of
from residents.people.models import Person
from residents.timeline.ports import Moment, Teller


def tell(person: Person, limit: int) -> Sequence[Moment]:
    """The latest verdicts."""
    return [
        Moment(
            at=row.checked_at,
            sentence=f"Whether they may join “{row.rule_set}”: {row.get_verdict_display().lower()}",
            kind="Joining",
            url=reverse("eligibility:verdict", args=[row.pk]),
        )
        for row in verdicts_of(person)[:limit]
    ]


TELLER = Teller("what they may join", Permission.PEOPLE_READ, tell)
