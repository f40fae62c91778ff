"""Which lines somebody should be reminded of today, and whom to write to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from actionplans.plans.models import Line, LineOwner, Plan, Reminder
from actionplans.plans.queries.lines import FINISHED, listed
from involvement.accounts.models import StaffMember
from involvement.landlords.models import Landlord

BEFORE: Final = dt.timedelta(days=14)
# What is late for longer stands on the late list; nobody is written to about it for the first time.
AFTER: Final = dt.timedelta(days=31)


@dataclass(frozen=True)
class Due:
    """One line to remind one address of."""

    line: Line
    due_on: dt.date
    kind: str
    name: str
    email: str
    staff: StaffMember | None

    @property
    def key(self) -> tuple[int, str, dt.date, str]:
        """What makes the reminder go once."""
        return self.line.pk, self.kind, self.due_on, self.email


def due_reminders(landlord: Landlord, *, today: dt.date) -> list[Due]:
    """The reminders that have not gone yet, by address and then by due date; of agreed plans only."""
    lines: QuerySet[Line] = (
        listed()
        .filter(due_on__range=(today - AFTER, today + BEFORE), plan__state__in=Plan.PROMISED)
        .exclude(status__in=FINISHED)
        .select_related("plan")
        .prefetch_related("owners__staff")
        .order_by("due_on", "pk")
    )
    gone = set(
        Reminder.objects.filter(line__in=lines.order_by().values("pk")).values_list(
            "line_id", "kind", "due_on", "email"
        )
    )
    wanted = [due for line in lines for due in _recipients(line, landlord, today)]
    return sorted((due for due in wanted if due.key not in gone), key=lambda due: due.email)


def _recipients(line: Line, landlord: Landlord, today: dt.date) -> Iterator[Due]:
    due_on = line.due_on
    if due_on is None:
        return
    kind = Reminder.Kind.AFTER if due_on < today else Reminder.Kind.BEFORE
    reached = {
        owner.staff.email: owner.staff
        for owner in line.owners.all()
        if owner.part == LineOwner.Part.OWNS
        and owner.staff is not None
        and owner.staff.email
        and owner.staff.left_on is None
    }
    for email, staff in reached.items():
        yield Due(line, due_on, kind, staff.name, email, staff)
    if not reached and landlord.contact_email:
        yield Due(
            line, due_on, kind, landlord.contact_name or landlord.name, landlord.contact_email, None
        )
