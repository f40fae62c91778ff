from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords
from residents.exports import operations, queries

WORKER = job("The writer of lists")


@landlord_task(queue=Queue.REPORTS)
def make_export(*, export_id: int, **_: Any) -> None:
    """Write the file of a long list."""
    export = queries.exports().filter(pk=export_id).first()
    if export is not None:
        operations.make_export(export=export, by=WORKER, at=timezone.now())


@landlord_task(queue=Queue.NIGHTLY)
def delete_expired(**_: Any) -> None:
    """Delete the landlord's files that have been kept long enough."""
    operations.delete_expired(by=WORKER, at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def delete_expired_everywhere(**_: Any) -> None:
    """Every night, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            delete_expired.delay()
