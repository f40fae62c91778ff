"""What is late in every plan, to be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from actionplans.plans.models import Line
from actionplans.plans.queries import lines, pages
from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, iso


def _late(_narrowed: Mapping[str, str]) -> QuerySet[Line]:
    return lines.late_lines(today=timezone.localdate())


def _line(row: Line) -> list[str]:
    today = timezone.localdate()
    return [
        str(row),
        row.plan.title,
        ", ".join(map(pages.person_name, row.owners.all())),
        row.deadline_words,
        iso(row.due_on),
        ", ".join(filter(None, [pages.reading(row), pages.how_late(row, today=today)])),
        row.get_status_display(),
    ]


LISTS: Final = (
    ListToExport(
        "late-lines",
        "What is late",
        ("Line", "Plan", "Owner", "Deadline", "Due on", "How late", "State"),
        _late,
        _line,
        "plans:late_list",
        of_people=False,
        also=(Permission.PLAN_READ,),
    ),
)
