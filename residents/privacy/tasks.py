from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords
from residents.privacy.operations import requests, retention
from residents.privacy.queries.requests import packs_over


@landlord_task(queue=Queue.NIGHTLY)
def let_go(**_: Any) -> None:
    """Warn of what will be let go, let go of what is over, and delete packs kept long enough."""
    by, at = job("The retention schedule"), timezone.now()
    retention.adopt_rules(by=by, at=at)
    retention.warn(by=by, at=at)
    retention.tidy_up(by=by, at=at)
    for request in packs_over(timezone.localdate(at)):
        requests.forget_pack(request=request, by=by, at=at)


@fan_out_task(queue=Queue.NIGHTLY)
def let_go_everywhere(**_: Any) -> None:
    """Each night: one job for each landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            let_go.delay()
