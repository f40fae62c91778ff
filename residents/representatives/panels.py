"""What acting for others shows on the pages of both people."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel
from residents.people.models import Person
from residents.representatives import queries


def who_acts(request: LandlordRequest, *, person: Person, **_context: Any) -> dict[str, Any]:
    """Who may act for somebody today, and for whom they may."""
    today = timezone.localdate()
    rows = [row for row in queries.of_person(person)[:20] if row.stands(today)]
    return {
        "over": [row for row in rows if row.person_id == person.pk],
        "of": [row for row in rows if row.person_id != person.pk],
        # As the page where it is written down tells people of one name apart
        "label": f"{person.name}, no. {person.pk}",
        "can_record": request.membership.may(Permission.FEEDBACK_RECORD),
    }


PERSON = Panel("who acts for them", who_acts, "residents/representatives/panels/person.html")
