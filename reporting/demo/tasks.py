from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.demo.queries import officer
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords
from reporting.library.models import Report
from reporting.library.operations import approve_report, publish_report

SECONDS_TO_WAIT = 10
MOST_LOOKS = 120


@landlord_task(queue=Queue.REPORTS)
def see_reports_published(*, looks: int = 0, **_: Any) -> None:
    """Approve each of the demonstration's drafts and publish it once its files are made.

    Looks again every few seconds until all are out. Idempotent: each step is taken once.
    """
    by, now = officer(), timezone.now()
    unpublished = Report.objects.filter(is_demo=True).exclude(state=Report.State.PUBLISHED)
    for report in unpublished.order_by("period_start_on", "pk"):
        if report.state == Report.State.DRAFT and report.has_files:
            approve_report(report=report, by=by, at=now)
        elif report.state == Report.State.APPROVED and report.has_files:
            publish_report(report=report, by=by, at=now)
    if unpublished.exists() and looks < MOST_LOOKS:
        see_reports_published.apply_async(kwargs={"looks": looks + 1}, countdown=SECONDS_TO_WAIT)


@fan_out_task(queue=Queue.REPORTS)
def see_everywhere(**_: Any) -> None:
    """See to the demonstration's reports again where some are not out yet: a worker was killed."""
    for landlord in all_landlords():
        if not landlord.is_demo:
            continue
        with landlord_scope(landlord):
            if Report.objects.filter(is_demo=True).exclude(state=Report.State.PUBLISHED).exists():
                see_reports_published.delay(looks=MOST_LOOKS)
