"""Every list that came, to be taken out: what it was and what became of it, nobody's row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, iso
from residents.feeds.models import Intake
from residents.feeds.queries import intakes


def _intakes(_narrowed: Mapping[str, str]) -> QuerySet[Intake]:
    return intakes()


def _intake(row: Intake) -> list[str]:
    counts = (row.rows_read, row.created, row.changed, row.unchanged, row.leavers, row.refused)
    return [
        row.name,
        str(row.source),
        row.get_how_display(),
        row.by_words,
        iso(timezone.localdate(row.arrived_at)),
        row.get_mode_display(),
        row.get_state_display(),
        iso(timezone.localdate(row.settled_at) if row.settled_at else None),
        row.why,
        *map(str, counts),
    ]


LISTS: Final = (
    ListToExport(
        "lists-in",
        "Lists that came",
        (
            "File",
            "From",
            "How it came",
            "By",
            "Came",
            "What it holds",
            "What became of it",
            "Settled",
            "Why",
            "Rows",
            "New",
            "Changed",
            "Unchanged",
            "Left",
            "Refused",
        ),
        _intakes,
        _intake,
        "feeds:feed_list",
        of_people=False,
        also=(Permission.PEOPLE_IMPORT,),
    ),
)
