from __future__ import annotations

import math
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from involvement.delivery import queries, sending
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords

RUNNING = "delivery:running"
AGAIN = "delivery:again"


@landlord_task(queue=Queue.SOON)
def send_outbox(**_: Any) -> None:
    """Send the landlord's due e-mails, one run at a time; a run comes again while there are more."""
    if not cache.add(RUNNING, 1, 2 * sending.LONGEST_RUN):
        return
    try:
        sending.take_up()
        wait = sending.send_due()
    finally:
        cache.delete(RUNNING)
    if wait == 0:
        send_outbox.delay()
    elif wait and cache.add(AGAIN, 1, math.ceil(wait)):
        send_outbox.apply_async(countdown=math.ceil(wait))


@fan_out_task(queue=Queue.SOON)
def look_into_outboxes(**_: Any) -> None:
    """Every minute: send what is due again, and ask after what a killed worker left."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            at = timezone.now()
            if queries.due(at).exists() or queries.without_word(at).exists():
                send_outbox.delay()
