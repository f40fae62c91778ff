from __future__ import annotations

import datetime as dt

from involvement.auditing.refusals import Refusal
from residents.people.models import Person
from residents.representatives.models import SCOPE, Authority
from residents.representatives.queries import authority_to


class ForThemselves(Refusal):
    """Nobody needs leave to act for themselves. Choose somebody else."""


class NothingAllowed(Refusal):
    """Tick at least one thing they may do."""


class NeedsEvidence(Refusal):
    """To decide for somebody or change their details, we must have seen evidence. Say which, and
    on which day."""


class EndsBeforeItBegins(Refusal):
    """It ends on or after the day it begins. Put the days right."""


class StandsAlready(Refusal):
    """They act for them in this way already. Change that one instead."""


class HasEnded(Refusal):
    """This has ended. Write down a new one if they act for them again."""


class MayNotAct(Refusal):
    """They have no leave to do this for somebody else."""


def check_can_give(person: Person, values: dict[str, object]) -> None:
    """Whether an authority says who, what and by which evidence. Raises ForThemselves,
    NothingAllowed, NeedsEvidence, EndsBeforeItBegins.
    """
    if values.get("representative") == person:
        raise ForThemselves
    if not any(values.get(name) for name, _ in SCOPE):
        raise NothingAllowed
    none_seen = values.get("evidence") == Authority.Evidence.NONE
    weighty = values.get("may_decide") or values.get("may_change")
    if (weighty and none_seen) or (not none_seen and not values.get("evidence_seen_on")):
        raise NeedsEvidence
    began, ends = values.get("began_on"), values.get("ends_on")
    if isinstance(began, dt.date) and isinstance(ends, dt.date) and ends < began:
        raise EndsBeforeItBegins


def check_has_not_ended(authority: Authority) -> None:
    """Raises HasEnded."""
    if authority.ended_at is not None:
        raise HasEnded


def check_can_act(may: str, *, representative: Person, person: Person, on: dt.date) -> Authority:
    """The authority by which one may do something for the other on a day. Raises MayNotAct."""
    found = authority_to(may, representative=representative, person=person, on=on)
    if found is None:
        what = dict(SCOPE)[may]
        raise MayNotAct(
            f"{representative} has no leave from {person} to {what}. Write it down on "
            f"{person}’s page first, with the evidence seen."
        )
    return found


def can_act(may: str, *, representative: Person, person: Person, on: dt.date) -> bool:
    """Whether one may do something for the other on a day."""
    found = authority_to(may, representative=representative, person=person, on=on)
    return found is not None
