from __future__ import annotations

import datetime as dt

from django.utils import timezone

from involvement.auditing.refusals import Refusal
from residents.interests.models import Expression, TenancyVisit
from residents.people.policies import can_be_written_to


class NothingSaid(Refusal):
    """Tick what interests them or a way of taking part, or write what they said."""


class AnsweredAlready(Refusal):
    """Somebody has answered this already. Look at what they said."""


class ReasonMissing(Refusal):
    """Write why, in words you would say to them."""


class WordsMissing(Refusal):
    """Write what they are told."""


class NobodyNamed(Refusal):
    """A letter needs a named officer with a telephone number. Set both under Settings, Names and
    contact."""


class NoMessageGoes(Refusal):
    """They are told by telephone, text or face to face. Tell them, and then say so here."""


class VisitMade(Refusal):
    """This visit has been made already."""


class DayInTheFuture(Refusal):
    """The day cannot be later than today. Put the date right."""


class VisitBeforeTenancy(Refusal):
    """The day cannot be before the tenancy began. Put the date right."""


class OfficerMissing(Refusal):
    """Say who made the visit."""


class VisitThere(Refusal):
    """A visit for this tenancy is in the list already."""


def check_can_answer(expression: Expression, *, accepted: bool, reason: str) -> None:
    """Raises AnsweredAlready, ReasonMissing."""
    if expression.state != Expression.State.OPEN:
        raise AnsweredAlready
    if not accepted and not reason.strip():
        raise ReasonMissing


def can_answer(expression: Expression) -> bool:
    """Whether it still waits for an answer."""
    return expression.state == Expression.State.OPEN and can_be_written_to(expression.person)


def check_can_make(visit: TenancyVisit, on: dt.date, at: dt.datetime) -> None:
    """Raises VisitMade, DayInTheFuture, VisitBeforeTenancy."""
    if visit.made_on is not None:
        raise VisitMade
    if on > timezone.localdate(at):
        raise DayInTheFuture
    if on < visit.tenancy_began_on:
        raise VisitBeforeTenancy
