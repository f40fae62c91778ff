"""How many threads are broken, of which kind and whose: one question for all of them.

Each kind is counted no further than COUNTED, and grouped where the rows are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db import connection
from django.db.models import F

from actionplans.thread.queries import COUNTED, KINDS, broken, of_team
from involvement.accounts.models import Team
from involvement.landlords.models import Landlord

# The oldest of a kind, one more than is counted, numbered and grouped
_OLDEST: Final = """
(SELECT %s AS kind, whose, count(*) FILTER (WHERE place <= %s) AS counted, count(*) AS found
   FROM (SELECT whose, row_number() OVER (ORDER BY since, key) AS place FROM ({rows}) AS oldest)
        AS numbered
  GROUP BY whose)"""


@dataclass(frozen=True)
class Counts:
    """How many threads are broken, by kind and the key of a team (None: no team yet)."""

    cells: dict[tuple[str, int | None], int]
    capped_kinds: frozenset[str]
    """The kinds of which there are more than were counted."""
    team_names: dict[int, str]

    @cached_property
    def by_kind(self) -> dict[str, int]:
        """How many there are of each kind."""
        numbers = Counter[str]()
        for (kind, _team), number in self.cells.items():
            numbers[kind] += number
        return {kind: numbers[kind] for kind in KINDS}

    @cached_property
    def by_team(self) -> list[tuple[int | None, str, int]]:
        """Key, name and number of each team that has some, the most first."""
        numbers = Counter[int | None]()
        for (_kind, team), number in self.cells.items():
            numbers[team] += number
        named = [
            (team, self.team_names.get(team or 0, "No team yet"), number)
            for team, number in numbers.items()
        ]
        return sorted(named, key=lambda row: (-row[2], row[1]))

    @property
    def capped(self) -> bool:
        """Whether a count stopped."""
        return bool(self.capped_kinds)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.cells.values())


def count_broken(landlord: Landlord, today: dt.date) -> Counts:
    """How many of each kind and of each team; each kind is counted no further than COUNTED."""
    parts, given = [], []
    for kind in KINDS:
        rows = broken(kind, landlord, today).annotate(key=F("pk")).order_by("since", "pk")
        oldest = rows.values_list("key", "since", "whose")[: COUNTED + 1]
        sql, parameters = oldest.query.sql_with_params()
        parts.append(_OLDEST.format(rows=sql))
        given += [kind, COUNTED, *parameters]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), given)
        found = cursor.fetchall()
    held = Counter[str]()
    for kind, _team, _counted, number in found:
        held[kind] += number
    return Counts(
        cells={(kind, team): counted for kind, team, counted, _number in found if counted},
        capped_kinds=frozenset(kind for kind, number in held.items() if number > COUNTED),
        team_names={team.pk: team.name for team in Team.objects.order_by("pk")},
    )


def count_narrowed(
    counts: Counts, landlord: Landlord, today: dt.date, *, kinds: Iterable[str], team: str
) -> int:
    """How many breaks of these kinds a team has ("" for any, "none" for no team yet).

    What is counted stands; only where a kind's count stopped is a team of it counted anew, no
    further than COUNTED.
    """
    if not team:
        return sum(counts.by_kind[kind] for kind in kinds)
    key = int(team) if team.isdecimal() else None
    return sum(
        of_team(broken(kind, landlord, today), team).order_by("pk")[:COUNTED].count()
        if kind in counts.capped_kinds
        else counts.cells.get((kind, key), 0)
        for kind in kinds
    )
