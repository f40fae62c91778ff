"""What signing in shows on pages below it, and on the desk's first page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.accounts.addresses import address_of
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.faces.words import plural, spelled
from involvement.landlords.models import Landlord
from involvement.wiring import Panel
from residents.people.models import Person
from residents.signin import policies, queries

SHOWN = 5


def how_they_sign_in(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any] | None:
    """When somebody last signed in, and what an officer can do so that they can."""
    if person.status != Person.Status.CURRENT:
        return None
    now = timezone.now()
    letter = queries.letter_in_force(person, now)
    return {
        "last": queries.last_sign_in(person),
        "now_on": queries.signed_in_now(person, now).count(),
        "letter": letter,
        "paper": queries.letter_of(letter) if letter is not None else None,
        "has_codes": queries.open_codes(person, now).exists(),
        "refused": policies.why_no_letter(person),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
        "can_print": request.membership.may(Permission.REPLY_SEND),
    }


def who_to_ring(request: LandlordRequest, **_context: Any) -> dict[str, Any] | None:
    """Who asked to be rung; nothing where nobody waits."""
    if not request.membership.may(Permission.PEOPLE_READ):
        return None
    rows = list(queries.calls_to_make()[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


def ring_clause(request: LandlordRequest) -> str:
    """“two people ask to be rung”, "" where nobody does."""
    if not request.membership.may(Permission.PEOPLE_READ):
        return ""
    waiting = queries.calls_to_make()[:1001].count()
    asks = plural(waiting, "person asks", "people ask")
    return f"{spelled(waiting)} {asks} to be rung" if waiting else ""


def residents_to_be(
    request: LandlordRequest, *, landlord: Landlord, **_context: Any
) -> dict[str, Any] | None:
    """The demonstration's residents, each with a button that signs in as them."""
    rows = queries.demo_people()
    url = address_of(request, landlord, "my/sign-in/demo/")
    return {"residents": rows, "url": url} if rows else None


PERSON = Panel("how they sign in", how_they_sign_in, "residents/signin/panels/person.html")
HOME = Panel("who to ring", who_to_ring, "residents/signin/panels/home.html")
DEMO = Panel("residents to be", residents_to_be, "residents/signin/panels/demo.html")
