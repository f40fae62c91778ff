from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.accounts.permissions import ROLES, Permission
from involvement.calendars.periods import add_months
from residents.privacy.kinds import Kind, kinds
from residents.privacy.models import RetentionRule, RetentionRun
from residents.privacy.queries import holds

GRACE_DAYS: Final = 30
"""How long a rule that is new or was changed waits before it does anything."""
WARN_DAYS: Final = (30, 7)
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

    def newly_due(self, on: dt.date) -> int:
        """How many rows fall due on this very day: all that wait, on the day the rule begins."""
        rows = self.due(on)
        if rows is None or on < self.begins_on:
            return 0
        before = self.due(on - dt.timedelta(days=1)) if on > self.begins_on else None
        return rows.count() - (before.count() if before is not None else 0)


@dataclass(frozen=True)
class Trial:
    """What a rule would do on a day, having done nothing."""

    kept: Kept
    count: int
    held: int
    names: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many names are not shown."""
        return self.count - len(self.names)


def schedule(today: dt.date) -> list[Kept]:
    """Every kind with the landlord's rule, or with the one it starts from."""
    there = {rule.kind: rule for rule in RetentionRule.objects.order_by("pk")}
    return [Kept(kind, there.get(kind.key) or start_of(kind, today)) for kind in kinds()]


def start_of(kind: Kind, today: dt.date) -> RetentionRule:
    """The rule a landlord starts from, not saved."""
    moment = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    return RetentionRule(
        kind=kind.key,
        months=kind.months,
        then=kind.then,
        source=kind.source,
        changed_at=moment,
    )


def trial(kept: Kept, on: dt.date) -> Trial:
    """What the rule would do on a day, with the first names."""
    rows = kept.due(on)
    if rows is None:
        return Trial(kept, 0, 0)
    free, held = parted(kept, list(rows[: MOST_SHOWN * 5]), on)
    names = [kept.kind.name_of(row) for row in free[:MOST_SHOWN]]
    return Trial(kept, max(rows.count() - held, 0), held, names)


def parted(kept: Kept, rows: Sequence[Any], on: dt.date) -> tuple[list[Any], int]:
    """The rows that may go, and how many may not: a hold stands over them, or they wait for something."""
    people, records = holds.people_held(on), holds.records_held(kept.kind.key, on)
    records |= kept.kind.waits_for(rows)
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
