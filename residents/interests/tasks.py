from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords
from residents.interests import operations


@landlord_task(queue=Queue.NIGHTLY)
def pull_visits(**_: Any) -> None:
    """Put the visits of tenancies that began on the list."""
    operations.pull_visits(by=job("The register of tenancies"), at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def pull_visits_everywhere(**_: Any) -> None:
    """Every morning, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            pull_visits.delay()
