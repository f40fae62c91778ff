from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords
from residents.segments import operations


@landlord_task(queue=Queue.NIGHTLY)
def count_segments(**_: Any) -> None:
    """Count every segment of the landlord anew."""
    operations.count_all_anew(by=job("The nightly count"), at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def count_everywhere(**_: Any) -> None:
    """Each night: one job for each landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            count_segments.delay()
