from __future__ import annotations

import datetime as dt

from involvement.auditing.refusals import Refusal
from residents.people.models import Person
from residents.people.policies import can_be_written_to, check_can_be_written_to
from residents.profiles.models import EqualityLink
from residents.profiles.queries import is_young, question_set, standing_consent, standing_objection

OPEN_FOR = dt.timedelta(days=60)


class NoQuestions(Refusal):
    """There are no equality questions yet. An administrator begins with the national set."""


class HasObjected(Refusal):
    """They have told us to stop asking. What they answered is erased and nothing more is taken."""


class GuardianFirst(Refusal):
    """They are under 16. Write down first that a parent or guardian agrees."""


class LinkClosed(Refusal):
    """This link has been used, or its time is over. Ring us for another."""


class CannotBeReached(Refusal):
    """We have neither an e-mail nor a postal address for them. Key in a card instead."""


class HasBegun(Refusal):
    """The equality questions are there already."""


def check_can_record(person: Person, *, on: dt.date) -> None:
    """Raises NoQuestions, HasObjected, GuardianFirst; HasDied, HasLeft, WasErased."""
    check_can_be_written_to(person)
    if question_set() is None:
        raise NoQuestions
    if standing_objection(person) is not None:
        raise HasObjected
    if is_young(person, on) and standing_consent(person) is None:
        raise GuardianFirst


def can_record(person: Person, *, on: dt.date) -> bool:
    """Whether answers may be taken from this person."""
    try:
        check_can_record(person, on=on)
    except Refusal:
        return False
    return True


def check_is_open(link: EqualityLink, *, at: dt.datetime) -> None:
    """Raises LinkClosed. Whoever holds the link of somebody who died or left is told no more."""
    over = link.closed_at is not None or link.expires_at <= at
    if over or not can_be_written_to(link.person):
        raise LinkClosed


def check_can_be_reached(person: Person) -> None:
    """Raises CannotBeReached."""
    if not (person.email or person.address):
        raise CannotBeReached
