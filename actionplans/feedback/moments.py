"""What somebody said, as their story tells it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import Truncator

from actionplans.feedback.models import Feedback
from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.timeline.ports import Moment, Teller, noon

WORDS_SHOWN = 160


def tell(person: Person, limit: int) -> Sequence[Moment]:
    """The latest they said, in their own words, and how it stands."""
    rows = Feedback.objects.filter(person=person).order_by("-said_on", "-pk")[:limit]
    return [
        Moment(
            at=noon(row.said_on),
            sentence=f"Said: “{Truncator(row.words).chars(WORDS_SHOWN)}”",
            kind="Said",
            url=reverse("feedback:feedback_detail", args=[row.pk]),
            note=row.get_state_display(),
        )
        for row in rows
    ]


TELLER = Teller("what they said", Permission.FEEDBACK_READ, tell)
