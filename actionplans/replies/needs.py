"""The questions on a resident's first page: did it happen?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from actionplans.replies.models import Verdict
from residents.people.models import Person
from residents.signin.ports import Need, NeedTeller

SHOWN = 3


def tell(person: Person, today: dt.date) -> Sequence[Need]:
    """What they were told had been done, and have not said yet whether it was."""
    rows = Verdict.objects.filter(reply__person=person, answered_at__isnull=True)
    return [
        Need(
            title="Did it happen?",
            words=f"You told us about “{row.reply.decision.theme.title}”, and we say it is done.",
            act="Say whether it happened",
            url=reverse("replies_my:verdict_answer", args=[row.pk]),
        )
        for row in rows.select_related("reply__decision__theme").order_by("asked_at", "pk")[:SHOWN]
    ]


NEEDS = NeedTeller("whether it happened", "may_speak", tell)
