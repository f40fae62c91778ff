"""What we owe somebody who asked about their own data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.phone.ports import Due, DueTeller
from residents.privacy.queries import complaints, requests


def tell(person: Person, today: dt.date) -> Sequence[Due]:
    """The pack they asked for, and complaints that wait for a word or an answer."""
    found = []
    access = requests.under_way_of(person)
    if access is not None:
        page = reverse("privacy:access_detail", args=[access.pk])
        found.append(
            Due(
                "Send what we keep about them",
                page,
                on=access.due_on,
                is_late=access.due_on < today,
                note=access.get_state_display(),
            )
        )
    for row in complaints.unanswered().filter(person=person):
        waits = row.acknowledged_on is None
        found.append(
            Due(
                "Say that their complaint has arrived" if waits else "Answer their complaint",
                reverse("privacy:complaint_detail", args=[row.pk]),
                on=row.acknowledge_by_on if waits else None,
                is_late=waits and row.acknowledge_by_on < today,
                note=f"Complaint {row.number} about their data",
            )
        )
    return found


DUES = DueTeller("what they asked about their data", Permission.PEOPLE_CHANGE, tell)
