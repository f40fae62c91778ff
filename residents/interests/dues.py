"""What we owe somebody who would like to take part, and the visit to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from involvement.accounts.permissions import Permission
from residents.interests.models import Expression
from residents.interests.queries.expressions import expressions_of
from residents.interests.queries.visits import visits_of
from residents.people.models import Person
from residents.people.policies import can_be_written_to
from residents.phone.ports import Due, DueTeller


def tell(person: Person, today: dt.date) -> Sequence[Due]:
    """Answers promised and not given, and visits to make."""
    if not can_be_written_to(person):
        return []
    waiting = expressions_of(person).filter(state=Expression.State.OPEN)
    visits = visits_of(person).filter(made_on__isnull=True, set_aside_on__isnull=True)
    return [
        *(
            Due(
                "Answer whether they can take part",
                reverse("interests:expression_detail", args=[row.pk]),
                on=row.due_on,
                is_late=row.due_on < today,
                note=f"{row.owner} looks after it" if row.owner else "Nobody looks after it yet",
            )
            for row in waiting
        ),
        *(
            Due(
                "A visit in their new home",
                reverse("interests:visit_detail", args=[row.pk]),
                on=row.due_on,
                is_owed=row.due_on < today,
                is_late=row.due_on < today,
                note=f"{row.officer} goes" if row.officer else "Nobody has taken it on yet",
            )
            for row in visits
        ),
    ]


DUES = DueTeller("answers and visits", Permission.PEOPLE_READ, tell)
