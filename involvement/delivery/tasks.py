from __future__ import annotations

import math
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from involvement.delivery import operations, queries, sending
from involvement.delivery.models import InboundMessage, Message
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords

RUNNING = "delivery:running"
AGAIN = "delivery:again"


@landlord_task(queue=Queue.SOON)
def send_outbox(*, channel: str = Message.Channel.EMAIL, **_: Any) -> None:
    """Send what is due by a channel, one run at a time; a run comes again while there is more."""
    running = f"{RUNNING}:{channel}"
    if not cache.add(running, 1, 2 * sending.LONGEST_RUN):
        return
    try:
        sending.take_up(channel)
        wait = sending.send_due(channel)
    finally:
        cache.delete(running)
    if wait == 0:
        send_outbox.delay(channel=channel)
    elif wait and cache.add(f"{AGAIN}:{channel}", 1, math.ceil(wait)):
        send_outbox.apply_async(kwargs={"channel": channel}, countdown=math.ceil(wait))


@landlord_task(queue=Queue.SOON)
def hand_on(*, inbound: int, **_: Any) -> None:
    """Give what somebody wrote to whoever listens."""
    row = InboundMessage.objects.get(pk=inbound)
    operations.hand_on(inbound=row, by=sending.OUTBOX, at=timezone.now())


@fan_out_task(queue=Queue.SOON)
def look_into_outboxes(**_: Any) -> None:
    """Every minute: send what is due again, and ask after what nobody knows of."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            for channel in Message.CARRIED:
                if queries.has_to_do(timezone.now(), channel):
                    send_outbox.delay(channel=channel)
