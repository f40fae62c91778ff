"""How long the law gives for an answer."""

from __future__ import annotations

import datetime as dt
from typing import Final

from involvement.calendars.periods import add_months
from involvement.calendars.working_days import add_working_days, is_working_day

ACKNOWLEDGE_DAYS: Final = 30
PACK_DAYS: Final = 30
"""How long a finished pack is kept to be sent again."""
ADDRESS_STANDS: Final = dt.timedelta(days=28)
"""How long an e-mail address has been theirs before their own answers go there: short enough that
whoever gives one with their request is answered within the month."""
UNDO_DAYS: Final = 30
MOST_EXTRA_MONTHS: Final = 2


def month_after(asked_on: dt.date) -> dt.date:
    """The last day for an answer to an access request: one calendar month.

    The corresponding day of the next month, or that month's last; a day on which nobody works
    moves to the next on which somebody does, as the Information Commissioner counts it.
    """
    return _next_working_day(add_months(asked_on, 1))


def extended(asked_on: dt.date) -> dt.date:
    """The last day where a request is complex: two months more (article 12(3))."""
    return _next_working_day(add_months(asked_on, 1 + MOST_EXTRA_MONTHS))


def acknowledge_by(received_on: dt.date) -> dt.date:
    """The last day to acknowledge a complaint about data.

    Section 164A(3) of the Data Protection Act 2018 gives 30 days beginning with its receipt, so the
    day it came is the first of them; no weekend moves it.
    """
    return received_on + dt.timedelta(days=ACKNOWLEDGE_DAYS - 1)


def _next_working_day(day: dt.date) -> dt.date:
    return day if is_working_day(day) else add_working_days(day, 1).end
