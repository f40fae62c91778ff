"""What somebody said that waits for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import Truncator

from actionplans.feedback.models import Feedback
from involvement.accounts.permissions import Permission
from involvement.faces.words import short_day
from residents.people.models import Person
from residents.phone.ports import Due, DueTeller

SHOWN, WORDS_SHOWN = 20, 100


def tell(person: Person, _today: dt.date) -> Sequence[Due]:
    """The oldest of what they said and nobody has answered."""
    rows = Feedback.objects.filter(person=person, state=Feedback.State.OPEN)
    return [
        Due(
            f"An answer to “{Truncator(row.words).chars(WORDS_SHOWN)}”",
            reverse("feedback:feedback_detail", args=[row.pk]),
            note=f"Said on {short_day(row.said_on)}",
        )
        for row in rows.order_by("said_on", "pk")[:SHOWN]
    ]


DUES = DueTeller("what they said", Permission.FEEDBACK_READ, tell)
