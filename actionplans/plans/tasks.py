from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.operations.reminding import remind
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.scope import landlord_id
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.models import Landlord
from involvement.landlords.queries import all_landlords, landlord_by_key


@landlord_task(queue=Queue.NIGHTLY)
def remind_owners(**_: Any) -> None:
    """Remind the landlord's owners of what is due, each line once however often this runs."""
    landlord = landlord_by_key(landlord_id())
    if landlord is not None:
        by = job("The morning's reminders")
        remind(landlord=landlord, url_of=_url_of(landlord), by=by, at=timezone.now())


@fan_out_task(queue=Queue.NIGHTLY)
def remind_everybody(**_: Any) -> None:
    """Each morning: one job for each landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            remind_owners.delay()


def _url_of(landlord: Landlord) -> Any:
    """Makes a link at the landlord's own host, where no request says what it is."""
    scheme = "https" if settings.PRODUCTION else "http"
    own = landlord.domains.order_by("pk").values_list("host", flat=True).first()
    host = own or f"{landlord.slug}.{settings.BASE_DOMAIN}"

    def url_of(token: str) -> str:
        return f"{scheme}://{host}{reverse('plans_public:update', args=[token])}"

    return url_of
