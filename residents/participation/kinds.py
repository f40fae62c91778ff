"""How long the register keeps who took part."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from residents.participation.models import Participation
from residents.participation.operations import forget_who
from residents.privacy.kinds import Kind, Then


def _due(day: dt.date) -> QuerySet[Any]:
    """What they took part in, all of it, where they have not taken part since.

    A fact that another record is the source of goes with that record.
    """
    later = Participation.objects.filter(
        Q(began_on__gt=day)
        | Q(ended_on__gt=day)
        | Q(kind=Participation.Kind.MEMBER, ended_on__isnull=True),
        person=OuterRef("person"),
        withdrawn_at__isnull=True,
    )
    rows: QuerySet[Any] = Participation.objects.filter(
        ~Exists(later), person__isnull=False, began_on__lte=day, source=""
    )
    return rows.select_related("person").order_by("began_on", "pk")


KINDS: Final = (
    Kind(
        key="taking-part",
        label="Who took part",
        starts="from the day they last took part in anything",
        months=36,
        then=Then.PSEUDONYMISE,
        source="As long as the figures of who takes part look back: three years. That somebody came "
        "stays counted, without their name (UK GDPR, article 5(1)(e)).",
        may=(Then.PSEUDONYMISE, Then.KEEP),
        due=_due,
        apply=lambda rows, _then, by, at: forget_who(rows=rows, by=by, at=at),
        name_of=lambda row: f"{row.who}: {row.label}",
        person_of=lambda row: row.person_id,
    ),
)
