"""Broken threads: what kinds there are, whose they are, and the oldest of them.

Counts stop at a thousand and lists at a screenful, so that fifty thousand rows cost as much as ten.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.queries import feedback_with_speakers
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.queries import claimed_without_evidence
from actionplans.plans.models import Line
from actionplans.replies.queries import not_everybody_told
from actionplans.thread.stations import EVIDENCE_WITHIN, LINE_WITHIN, Thread, read_threads
from involvement.accounts.models import Team
from involvement.calendars.days import start_of_day
from involvement.landlords.models import Landlord

COUNTED: Final = 1000
PAGE: Final = 25
KINDS: Final[dict[str, str]] = {
    "NO_THEME": "In no theme",
    "NO_DECISION": "No decision",
    "NOT_TOLD": "People not told",
    "NO_LINE": "Agreed, with no line or outcome",
    "NO_EVIDENCE": "Claimed without evidence",
    "CONTRADICTED": "Residents say it did not happen",
}
_TEAM = Coalesce("theme__owner_team", "theme__owner_staff__team")


@dataclass(frozen=True)
class Break:
    """One cut: its kind, the key of the row it hangs on, since when it should have been tied.

    `theme` is the key of its theme, of the feedback itself where that is in none.
    """

    kind: str
    ref: int
    since: dt.date
    team: int | None
    theme: int
    days: int
    thread: Thread | None = None
    feedback: Feedback | None = None

    @property
    def value(self) -> str:
        """What a tick beside it sends: "NO_DECISION:41"."""
        return f"{self.kind}:{self.ref}"


@dataclass(frozen=True)
class NamedBreak:
    """One cut as a line of a list: what it is about and whose it is, in words."""

    kind: str
    title: str
    since: dt.date
    days: int
    team: str


def broken(kind: str, landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    """The broken threads of one kind with `since`, `whose` (a team) and `about` (a theme's key)."""
    return _BROKEN[kind](landlord, today)


def oldest_broken(
    landlord: Landlord,
    today: dt.date,
    *,
    kinds: Iterable[str] = KINDS,
    team: str = "",
    start: int = 0,
    limit: int = PAGE,
) -> list[Break]:
    """The oldest breaks of these kinds and of a team ("none" for no team), from `start` on."""
    return _filled(_oldest(landlord, today, kinds, team, start + limit)[start:], today)


def broken_page(
    landlord: Landlord, today: dt.date, *, kinds: Iterable[str], team: str, page: int, size: int
) -> tuple[list[Break], int]:
    """One page of the oldest breaks, and how many stand on the next."""
    found = _oldest(landlord, today, kinds, team, (page + 1) * size)
    start, end = (page - 1) * size, page * size
    return _filled(found[start:end], today), len(found[end:])


def _oldest(
    landlord: Landlord, today: dt.date, kinds: Iterable[str], team: str, limit: int
) -> list[Break]:
    found: list[Break] = []
    for kind in kinds:
        rows = of_team(broken(kind, landlord, today), team)
        values = rows.order_by("since", "pk").values_list("pk", "since", "whose", "about")
        found += [
            Break(kind, pk, since, whose, about, (today - since).days)
            for pk, since, whose, about in values[:limit]
        ]
    found.sort(key=lambda one: (one.since, one.kind, one.ref))
    return found[:limit]


def count_every(
    landlord: Landlord, today: dt.date, *, kinds: Iterable[str] = KINDS, team: str = ""
) -> int:
    """How many breaks of these kinds a team has, however many."""
    return sum(of_team(broken(kind, landlord, today), team).order_by().count() for kind in kinds)


def every_broken(
    landlord: Landlord, today: dt.date, *, kinds: Iterable[str] = KINDS, team: str = ""
) -> Iterator[NamedBreak]:
    """Every break of these kinds and of a team, the oldest first, in one query for each kind. Few
    are in memory at once."""
    names = {team.pk: team.name for team in Team.objects.order_by("pk")}
    columns = [_in_order(kind, landlord, today, team) for kind in kinds]
    for (since, kind, _key), whose, title in heapq.merge(*columns, key=itemgetter(0)):
        yield NamedBreak(kind, title, since, (today - since).days, names.get(whose, "No team yet"))


def _in_order(kind: str, landlord: Landlord, today: dt.date, team: str) -> Iterator[Any]:
    rows = of_team(broken(kind, landlord, today), team).order_by("since", "pk")
    values = rows.values_list("pk", "since", "whose", _TITLE[kind])
    for key, since, whose, title in values.iterator(chunk_size=2000):
        yield (since, kind, key), whose, title


def of_team(rows: QuerySet[Any], team: str) -> QuerySet[Any]:
    """The breaks of a team: its key, "none" for no team yet, "" for whatever team."""
    if team == "none":
        return rows.filter(whose__isnull=True)
    return rows.filter(whose=int(team)) if team.isdecimal() else rows


def _filled(rows: list[Break], today: dt.date) -> list[Break]:
    """The same breaks with threads and feedback read, in as many queries for all as for one."""
    themes = Theme.objects.select_related("owner_team", "owner_staff").filter(
        pk__in={row.theme for row in rows if row.kind != "NO_THEME"}
    )
    threads = {thread.theme.pk: thread for thread in read_threads(themes.order_by("pk"), today)}
    loose = feedback_with_speakers().filter(
        pk__in=[row.ref for row in rows if row.kind == "NO_THEME"]
    )
    said = {one.pk: one for one in loose.order_by("pk")}
    return [
        replace(row, feedback=said.get(row.ref))
        if row.kind == "NO_THEME"
        else replace(row, thread=threads.get(row.theme))
        for row in rows
    ]


def _no_theme(landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    promised = today - dt.timedelta(days=landlord.decision_days)
    rows: QuerySet[Any] = Feedback.objects.filter(
        in_a_theme=False, state=Feedback.State.OPEN, said_on__lt=promised
    ).annotate(since=F("said_on"), whose=F("team"), about=F("pk"))
    return rows


def _no_decision(landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Theme.objects.filter(
        state=Theme.State.OPEN, decision_due__lt=today
    ).annotate(
        since=F("decision_due"), whose=Coalesce("owner_team", "owner_staff__team"), about=F("pk")
    )
    return rows


def _not_told(landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = (
        not_everybody_told()
        .filter(told_due_on__lt=today)
        .annotate(since=F("told_due_on"), whose=_TEAM, about=F("theme"))
    )
    return rows


def _no_line(landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    done = Outcome.objects.filter(decision=OuterRef("pk"), withdrawn_at__isnull=True)
    rows: QuerySet[Any] = (
        Decision.objects.filter(
            ~Exists(Line.objects.filter(arose_from__theme=OuterRef("theme"))),
            ~Exists(done),
            replaced_by__isnull=True,
            decided_on__lt=today - LINE_WITHIN,
        )
        .exclude(result=Decision.Result.NOT_AGREED)
        .annotate(since=F("decided_on"), whose=_TEAM, about=F("theme"))
    )
    return rows


def _no_evidence(landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    midnight = start_of_day(today - EVIDENCE_WITHIN)
    theme = "decision__theme"
    rows: QuerySet[Any] = claimed_without_evidence(midnight).annotate(
        since=TruncDate("recorded_at"),
        whose=Coalesce(f"{theme}__owner_team", f"{theme}__owner_staff__team"),
        about=F(theme),
    )
    return rows


def _contradicted(landlord: Landlord, today: dt.date) -> QuerySet[Any]:
    answered = Q(replies__verdicts__answered_at__isnull=False)
    rows: QuerySet[Any] = (
        Decision.objects.filter(replaced_by__isnull=True)
        .annotate(
            answers=Count("replies__verdicts", filter=answered),
            noes=Count("replies__verdicts", filter=Q(replies__verdicts__answer="NO")),
            since=F("decided_on"),
            whose=_TEAM,
            about=F("theme"),
        )
        .filter(noes__gt=0, noes__gte=F("answers") - F("noes"))
    )
    return rows


# What a break of each kind is about: what was said, or the name of its theme
_TITLE: Final = {
    "NO_THEME": "words",
    "NO_DECISION": "title",
    "NOT_TOLD": "theme__title",
    "NO_LINE": "theme__title",
    "NO_EVIDENCE": "decision__theme__title",
    "CONTRADICTED": "theme__title",
}
_BROKEN: Final = {
    "NO_THEME": _no_theme,
    "NO_DECISION": _no_decision,
    "NOT_TOLD": _not_told,
    "NO_LINE": _no_line,
    "NO_EVIDENCE": _no_evidence,
    "CONTRADICTED": _contradicted,
}
