"""Forgetting whom we told, once nobody is to know any more who spoke."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import transaction

from actionplans.feedback.models import Feedback
from actionplans.replies.hearers import Telling, state_of, told_moment
from actionplans.replies.models import Reply, Verdict
from involvement.auditing.actors import Actor
from involvement.delivery.models import Message
from residents.participation.operations import NOT_OURS
from residents.privacy.ports import A_RESIDENT

ERASED: Final = "Erased with the person it was for"


# What stands in a message once the person it was for is forgotten.
EMPTIED: Final[dict[str, str | Callable[[Message], str] | None]] = {
    "to_name": A_RESIDENT,
    "to_address": ERASED,
    "body": ERASED,
    "link": "",
    "unsubscribe_url": "",
    "failure": "",
    "state": lambda message: message.state_when_forgotten,
    "next_attempt_at": None,
    "lease_ends_at": None,
}


class WhoWasTold:
    """What the log asks for: see `feedback.ports.WhoWasTold`."""

    @transaction.atomic
    def forget(self, rows: Sequence[Feedback], *, by: Actor, at: dt.datetime) -> None:
        """Take the person off the replies and off the answers to “did it happen?”.

        A message stays with the replies it is for as long as one of them is somebody's; then it is
        emptied, its key too, which names the person.
        """
        replies = list(
            Reply.objects.filter(feedback__in=[row.pk for row in rows], person__isnull=False)
            .select_related("message")
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        messages = {r.message_id for r in replies if r.message_id}
        never_went = {r.message_id for r in replies if r.message_id and not _is_told(r)}
        for reply in replies:
            reply.person, reply.note, reply.by_behalf = None, "", ""
            if _is_told(reply):
                reply.message, reply.told_at = None, told_moment(reply)
        fields = ["person", "note", "by_behalf", "message", "told_at"]
        Reply.objects.bulk_update(replies, fields, batch_size=500)
        asked = Verdict.objects.filter(reply__in=[reply.pk for reply in replies])
        messages |= set(asked.exclude(message=None).values_list("message", flat=True))
        asked.filter(by_kind__in=NOT_OURS).update(by_name=A_RESIDENT, by_key=None)
        asked.update(by_behalf="", message=None)
        still = Reply.objects.filter(message__in=messages, person__isnull=False)
        shared = set(still.values_list("message", flat=True))
        _empty((messages - shared) | never_went)


def _is_told(reply: Reply) -> bool:
    return state_of(reply) == Telling.TOLD


def _empty(keys: set[Any]) -> None:
    messages = list(Message.objects.filter(pk__in=keys).order_by("pk"))
    for message in messages:
        for name, value in EMPTIED.items():
            setattr(message, name, value(message) if callable(value) else value)
        message.key = f"forgotten:{message.pk}"
    Message.objects.bulk_update(messages, [*EMPTIED, "key"], batch_size=500)


WHO_WAS_TOLD = WhoWasTold()
