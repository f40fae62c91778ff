from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from actionplans.plans.operations.reminding import remind
from involvement.accounts.addresses import whole_address
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.scope import landlord_id
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords, landlord_by_key


@landlord_task(queue=Queue.NIGHTLY)
def remind_owners(**_: Any) -> None:
    """Remind the landlord's owners of what is due, each line once however often this runs."""
    landlord = landlord_by_key(landlord_id())
    if landlord is not None:
        by = job("The morning's reminders")
        url_of = partial(whole_address, landlord, "plans_public:update")
        remind(landlord=landlord, url_of=url_of, by=by, at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def remind_everybody(**_: Any) -> None:
    """Each morning: one job for each landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            remind_owners.delay()
