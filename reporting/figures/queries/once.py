"""Each decision and each change stands in one report: of the period in which it happened, or, where
it came into the records too late for that report, in the first one that could know it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome
from involvement.calendars.periods import Period


class Counted(NamedTuple):
    """The keys of the decisions and changes that a report counts."""

    decisions: frozenset[int] = frozenset()
    changes: frozenset[int] = frozenset()


NONE = Counted()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other reports have counted.

    `until` is up to when the report of the period before counted: what happened before this period
    and was known by then stands there or earlier. A new version keeps what the version before it
    counted (`own`) and takes nothing from reports of later periods (`later`).
    """

    until: dt.datetime
    own: Counted = NONE
    later: Counted = NONE


def counted_in(period: Period, moment: dt.datetime, elsewhere: Elsewhere) -> Counted:
    """The decisions and changes a report of `period`, counted at `moment`, counts. Two queries.

    Over periods that follow one another the sum is what a report of all of them counts.
    """
    decisions = Decision.objects.filter(
        _here("decided_on", period, elsewhere, elsewhere.own.decisions),
        recorded_at__lte=moment,
        decided_on__lte=period.end,
    )
    changes = Outcome.objects.filter(
        _here("happened_on", period, elsewhere, elsewhere.own.changes),
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment),
        recorded_at__lte=moment,
        happened_on__lte=period.end,
    )
    return Counted(
        frozenset(decisions.order_by().values_list("pk", flat=True)) - elsewhere.later.decisions,
        frozenset(changes.order_by().values_list("pk", flat=True)) - elsewhere.later.changes,
    )


def _here(day: str, period: Period, elsewhere: Elsewhere, own: frozenset[int]) -> Q:
    in_period = Q(**{f"{day}__gte": period.start})
    found_late = Q(recorded_at__gt=elsewhere.until)
    return in_period | found_late | Q(pk__in=own)
