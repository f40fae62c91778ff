"""The decisions in force, to be taken out with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from actionplans.decisions.forms import DecisionFilters
from actionplans.decisions.models import Decision
from actionplans.decisions.queries import narrowed_to
from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, iso


def _decisions(narrowed: Mapping[str, str]) -> QuerySet[Decision]:
    form = DecisionFilters(dict(narrowed))
    form.is_valid()
    return narrowed_to(timezone.localdate(), **form.cleaned_data)


def _decision(row: Decision) -> list[str]:
    return [
        row.theme.title,
        row.what,
        row.decided_by,
        iso(row.decided_on),
        row.get_result_display(),
        row.because,
        row.get_reason_display(),
        row.votes,
        row.minority_view,
        iso(row.look_again_on),
        iso(row.told_due_on),
    ]


LISTS: Final = (
    ListToExport(
        "decisions",
        "Decisions",
        (
            "Theme",
            "What was decided",
            "Decided by",
            "On",
            "Result",
            "Why",
            "Kind of reason",
            "Votes",
            "Minority view",
            "Look again on",
            "Everybody told by",
        ),
        _decisions,
        _decision,
        "decisions:decision_list",
        of_people=False,
        narrowed_by=("result", "body", "again"),
        also=(Permission.FEEDBACK_READ,),
    ),
)
