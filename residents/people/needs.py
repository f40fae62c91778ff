"""What of their details a resident should look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from residents.people.models import Person
from residents.signin.ports import Need, NeedTeller


def tell(person: Person, today: dt.date) -> Sequence[Need]:
    """Somebody whom only letters reach is asked for a quicker way."""
    if person.email or person.phone:
        return []
    return [
        Need(
            title="Can we reach you more quickly than by letter?",
            words="We have no e-mail address and no telephone number of yours.",
            act="Look at my details",
            url=reverse("people_my:details"),
            icon="mail",
        )
    ]


NEEDS = NeedTeller("details to look at", "", tell)
