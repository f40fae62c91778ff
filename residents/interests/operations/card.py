from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.interests.operations.wishes import add_wishes
from residents.interests.queries import Wishes
from residents.people.models import Person
from residents.people.operations import person_reached
from residents.people.queries import Contact
from residents.preferences.models import Heard
from residents.preferences.operations import NeedSaid, add_needs


@dataclass(frozen=True)
class Card:
    """What one paper card says: whose it is, what they would like, what they need."""

    name: str
    contact: Contact
    wishes: Wishes
    needs: Sequence[NeedSaid]
    heard: Heard
    person: Person | None = None


@transaction.atomic
def key_card(*, card: Card, by: Actor, at: dt.datetime) -> Person:
    """Keep what a paper card says; somebody we do not know is added. Returns whose card it is.

    A card adds to what is known and takes nothing away; it changes no consent. Raises
    SaidInTheFuture.
    """
    person = card.person or person_reached(name=card.name, contact=card.contact, by=by, at=at)
    add_wishes(person=person, wishes=card.wishes, heard=card.heard, by=by, at=at)
    if card.needs:
        add_needs(person=person, needs=card.needs, heard=card.heard, by=by, at=at)
    auditing.record(
        verb="person.card_keyed", record=person, sentence="keyed in their card", by=by, at=at
    )
    return person
