"""What privacy puts on other pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.calendars.words import count
from involvement.wiring import Panel
from residents.people.models import Person
from residents.privacy import policies
from residents.privacy.queries import complaints, erasures, holds, requests


def _their_data(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any] | None:
    if not request.membership.may(Permission.PEOPLE_CHANGE):
        return None
    return {
        "access": requests.under_way_of(person),
        "erasure": erasures.waiting_of(person),
        "why_not_erased": policies.why_not_erased(person, timezone.localdate()),
        "hold": holds.on_person(person, timezone.localdate()),
        "can_export": request.membership.may(Permission.PEOPLE_EXPORT),
        "can_manage": request.membership.may(Permission.PRIVACY_MANAGE),
    }


PERSON = Panel("Their data", _their_data, "residents/privacy/panels/person.html")


def waiting_count(request: LandlordRequest) -> int | None:
    """How many requests, complaints and proposals wait, beside the menu's entry."""
    rows = requests.under_way().count() + complaints.unanswered().count()
    return rows + erasures.waiting().count() or None


def late_clause(request: LandlordRequest) -> str:
    """What of it is later than the law allows, for the first sentence of the desk."""
    if not request.membership.may(Permission.PEOPLE_CHANGE):
        return ""
    today = timezone.localdate()
    late = requests.late(today) + complaints.late_to_acknowledge(today)
    return (
        f"{count(late, 'request')} about data {'is' if late == 1 else 'are'} late" if late else ""
    )
