"""Taking the names off what was said, once it has been kept long enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from actionplans.feedback.models import Feedback, SpeakerKind
from actionplans.feedback.ports import WhoWasTold
from involvement.auditing.actors import Actor
from involvement.wiring import port
from residents.participation.models import Participation
from residents.participation.operations import NOT_OURS, forget_who
from residents.privacy.ports import A_RESIDENT


@transaction.atomic
def forget_speakers(*, rows: Sequence[Feedback], by: Actor, at: dt.datetime) -> int:
    """Leave the words and what became of them, and nobody they lead back to. Returns how many.

    That they took part by saying it is counted on, without them, and so is that they were told.
    """
    told: WhoWasTold = port("feedback.who_was_told")
    told.forget(rows, by=by, at=at)
    said = Feedback.objects.filter(pk__in=[row.pk for row in rows])
    said.filter(by_kind__in=NOT_OURS).update(by_name=A_RESIDENT, by_key=None)
    facts = Participation.objects.filter(source__in=[f"feedback {row.pk}" for row in rows])
    forget_who(rows=list(facts.order_by("pk")), by=by, at=at)
    done: int = said.update(
        speaker_kind=SpeakerKind.ANONYMOUS,
        person=None,
        speaker_words="",
        wants_reply=False,
        by_behalf="",
        message_id="",
        extra={},
    )
    return done
