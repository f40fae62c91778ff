"""How long the log keeps who said what."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import Q, QuerySet

from actionplans.feedback.models import Feedback, SpeakerKind
from actionplans.feedback.operations.keeping import forget_speakers
from residents.privacy.kinds import Kind, Then


def _due(day: dt.date) -> QuerySet[Any]:
    """What was answered or noted, by people we know or who left a name. A group stays named."""
    rows: QuerySet[Any] = Feedback.objects.filter(
        Q(speaker_kind=SpeakerKind.PERSON) | ~Q(speaker_words=""), said_on__lte=day
    ).exclude(state=Feedback.State.OPEN)
    return rows.select_related("person", "body").order_by("said_on", "pk")


KINDS: Final = (
    Kind(
        key="feedback",
        label="Who said what to us",
        starts="from the day it was said, once it is answered",
        months=72,
        then=Then.PSEUDONYMISE,
        source="Six years, in which a decision may be questioned (Limitation Act 1980). The words and "
        "what became of them stay; who said them does not.",
        may=(Then.PSEUDONYMISE, Then.KEEP),
        due=_due,
        apply=lambda rows, _then, by, at: forget_speakers(rows=rows, by=by, at=at),
        name_of=lambda row: f"{row.speaker}: {row}",
        person_of=lambda row: row.person_id,
    ),
)
