"""Codes by e-mail and text."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.text import get_text_list

from involvement.accounts.addresses import whole_address
from involvement.auditing.actors import Actor, Channel
from involvement.delivery.models import LINK
from involvement.delivery.operations import queue_message
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.signin import codes
from residents.signin.models import SignInCode, Way
from residents.signin.queries import people_reached
from residents.signin.reached import Address

WORKS_FOR: Final = dt.timedelta(minutes=10)


@transaction.atomic
def send_code(
    *, address: Address, landlord: Landlord, by: Actor, at: dt.datetime
) -> SignInCode | None:
    """Send a code to an address, where the register reaches somebody there. Returns its row.

    The code stands in the message alone, as it goes. Codes sent before still work until they run
    out, so that whoever asked twice may type either.
    """
    people = people_reached(address)
    if not people:
        return None
    figures, token = codes.new_figures(), codes.new_token()
    by_email = address.channel == Channel.EMAIL
    row: SignInCode = SignInCode.objects.create(
        person=people[0],
        way=Way.EMAIL if by_email else Way.TEXT,
        address=address.words,
        code_hash=codes.hash_of(f"{address.words}:{figures}"),
        link_hash=codes.hash_of(token) if by_email else "",
        made_at=at,
        expires_at=at + WORKS_FOR,
        **by.columns(),
    )
    link = whole_address(landlord, "signin_my:link", token)
    shown = codes.in_halves(figures)
    queue_message(
        key=f"sign-in:{row.pk}",
        channel=address.channel,
        to_name=_names(people),
        to_address=people[0].email if by_email else people[0].phone,
        subject=f"Your way in at {landlord.name}",
        body=_email(landlord) if by_email else _text(landlord),
        link=f"Your code is {shown}.\n\nOr open this page and press its button:\n{link}"
        if by_email
        else shown,
        by=by,
        at=at,
    )
    return row


def _names(people: list[Person]) -> str:
    return str(get_text_list([person.name for person in people], "and"))


def _email(landlord: Landlord) -> str:
    return (
        f"You asked to sign in at {landlord.name}.\n\n{LINK}\n\nBoth work for 10 minutes, and once. "
        "If you did not ask for this, you need do nothing: nobody gets in without this e-mail."
        f"{_ring(landlord)}\n"
    )


def _text(landlord: Landlord) -> str:
    name = landlord.short_name or landlord.name
    return f"{LINK} is your code to sign in at {name}. It works for 10 minutes.{_ring(landlord)}"


def _ring(landlord: Landlord) -> str:
    if not landlord.contact_phone:
        return ""
    return f" Any trouble? Ring {landlord.contact_name or 'us'} on {landlord.contact_phone}."
