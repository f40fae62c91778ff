"""Everybody who waits for a reply, to be taken out: all of a decision, where its page shows a few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from actionplans.replies.due import Due, count_due, everybody_due
from actionplans.replies.queries import still_to_tell
from involvement.accounts.permissions import Permission
from involvement.wiring.lists import ListToExport, Streamed, iso


def _due(narrowed: Mapping[str, str]) -> Streamed:
    today = timezone.localdate()
    decisions = still_to_tell(today, late_only=narrowed.get("late") == "1")
    return Streamed(lambda: count_due(decisions), lambda: everybody_due(decisions, today))


def _cells(row: Due) -> list[str]:
    return [
        row.hearer.person.reference if row.hearer.person else "",
        row.hearer.name,
        row.how,
        row.standing,
        row.decision.theme.title,
        row.decision.get_result_display(),
        iso(row.decision.told_due_on),
        row.late,
    ]


LISTS: Final = (
    ListToExport(
        "replies-due",
        "Replies due",
        ("Person reference", "Who", "How", "How far it is", "About", "Result", "Due", "Late"),
        _due,
        _cells,
        "replies:replies_due",
        narrowed_by=("late",),
        also=(Permission.REPLY_SEND,),
    ),
)
