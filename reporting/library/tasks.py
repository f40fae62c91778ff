from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.scope import landlord_id
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords, landlord_by_key
from reporting.library import making, operations, policies, queries
from reporting.schedule.queries import due_on

TIMER = job("The timer of reports")


@fan_out_task(queue=Queue.NIGHTLY)
def make_due_reports(**_: Any) -> None:
    """Every morning: each landlord's drafts that should be there by now."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            begin_due_reports.delay()


@landlord_task(queue=Queue.NIGHTLY)
def begin_due_reports(**_: Any) -> None:
    """Begin the landlord's reports that are due, each once however often this runs."""
    landlord = landlord_by_key(landlord_id())
    now = timezone.now()
    if landlord is None:
        return
    for due in due_on(landlord, timezone.localdate(now)):
        if due.last is not None and queries.is_wanted(landlord, due.last):
            report = operations.begin_report(kind=due.kind, period=due.last, by=TIMER, at=now)
            if policies.can_recount(report, now):
                moment = queries.counting_moment(due.kind, due.last, now)
                operations.recount_draft(report=report, counted_at=moment, by=TIMER, at=now)


@landlord_task(queue=Queue.REPORTS)
def make_report(*, report_id: int, **_: Any) -> None:
    """Make one report, unless another worker has it in hand."""
    landlord = landlord_by_key(landlord_id())
    if landlord is not None:
        making.make(
            report_id=report_id, landlord=landlord, holder=f"worker {uuid.uuid4()}", by=TIMER
        )


@fan_out_task(queue=Queue.SOON)
def take_up_reports(**_: Any) -> None:
    """Every few seconds: reports whose worker has gone are given to another."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            for report in queries.unfinished(timezone.now())[:20]:
                make_report.delay(report_id=report.pk)
