from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from reporting.catalogue.queries import Kind
from reporting.schedule.models import ReportSchedule
from reporting.schedule.queries import schedule_of

FIELDS = ("every", "cutoff_days")


@transaction.atomic
def choose_schedule(
    *, kind: Kind, every: str, cutoff_days: int, by: Actor, at: dt.datetime
) -> ReportSchedule:
    """Choose how often a kind of report is made. Returns the schedule."""
    before = auditing.snapshot(schedule_of(kind), FIELDS)
    schedule: ReportSchedule = ReportSchedule.objects.update_or_create(
        kind=kind.slug,
        defaults={
            "every": every,
            "cutoff_days": cutoff_days,
            "changed_at": at,
            **by.columns(),
        },
    )[0]
    changes = auditing.changes_since(schedule, before)
    if changes:
        auditing.record(
            verb="report_schedule.changed",
            record=schedule,
            sentence=f"changed when “{kind.title}” is made",
            changes=changes,
            by=by,
            at=at,
        )
    return schedule
