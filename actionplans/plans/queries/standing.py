"""How a plan stands, in counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.lines import FINISHED, QUIET_DAYS, late, listed, past


@dataclass(frozen=True)
class Summary:
    """How a plan stands, in counts."""

    lines: int
    done: int
    on_track: int
    at_risk: int
    late: int
    past: int
    not_started: int
    stopped: int
    quiet: int
    unclear: int

    @property
    def pieces(self) -> list[tuple[str, int, str]]:
        """For the bar: state, count and words, in the order boards read them."""
        return [
            (name, getattr(self, name), words) for name, words in _STATES if getattr(self, name)
        ]


_STATES: Final = (
    ("done", "done"),
    ("on_track", "green: on track"),
    ("at_risk", "amber: at risk"),
    ("late", "red: late"),
    ("not_started", "not started"),
    ("stopped", "stopped"),
)


def summary(plan: Plan, *, now: dt.datetime, today: dt.date) -> Summary:
    """The counts of a plan's first sentence."""
    is_late = late(today)
    since = now - dt.timedelta(days=QUIET_DAYS)
    quiet = Q(last_news_at__lt=since) | Q(last_news_at__isnull=True)
    asked: dict[str, Any] = {
        status.lower(): Count("pk", filter=Q(status=status) & ~is_late)
        for status in Line.Status.values
    }
    asked |= {
        "lines": Count("pk"),
        "late": Count("pk", filter=is_late),
        "past": Count("pk", filter=past(today)),
        "quiet": Count("pk", filter=quiet & ~Q(status__in=FINISHED)),
        "unclear": Count("pk", filter=Q(deadline_understood=False)),
    }
    lines: Any = listed(plan)
    counts: dict[str, int] = lines.aggregate(**asked)
    return Summary(**counts)
