from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.accounts.permissions import ROLES, Permission
from involvement.calendars.days import start_of_day
from involvement.calendars.periods import add_months
from residents.privacy.kinds import Kind, kinds
from residents.privacy.models import RecordWarnedOf, RetentionRule, RetentionRun
from residents.privacy.queries import holds

GRACE_DAYS: Final = 30
"""How long a rule that is new or was changed waits before it does anything."""
FIRST_STRETCH: Final = 30
LAST_STRETCH: Final = 7
"""How long before it goes a record is warned of, first and last; none goes sooner after its last."""
MOST_SHOWN: Final = 20


@dataclass(frozen=True)
class Kept:
    """A kind of record and the landlord's rule for it."""

    kind: Kind
    rule: RetentionRule

    @property
    def begins_on(self) -> dt.date:
        """The first day the rule does anything."""
        return timezone.localdate(self.rule.changed_at) + dt.timedelta(days=GRACE_DAYS)

    def due(self, on: dt.date) -> QuerySet[Any] | None:
        """The rows the rule would let go on a day, held ones among them; None where it keeps all."""
        if self.rule.months is None:
            return None
        return self.kind.due(add_months(on, -self.rule.months))

    def soon(self, on: dt.date) -> QuerySet[Any] | None:
        """The rows that may go by a day; None where the rule keeps all or does nothing by then."""
        return self.due(on) if on >= self.begins_on else None

    def warned_of(self) -> QuerySet[RecordWarnedOf]:
        """The records of this kind that administrators were told of under this rule."""
        rows: QuerySet[RecordWarnedOf] = RecordWarnedOf.objects.filter(
            kind=self.kind.key, first_at__gte=self.rule.changed_at
        )
        return rows

    def over(self, on: dt.date) -> QuerySet[Any] | None:
        """The rows the rule lets go on a day: due, warned of, and the last warning long enough ago."""
        rows = self.soon(on)
        if rows is None:
            return None
        warned = self.warned_of().filter(last_at__lt=_warned_by(on), record_id=OuterRef("pk"))
        return rows.filter(Exists(warned))


@dataclass(frozen=True)
class Trial:
    """What a rule would do on a day, having done nothing.

    Of `count` rows that are over, `waiting` wait for their warning, the last of them until `until`.
    `shown` are the first of them: the number and the name of each.
    """

    kept: Kept
    count: int
    held: int
    shown: list[tuple[int, str]] = field(default_factory=list)
    waiting: int = 0
    until: dt.date | None = None

    @property
    def going(self) -> int:
        """How many would go, their warning given long enough ago."""
        return self.count - self.waiting

    @property
    def names(self) -> list[str]:
        """The names of those shown."""
        return [name for _, name in self.shown]

    @property
    def more(self) -> int:
        """How many names are not shown."""
        return self.count - len(self.shown)


def schedule(today: dt.date) -> list[Kept]:
    """Every kind with the landlord's rule, or with the one it starts from."""
    there = {rule.kind: rule for rule in RetentionRule.objects.order_by("pk")}
    return [Kept(kind, there.get(kind.key) or start_of(kind, today)) for kind in kinds()]


def start_of(kind: Kind, today: dt.date) -> RetentionRule:
    """The rule a landlord starts from, not saved."""
    return RetentionRule(
        kind=kind.key,
        months=kind.months,
        then=kind.then,
        source=kind.source,
        changed_at=start_of_day(today),
    )


def trial(kept: Kept, on: dt.date) -> Trial:
    """What the rule would do on a day, with the first names."""
    rows = kept.due(on)
    if rows is None:
        return Trial(kept, 0, 0)
    sample = list(rows[: MOST_SHOWN * 5])
    free, held = parted(kept, sample, on)
    shown = [(row.pk, kept.kind.name_of(row)) for row in free[:MOST_SHOWN]]
    going = {row.pk for row in free}
    unheld = rows.exclude(pk__in=[row.pk for row in sample if row.pk not in going])
    last = kept.warned_of().filter(record_id=OuterRef("pk")).values("last_at")[:1]
    found = (
        unheld.order_by()
        .annotate(last_warned=Subquery(last))
        .aggregate(
            all=Count("pk"),
            unwarned=Count("pk", filter=Q(last_warned__isnull=True)),
            warned=Count("pk", filter=Q(last_warned__gte=_warned_by(on))),
            latest=Max("last_warned"),
        )
    )
    waiting = found["unwarned"] + found["warned"]
    return Trial(kept, found["all"], held, shown, waiting, _until(kept, found, on))


def _warned_by(on: dt.date) -> dt.datetime:
    """The moment before which a last warning was given in time for a record to go on a day."""
    return start_of_day(on - dt.timedelta(days=LAST_STRETCH - 1))


def _until(kept: Kept, found: dict[str, Any], on: dt.date) -> dt.date | None:
    """The day on which the last of what waits for its warning may go."""
    days = []
    if found["unwarned"]:
        warned = max(on + dt.timedelta(days=1), kept.begins_on - dt.timedelta(days=LAST_STRETCH))
        days.append(warned + dt.timedelta(days=LAST_STRETCH))
    if found["warned"]:
        days.append(timezone.localdate(found["latest"]) + dt.timedelta(days=LAST_STRETCH))
    return max(days, default=None)


def parted(kept: Kept, rows: Sequence[Any], on: dt.date) -> tuple[list[Any], int]:
    """The rows that may go, and how many may not: a hold stands over them, or they wait for something."""
    people, records = holds.people_held(on), holds.records_held(kept.kind.key, on)
    records |= kept.kind.waits_for(rows, on)
    free = [row for row in rows if kept.kind.person_of(row) not in people and row.pk not in records]
    return free, len(rows) - len(free)


def runs() -> QuerySet[RetentionRun]:
    """Every night's tidying, latest first."""
    rows: QuerySet[RetentionRun] = RetentionRun.objects.order_by("-ran_at", "-pk")
    return rows


def managers() -> QuerySet[Membership]:
    """Whoever is warned: members who may manage privacy."""
    roles = [role for role, said in ROLES.items() if Permission.PRIVACY_MANAGE in said.permissions]
    members: QuerySet[Membership] = Membership.objects.filter(
        role__in=roles, is_active=True, user__is_active=True
    ).select_related("user")
    return members.order_by("pk")
