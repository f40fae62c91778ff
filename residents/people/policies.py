from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from involvement.auditing.refusals import Refusal
from residents.people.models import Home, Person, Residency


class HasDied(Refusal):
    """They have died. Nothing is sent to them any more."""


class HasLeft(Refusal):
    """They have left your homes. Nothing is sent to them any more."""


class WasErased(Refusal):
    """They were erased. There is nobody left to write to."""


class NothingToTakeBack(Refusal):
    """They live here as far as we know, so there is nothing to take back."""


class LivesThere(Refusal):
    """They live there now. Write another home."""


class DiedFirst(Refusal):
    """We have kept that they died. If that was a mistake, take it back first."""


_GONE = {
    Person.Status.DECEASED: HasDied,
    Person.Status.LEFT: HasLeft,
    Person.Status.ERASED: WasErased,
}


def check_can_be_written_to(person: Person) -> None:
    """Whether anything may still be sent to somebody. Raises HasDied, HasLeft, WasErased."""
    gone = _GONE.get(Person.Status(person.status))
    if gone is not None:
        raise gone


def can_be_written_to(person: Person) -> bool:
    """Whether anything may still be sent to somebody: not to the dead, nor to those who left."""
    return Person.Status(person.status) not in _GONE


def could_be_written_to(person: Person, on: dt.date) -> bool:
    """Whether anything could be sent to somebody on a day: they may have died or left since."""
    since = person.status_on
    return can_be_written_to(person) or (since is not None and since > on)


def check_is_alive(person: Person) -> None:
    """Whether somebody can move or leave. Raises DiedFirst, WasErased."""
    if person.status == Person.Status.DECEASED:
        raise DiedFirst
    if person.status == Person.Status.ERASED:
        raise WasErased


def check_can_move_in(person: Person, home: Home) -> None:
    """Raises DiedFirst, WasErased, LivesThere."""
    check_is_alive(person)
    if person.home_id == home.pk:
        raise LivesThere


def check_can_take_back(person: Person, ended: Sequence[Residency]) -> None:
    """Whether there is a death, a leaving or a moving out to take back; `ended` are the residencies
    it ended. Raises NothingToTakeBack, WasErased.
    """
    if person.status == Person.Status.ERASED:
        raise WasErased
    if person.status == Person.Status.CURRENT and (person.home_id is not None or not ended):
        raise NothingToTakeBack


def can_take_back(person: Person, ended: Sequence[Residency]) -> bool:
    """Whether there is a death, a leaving or a moving out to take back."""
    try:
        check_can_take_back(person, ended)
    except Refusal:
        return False
    return True
