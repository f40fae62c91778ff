from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords
from residents.duplicates import operations


@landlord_task(queue=Queue.NIGHTLY)
def look(**_: Any) -> None:
    """Compare everybody anew, and forget what old merges changed."""
    by, at = job("The search for duplicates"), timezone.now()
    operations.look_for_duplicates(by=by, at=at)
    operations.forget_old_merges(by=by, at=at)


@fan_out_task(queue=Queue.NIGHTLY)
def look_everywhere(**_: Any) -> None:
    """Each night: one job for each landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            look.delay()
