from __future__ import annotations

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.models import Landlord
from residents.representation import operations


@landlord_task(queue=Queue.NIGHTLY)
def take_figures() -> None:
    """This quarter's tables of one landlord, where they are not there yet."""
    operations.take_figures(by=job("The quarterly timer"), at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def take_figures_everywhere() -> None:
    """A job for each landlord."""
    for landlord in Landlord.objects.order_by("pk"):
        with landlord_scope(landlord):
            take_figures.delay()
