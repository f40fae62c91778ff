"""Writes what would take an officer hundreds of forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from actionplans.plans.models import Line
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor


@transaction.atomic
def set_objectives(*, lines: Sequence[Line], by: Actor, at: dt.datetime) -> int:
    """Keep the objectives that were put on these lines. Returns how many lines there were."""
    Line.objects.bulk_update(lines, ["objective"])
    auditing.record_many(
        verb="line.changed",
        records=[(line, f"changed the objective of “{line.heading}”"[:500]) for line in lines],
        by=by,
        at=at,
    )
    return len(lines)
