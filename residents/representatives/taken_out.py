"""Who may act for whom, to be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, iso
from residents.representatives.models import Authority
from residents.representatives.queries import listed


def _authorities(narrowed: Mapping[str, str]) -> QuerySet[Authority]:
    return listed(timezone.localdate(), over=narrowed.get("over") == "1")


def _authority(row: Authority) -> list[str]:
    return [
        row.representative.reference,
        row.representative.name,
        row.representative.phone,
        row.representative.email,
        row.get_kind_display(),
        row.person.reference,
        row.person.name,
        "; ".join(row.scope),
        row.get_evidence_display(),
        iso(row.evidence_seen_on),
        iso(row.began_on),
        iso(row.ends_on),
        iso(timezone.localdate(row.ended_at) if row.ended_at else None),
        row.ended_why,
    ]


LISTS: Final = (
    ListToExport(
        "who-acts",
        "Who may act for whom",
        (
            "Who acts: reference",
            "Who acts",
            "Telephone",
            "E-mail",
            "As",
            "For: reference",
            "For whom",
            "What they may do",
            "Evidence seen",
            "Seen on",
            "From",
            "Until",
            "Ended",
            "Why it ended",
        ),
        _authorities,
        _authority,
        "representatives:authority_list",
        narrowed_by=("over",),
        also=(Permission.PEOPLE_READ,),
    ),
)
