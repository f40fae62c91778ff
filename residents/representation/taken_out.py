"""How many have told us who they are, to be taken out: shares, and never anybody's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport
from residents.representation.completeness import Known
from residents.representation.known import known_now


def _known(_narrowed: Mapping[str, str]) -> list[Known]:
    return known_now(timezone.localdate()).rows


def _cells(row: Known) -> list[str]:
    percent = "not shown" if row.percent is None else f"{row.percent}%"
    return [row.name, row.part, percent, str(row.total), row.against]


LISTS: Final = (
    ListToExport(
        "completeness",
        "How many have told us",
        ("Question", "Part", "Known of", "Residents", "Against the target"),
        _known,
        _cells,
        "representation:completeness",
        of_people=False,
        also=(Permission.EQUALITY_READ,),
    ),
)
