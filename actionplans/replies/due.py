"""Who waits for a reply, as rows of a list: soonest promised first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from actionplans.decisions.models import Decision
from actionplans.replies.hearers import Hearer, Telling, hearers_of, not_told
from involvement.calendars.words import count
from involvement.calendars.working_days import working_days_between

OF_ONE: Final = 8
"""How many who wait to hear of one decision stand in a list; its own page has them all."""


@dataclass(frozen=True)
class Due:
    """One person or group who waits to hear of one decision.

    `more` is how many others wait to hear of it who are not shown; on the last of the decision.
    """

    hearer: Hearer
    decision: Decision
    days_late: int
    more: int = 0

    @property
    def late(self) -> str:
        """“3 working days late”, "" where the promise still holds."""
        return f"{count(self.days_late, 'working day')} late" if self.days_late else ""

    @property
    def how(self) -> str:
        """How they are to be told: “by letter, large print”."""
        words = str(self.hearer.channel.label)
        return f"{words}, {self.hearer.format_words}" if self.hearer.formats else words

    @property
    def icon(self) -> str:
        """The name of the icon beside it."""
        icons = {"POST": "mail", "PHONE": "phone", "TEXT": "text", "EMAIL": "online"}
        return icons.get(self.hearer.channel.value, "people")

    @property
    def standing(self) -> str:
        """How far telling them has come, in words."""
        if self.hearer.state == Telling.FAILED:
            return f"did not go: {self.hearer.failure}" if self.hearer.failure else "did not go"
        if self.hearer.state == Telling.WAITING:
            return "not written to yet"
        return {
            "POST": "letter to be printed and posted",
            "EMAIL": "e-mail on its way",
        }.get(self.hearer.channel.value, "on the list of calls")


def due_rows(decisions: Iterable[Decision], today: dt.date) -> list[Due]:
    """Whoever has not been told of these decisions, in their order and by name, at most OF_ONE of
    each decision."""
    decisions = list(decisions)
    rows = hearers_of(decisions)
    found = []
    for decision in decisions:
        waiting, late = not_told(rows[decision.pk]), days_late(decision, today)
        shown = waiting[:OF_ONE]
        rest = len(waiting) - len(shown)
        found += [
            Due(hearer, decision, late, rest if hearer is shown[-1] else 0) for hearer in shown
        ]
    return found


def everybody_due(decisions: Iterable[Decision], today: dt.date) -> list[Due]:
    """Whoever has not been told of these decisions, in their order and by name, however many."""
    decisions = list(decisions)
    rows = hearers_of(decisions)
    return [
        Due(hearer, decision, days_late(decision, today))
        for decision in decisions
        for hearer in not_told(rows[decision.pk])
    ]


def days_late(decision: Decision, today: dt.date) -> int:
    """Working days since everybody was to be told; 0 while the promise holds."""
    if today <= decision.told_due_on:
        return 0
    return working_days_between(decision.told_due_on, today).days
