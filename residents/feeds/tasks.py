from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.auditing.refusals import Refusal
from involvement.isolation import landlord_scope
from involvement.isolation.scope import landlord_id
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords, landlord_by_key
from residents.feeds import folders, operations, queries
from residents.feeds.models import Intake

WORKER = job("The reader of lists")


@landlord_task(queue=Queue.REPORTS)
def bring_in(*, intake_id: int, **_: Any) -> None:
    """Bring in a long file that an officer confirmed; what stands in its way is told on its page."""
    intake = queries.intakes().filter(pk=intake_id, state=Intake.State.WORKING).first()
    if intake is None:
        return
    at = timezone.now()
    try:
        operations.bring_in(intake=intake, allow_leavers=intake.leavers_allowed, by=WORKER, at=at)
    except Refusal as refusal:
        operations.wait_again(intake=intake, why=str(refusal), by=WORKER, at=at)


@landlord_task(queue=Queue.NIGHTLY)
def pick_up(**_: Any) -> None:
    """Bring in what lies in the landlord's folders."""
    landlord = landlord_by_key(landlord_id())
    if landlord is not None:
        folders.pick_up(landlord, by=WORKER, at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def pick_up_everywhere(**_: Any) -> None:
    """Every quarter of an hour, for every landlord that has a source picked up from a folder."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            if queries.sources().filter(picks_up=True).exists():
                pick_up.delay()


@landlord_task(queue=Queue.NIGHTLY)
def tidy(**_: Any) -> None:
    """Let go of files nobody settled."""
    operations.let_go(by=WORKER, at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def tidy_everywhere(**_: Any) -> None:
    """Every night, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            tidy.delay()
