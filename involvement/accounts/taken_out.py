"""The directory of staff, to be taken out under the headings that our own import reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet

from involvement.accounts import queries
from involvement.accounts.models import Membership, StaffMember
from involvement.accounts.permissions import Permission
from involvement.accounts.staff_file import FIELDS
from involvement.wiring.lists import ListToExport, iso, key_in


def _directory(narrowed: Mapping[str, str]) -> QuerySet[StaffMember]:
    team = key_in(narrowed, "team")
    return queries.directory(
        words=narrowed.get("q", "").strip(),
        team=queries.teams().filter(pk=team).first() if team else None,
        left=narrowed.get("left") == "yes",
    )


def _colleague(row: StaffMember) -> list[str]:
    signs_in: list[Membership] = row.signs_in  # type: ignore[attr-defined]  # prefetched by the query
    roles = [each.get_role_display() if each.is_active else "Closed" for each in signs_in]
    return [
        row.name,
        row.initials,
        row.job_title,
        row.email,
        row.phone,
        str(row.team or ""),
        ", ".join(roles) or "No",
        iso(row.left_on),
    ]


LISTS: Final = (
    ListToExport(
        "staff",
        "Staff",
        (*(field.label for field in FIELDS), "Signs in", "Left on"),
        _directory,
        _colleague,
        "accounts:staff_list",
        of_people=False,
        narrowed_by=("q", "team", "left"),
        also=(Permission.DESK_OPEN,),
    ),
)
