"""Who waits for a reply, as rows of a list: soonest promised first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from actionplans.decisions.models import Decision
from actionplans.feedback.models import ThemeEntry
from actionplans.replies.hearers import ALL, Hearer, Telling, hearers_of, not_told
from actionplans.replies.queries import waiting_entries
from involvement.calendars.words import count
from involvement.calendars.working_days import working_days_between

AT_ONCE: Final = 1_000
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
        if self.hearer.channel.value == "TEXT" and any(
            reply.message is not None and reply.message.by_itself for reply in self.hearer.replies
        ):
            return "text on its way"
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


def count_due(decisions: QuerySet[Decision]) -> int:
    """How many people and groups have not been told of these decisions, each once for a decision."""
    speakers = waiting_entries(decisions).order_by()
    return speakers.values("theme", "feedback__person", "feedback__body").distinct().count()


def everybody_due(decisions: QuerySet[Decision], today: dt.date) -> Iterator[Due]:
    """Whoever has not been told of these decisions, in their order and by name, however many; about
    AT_ONCE of them are read at a time."""
    for batch, among in _batches(decisions):
        rows = hearers_of(batch, among=among)
        for decision in batch:
            late = days_late(decision, today)
            yield from (Due(hearer, decision, late) for hearer in not_told(rows[decision.pk]))


def _batches(decisions: QuerySet[Decision]) -> Iterator[tuple[list[Decision], Q]]:
    """Decisions, few or many according to how many wait; one of very many comes in parts."""
    waiting = _waiting_by_theme(decisions)
    batch: list[Decision] = []
    held = 0
    for decision in decisions.iterator(chunk_size=AT_ONCE):
        number = waiting[decision.theme_id]
        if batch and held + number > AT_ONCE:
            yield batch, ALL
            batch, held = [], 0
        if number > AT_ONCE:
            yield from (([decision], part) for part in _parts(decisions, decision))
        else:
            batch.append(decision)
            held += number
    if batch:
        yield batch, ALL


def _waiting_by_theme(decisions: QuerySet[Decision]) -> Counter[int]:
    rows = waiting_entries(decisions).order_by().values("theme").annotate(number=Count("pk"))
    return Counter({row["theme"]: row["number"] for row in rows})


def _parts(decisions: QuerySet[Decision], decision: Decision) -> Iterator[Q]:
    """Those who wait to hear of one decision, AT_ONCE at a time, by name as `hearers_of` sorts."""
    rows = waiting_entries(decisions).filter(theme=decision.theme_id).order_by()
    people = rows.filter(feedback__person__isnull=False)
    bodies = rows.filter(feedback__body__isnull=False)
    found = [
        *((name.lower(), f"p{key}") for key, name in _named(people, "feedback__person")),
        *((name.lower(), f"b{key}") for key, name in _named(bodies, "feedback__body")),
    ]
    found.sort()
    for start in range(0, len(found), AT_ONCE):
        keys = [key for _name, key in found[start : start + AT_ONCE]]
        yield Q(feedback__person__in=[int(key[1:]) for key in keys if key[0] == "p"]) | Q(
            feedback__body__in=[int(key[1:]) for key in keys if key[0] == "b"]
        )


def _named(rows: QuerySet[ThemeEntry], speaker: str) -> Iterable[tuple[int, str]]:
    found: Iterable[tuple[int, str]] = rows.values_list(speaker, f"{speaker}__name").distinct()
    return found


def days_late(decision: Decision, today: dt.date) -> int:
    """Working days since everybody was to be told; 0 while the promise holds."""
    if today <= decision.told_due_on:
        return 0
    return working_days_between(decision.told_due_on, today).days
