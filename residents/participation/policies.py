from __future__ import annotations

import datetime as dt

from involvement.auditing.refusals import Refusal
from residents.participation.models import Participation


class HasNotHappened(Refusal):
    """This day is still to come. Write down who took part once it is over."""


class WithdrawnAlready(Refusal):
    """This was withdrawn already."""


def check_can_record(began_on: dt.date, today: dt.date) -> None:
    """Raises HasNotHappened for a day to come."""
    if began_on > today:
        raise HasNotHappened


def check_can_withdraw(row: Participation) -> None:
    """Raises WithdrawnAlready."""
    if row.withdrawn_at is not None:
        raise WithdrawnAlready
