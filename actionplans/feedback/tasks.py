from __future__ import annotations

from typing import Any

from django.utils import timezone

from actionplans.feedback import operations
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords


@landlord_task(queue=Queue.NIGHTLY)
def count_as_taking_part(**_: Any) -> None:
    """Keep the fact that people took part by telling us something."""
    operations.count_as_taking_part(by=job("The count of who took part"), at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def count_everywhere(**_: Any) -> None:
    """Every hour, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            count_as_taking_part.delay()
