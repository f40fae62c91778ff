"""Codes in letters, which an officer prints."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from involvement.accounts.addresses import whole_address
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery.models import LINK, Message
from involvement.delivery.operations import cancel_waiting, queue_message
from involvement.faces.words import day
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.preferences.queries import formats_for
from residents.signin import codes, policies, queries
from residents.signin.models import SignInCode, Way

WORKS_FOR: Final = dt.timedelta(days=28)


@transaction.atomic
def write_letter(*, person: Person, landlord: Landlord, by: Actor, at: dt.datetime) -> Message:
    """Write somebody a letter with a code to sign in, to be printed. Returns the letter.

    An earlier letter's code works no more. Raises NoAddress, NoPostcode, HasDied, HasLeft,
    WasErased.
    """
    policies.check_can_get_letter(person)
    _revoke(person, [Way.LETTER], by=by, at=at)
    letters = codes.new_letters()
    row: SignInCode = SignInCode.objects.create(
        person=person,
        way=Way.LETTER,
        code_hash=codes.hash_of(letters),
        made_at=at,
        expires_at=at + WORKS_FOR,
        **by.columns(),
    )
    message = queue_message(
        key=queries.letter_key(row),
        channel=Message.Channel.POST,
        to_name=person.name,
        to_address=person.address,
        subject="Your code to sign in",
        body=_words(person, landlord, until=row.expires_at),
        link=codes.in_halves(letters),
        formats=formats_for(person),
        by=by,
        at=at,
    )
    auditing.record(
        verb="resident.letter_written",
        record=person,
        sentence="wrote them a letter with a code to sign in",
        by=by,
        at=at,
    )
    return message


@transaction.atomic
def revoke_codes(*, person: Person, by: Actor, at: dt.datetime) -> int:
    """No code that somebody was sent signs in any more. Returns how many did."""
    number = _revoke(person, list(Way), by=by, at=at)
    if number:
        auditing.record(
            verb="resident.codes_revoked",
            record=person,
            sentence="took back their codes to sign in",
            by=by,
            at=at,
        )
    return number


def _revoke(person: Person, ways: list[Way], *, by: Actor, at: dt.datetime) -> int:
    rows = list(queries.open_codes(person, at).filter(way__in=ways))
    SignInCode.objects.filter(pk__in=[row.pk for row in rows]).update(revoked_at=at)
    keys = [queries.letter_key(row) for row in rows if row.way == Way.LETTER]
    cancel_waiting(messages=Message.objects.filter(key__in=keys), by=by, at=at)
    return len(rows)


def _words(person: Person, landlord: Landlord, *, until: dt.datetime) -> str:
    ring = (
        f" If anything is unclear, ring {landlord.contact_name or 'us'} on {landlord.contact_phone}."
        if landlord.contact_phone
        else ""
    )
    return (
        f"Dear {person.name},\n\nYou can now see on the internet what you told us and what became "
        f"of it. Open this page:\n{whole_address(landlord, 'signin_my:letter')}\n\nType this code "
        f"and your postcode:\n{LINK}\n\nLarge and small letters are the same. The code works once, "
        f"until {day(until)}. Keep this letter safe until then: whoever has it can sign in as you."
        f"\n\nYou need not do this. Whatever you can do there you can also do by letter, by "
        f"telephone or with one of us, and it counts the same.{ring}"
    )
