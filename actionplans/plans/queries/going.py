"""How the lines of a published plan are going, as anybody may read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from actionplans.plans.models import Line, Plan, ProgressNote
from actionplans.plans.queries.progress import latest_notes


@dataclass(frozen=True)
class Going:
    """A line's state today, and the newest note of it that names nobody."""

    state: str
    note: ProgressNote | None


def going(plan: Plan, *, today: dt.date) -> dict[int, Going]:
    """How each line of a plan stands, by its key."""
    lines = list(
        Line.objects.filter(plan=plan).only("plan", "status", "due_on").order_by("position", "pk")
    )
    notes = latest_notes([line.pk for line in lines], leave_out_names=True)
    return {line.pk: Going(line.state_on(today), notes.get(line.pk)) for line in lines}
