"""What somebody is still to be told, and to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse

from actionplans.replies.models import Verdict
from actionplans.replies.queries import still_to_tell_person
from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.people.policies import can_be_written_to
from residents.phone.ports import Due, DueTeller

SHOWN = 20


def tell(person: Person, today: dt.date) -> Sequence[Due]:
    """Decisions on what they said of which they have not heard, and questions they can answer."""
    if not can_be_written_to(person):
        return []
    return [*_to_tell(person, today), *_to_ask(person)]


def _to_tell(person: Person, today: dt.date) -> Iterator[Due]:
    for decision in still_to_tell_person(person)[:SHOWN]:
        yield Due(
            f"Tell them what was decided about “{decision.theme.title}”",
            reverse("decisions:decision_detail", args=[decision.pk]),
            on=decision.told_due_on,
            is_late=decision.told_due_on < today,
            note=decision.get_result_display(),
        )


def _to_ask(person: Person) -> Iterator[Due]:
    rows = Verdict.objects.filter(reply__person=person, answered_at__isnull=True)
    for verdict in rows.select_related("reply__decision__theme").order_by("pk")[:SHOWN]:
        yield Due(
            f"Ask whether it happened: “{verdict.reply.decision.theme.title}”",
            reverse("replies:verdict_key_in", args=[verdict.pk]),
            is_owed=False,
            note="Their answer is taken down now",
        )


DUES = DueTeller("what they are to be told", Permission.REPLY_SEND, tell)
