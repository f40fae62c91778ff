from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import Channel, job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords, landlord_in_scope
from residents.signin import operations
from residents.signin.reached import Address


@landlord_task(queue=Queue.SOON)
def send_code(*, channel: str, words: str, **_: Any) -> None:
    """Look for whom an address reaches and send them a code: here, where nobody can watch how long
    it takes."""
    operations.send_code(
        address=Address(Channel(channel), words),
        landlord=landlord_in_scope(),
        by=job("The sign-in page"),
        at=timezone.now(),
    )


@landlord_task(queue=Queue.NIGHTLY)
def tidy(**_: Any) -> None:
    """Delete codes, sessions and calls that are long over."""
    operations.tidy(by=job("Housekeeping"), at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def tidy_everywhere(**_: Any) -> None:
    """Every night, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            tidy.delay()
