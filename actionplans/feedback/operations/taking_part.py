from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor
from residents.participation import operations as participation
from residents.participation.models import Participation

AT_ONCE: Final = 5000


@transaction.atomic
def count_as_taking_part(*, by: Actor, at: dt.datetime) -> int:
    """Whoever told us something took part: keep that fact for all that is not counted yet.

    Where the speaker was found to be somebody else, the fact moves to them. At most 5,000 at once.
    Returns how many facts are new or moved.
    """
    source = Concat(Value("feedback "), Cast(OuterRef("pk"), CharField()))
    counted = Participation.objects.filter(source=source)
    said: QuerySet[Feedback, Any] = (
        Feedback.objects.filter(person__isnull=False)
        .annotate(
            counted=Subquery(counted.values("pk")[:1]),
            counted_for=Subquery(counted.values("person_id")[:1]),
        )
        .filter(Q(counted__isnull=True) | ~Q(person_id=F("counted_for")))
        .select_related("person", "person__home")
        .order_by("pk")[:AT_ONCE]
    )
    new, moved = [], 0
    for feedback in said:
        if feedback.counted is None:
            new.append(_fact(feedback))
        else:
            moved += Participation.objects.filter(pk=feedback.counted).update(
                **participation.as_they_are(feedback.person)
            )
    return participation.keep_facts(rows=new, by=by, at=at) + moved


def _fact(feedback: Feedback) -> Participation:
    words = feedback.source_words or feedback.get_source_kind_display()
    return Participation(
        kind=Participation.Kind.SAID,
        label=words[:200],
        began_on=feedback.said_on,
        channel=feedback.by_channel,
        source=f"feedback {feedback.pk}",
        is_demo=feedback.is_demo,
        **participation.as_they_are(feedback.person),
    )
