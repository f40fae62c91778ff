"""What feedback shows on pages below it."""

from __future__ import annotations

from typing import Any

from actionplans.feedback import queries
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel
from residents.people.models import Person
from structures.bodies.models import Body


def what_a_person_said(request: LandlordRequest, **context: Any) -> dict[str, Any] | None:
    """Everything one person said and what became of it, latest first."""
    person: Person = context["person"]
    if not request.membership.may(Permission.FEEDBACK_READ):
        return None
    rows = list(queries.what_they_said(person)[:50])
    return {"rows": rows, "name": person.name}


def what_a_body_said(request: LandlordRequest, **context: Any) -> dict[str, Any] | None:
    """What a group said; nothing where it said nothing."""
    body: Body = context["body"]
    rows = list(queries.what_a_body_said(body)[:20])
    if not rows or not request.membership.may(Permission.FEEDBACK_READ):
        return None
    return {"rows": rows, "name": body.name}


def how_mail_comes_in(request: LandlordRequest, **context: Any) -> dict[str, Any] | None:
    """Whether e-mail can come in and what has still to be set up, beside the address of it."""
    if context["slug"] != "mail":
        return None
    return {"key": queries.mail_key_in_force(), "code": request.landlord.slug}


def open_count(request: LandlordRequest) -> int:
    """The number beside “What was said” in the menu."""
    return queries.open_count()


PERSON = Panel("what they said", what_a_person_said, "actionplans/feedback/panels/said.html")
MAIL = Panel("how e-mail comes in", how_mail_comes_in, "actionplans/feedback/panels/mail.html")
BODY = Panel("what it said", what_a_body_said, "actionplans/feedback/panels/said.html")
