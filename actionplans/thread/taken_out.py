"""The broken threads, to be taken out: all of them, where the page shows the oldest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from actionplans.thread import queries
from actionplans.thread.forms import BreakFilters
from actionplans.thread.queries import NamedBreak
from involvement.accounts.permissions import Permission
from involvement.landlords.queries import landlord_in_scope
from involvement.wiring.lists import ListToExport, Streamed, iso


def _broken(narrowed: Mapping[str, str]) -> Streamed:
    form = BreakFilters(dict(narrowed))
    form.is_valid()
    kind, team = form.cleaned_data.get("kind", ""), form.cleaned_data.get("team", "")
    here, today = landlord_in_scope(), timezone.localdate()
    kinds = [kind] if kind else list(queries.KINDS)
    return Streamed(
        lambda: queries.count_every(here, today, kinds=kinds, team=team),
        lambda: queries.every_broken(here, today, kinds=kinds, team=team),
    )


def _cells(row: NamedBreak) -> list[str]:
    return [row.title, queries.KINDS[row.kind], iso(row.since), str(row.days), row.team]


LISTS: Final = (
    ListToExport(
        "broken-threads",
        "Broken threads",
        ("What it is about", "Where it breaks", "Since", "Days", "Team"),
        _broken,
        _cells,
        "thread:broken_list",
        of_people=False,
        narrowed_by=("kind", "team"),
        also=(Permission.FEEDBACK_READ,),
    ),
)
