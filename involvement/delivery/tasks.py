from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from involvement.delivery import operations, queries
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords


@landlord_task(queue=Queue.SOON)
def send_outbox(**_: Any) -> None:
    """Send the landlord's waiting e-mails, each once however often this runs."""
    for key in list(queries.due_now().values_list("pk", flat=True)[:500]):
        operations.send_email(message_id=key, sender=settings.DEFAULT_FROM_EMAIL, at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def retry_outboxes(**_: Any) -> None:
    """Every quarter of an hour: whatever did not go is tried again."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            send_outbox.delay()
