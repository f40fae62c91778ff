from __future__ import annotations

from typing import Any

from django.utils import timezone

from actionplans.replies import operations, policies, queries
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.isolation.tasks import Queue, fan_out_task, landlord_task
from involvement.landlords.queries import all_landlords


@landlord_task(queue=Queue.SOON)
def note_replies(**_: Any) -> None:
    """Take over from the outbox which replies went and which came back."""
    operations.note_what_went(by=job("The outbox"), at=timezone.now())


@landlord_task(queue=Queue.NIGHTLY)
def ask_whether_it_happened(**_: Any) -> None:
    """Ask, weeks after they were told, whether what was promised happened; each person once."""
    at = timezone.now()
    for decision in list(queries.due_to_be_asked(at - policies.ASKED_AFTER)[:500]):
        operations.ask_whether_it_happened(
            decision=decision, by=job("The question weeks later"), at=at
        )


@fan_out_task(queue=Queue.NIGHTLY)
def note_all_replies(**_: Any) -> None:
    """Every ten minutes, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            note_replies.delay()


@fan_out_task(queue=Queue.NIGHTLY)
def ask_everywhere(**_: Any) -> None:
    """Every morning, for every landlord."""
    for landlord in all_landlords():
        with landlord_scope(landlord):
            ask_whether_it_happened.delay()
