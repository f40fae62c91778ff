"""All that one quarter prints of a characteristic, taken together, gives no hidden cell away: the
whole landlord in four windows of time, each of its parts in two, each kind of taking part in one."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import (  # type: ignore[import-untyped]  # comes without types
    Bounds,
    LinearConstraint,
    milp,
)

from tests.residents.profiles.test_hiding import FEWEST_VALUES, Table, box, published

pytestmark = pytest.mark.django_db

WINDOWS = ("LIVES", "THREE_YEARS", "YEAR", "QUARTER")
"""Each holds everybody of the next."""
Key = tuple[str, str]
# Populations of which hiding each table beside each other one alone gave somebody away
GAVE_AWAY = (1041, 1044, 1087, 1154)


@dataclass(frozen=True)
class Resident:
    part: int | None
    answer: int
    took: int
    """In how many of the windows they are, less one."""
    kinds: frozenset[int]


@dataclass(frozen=True)
class Population:
    parts: int
    answers: int
    kinds: int
    people: list[Resident]

    def counts(self, window: str, part: int | None = None, kind: int | None = None) -> list[int]:
        found = [0] * self.answers
        for one in self.people:
            found[one.answer] += (
                one.took >= WINDOWS.index(window)
                and part in {None, one.part}
                and (kind is None or kind in one.kinds)
            )
        return found

    def tables(self) -> Iterable[tuple[Key, list[int]]]:
        """In the order in which they are cut."""
        for window in ("LIVES", "YEAR", "THREE_YEARS", "QUARTER"):
            yield ("", window), self.counts(window)
        for part in range(self.parts):
            for window in ("LIVES", "YEAR"):
                yield (f"unit {part}", window), self.counts(window, part)
        for kind in range(self.kinds):
            yield (f"kind {kind}", "YEAR"), self.counts("YEAR", kind=kind)


def invented(seed: int) -> Population:
    """Few enough people for many cells to be small; some parts and answers common, some rare."""
    rng = random.Random(seed)
    parts, answers, number, kinds = (
        rng.randint(low, high) for low, high in ((2, 3), (2, 4), (25, 160), (0, 1))
    )
    in_part = [rng.random() + 0.05 for _ in range(parts)]
    common = [rng.random() ** 2 + 0.01 for _ in range(answers)]
    in_three = rng.choice([0.1, 0.3, 0.6, 0.9])
    in_year = rng.choice([0.5, 0.8, 1])
    in_quarter = rng.choice([0.3, 0.6, 1])
    people = []
    for _ in range(number):
        part = (
            rng.choices(range(parts), in_part)[0]
            if rng.random() < rng.choice([1, 1, 0.97])
            else None
        )
        answer = rng.choices(range(answers), common)[0]
        took = 0
        for share in (in_three, in_year, in_quarter):
            if rng.random() >= share:
                break
            took += 1
        of_kinds = frozenset(kind for kind in range(kinds) if took > 1 and rng.random() < 0.6)
        people.append(Resident(part, answer, took, of_kinds))
    return Population(parts, answers, kinds, people)


@dataclass
class Day:
    """What is printed of a population, table by table, beside what is out already."""

    of: Population
    threshold: int
    adds_up: bool = True
    within: dict[Key, Table] = field(default_factory=dict)
    together: bool = True
    out: dict[Key, Table] = field(default_factory=dict)

    def print_all(self) -> dict[Key, Table]:
        self.day: dict[str, Any] = {"whole": {}, "units": [], "kinds": []}
        all_cells = dict(self.of.tables())
        for key, cells in all_cells.items():
            may = self.within[key].shown if self.within else [True] * len(cells)
            beside = self._beside(key)
            if key[0] and self.together:
                self.out[key] = self._of_day(key, all_cells, beside, may)
            else:
                self.out[key] = published(
                    cells, beside, threshold=self.threshold, adds_up=self.adds_up, within=may
                )
            self._note(key)
        return self.out

    def _beside(self, key: Key) -> list[dict[str, Any]]:
        """The tables that this one is looked at beside, one by one, as the store chooses them."""
        slice_, window = key
        inside = [("", "LIVES"), ("", "YEAR"), ("", "THREE_YEARS")]
        if slice_:
            inside = inside[:1] if window == "LIVES" else [*inside, (slice_, "LIVES")]
            return [self.out[one].as_other(inside=True) for one in inside if one in self.out]
        return [
            self.out[one].as_other(inside=not (window == "THREE_YEARS" and one[1] == "YEAR"))
            for one in inside
            if one in self.out
        ]

    def _of_day(
        self, key: Key, cells: dict[Key, list[int]], beside: list[dict[str, Any]], may: list[bool]
    ) -> Table:
        slice_, window = key
        if window == "LIVES":
            self.day["units"].append({"YEAR": _plain(cells[slice_, "YEAR"])})
        elif slice_.startswith("kind"):
            self.day["kinds"].append(_plain(cells[key]))
        path = ["kinds", str(len(self.day["kinds"]) - 1)]
        if slice_.startswith("unit"):
            path = ["units", str(len(self.day["units"]) - 1), window]
            self.day["units"][-1][window] = _plain(cells[key])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT equality_shown_of_day(%s::jsonb, %s, %s::jsonb, %s, %s, %s::boolean[])",
                [json.dumps(self.day), path, json.dumps(beside), self.threshold, self.adds_up, may],
            )
            return Table(cells[key], cursor.fetchone()[0], sum(cells[key]))

    def _note(self, key: Key) -> None:
        printed = {**_plain(self.out[key].cells), "shown": self.out[key].shown}
        if not key[0]:
            self.day["whole"][key[1]] = printed
        elif self.together and key[0].startswith("unit"):
            self.day["units"][-1][key[1]] = printed
        elif self.together:
            self.day["kinds"][-1] = printed


def _plain(cells: list[int]) -> dict[str, Any]:
    return {"cells": cells, "total": sum(cells), "shown": [False] * len(cells)}


class Attacker:
    """Knows every printed figure, which cells are hidden for being small, and every total exactly."""

    def __init__(self, day: Day) -> None:
        of, tables, threshold = day.of, day.out, day.threshold
        self.tables, self.size, self.adds_up = tables, of.answers, day.adds_up
        rest = [("rest", "LIVES"), ("rest", "YEAR")]
        self.at = {key: place for place, key in enumerate([*tables, *rest])}
        known = [box(table, c, threshold) for table in tables.values() for c in range(self.size)]
        self.rows: list[Any] = []
        self.least: list[float] = []
        self.most: list[float] = []
        parts = [f"unit {part}" for part in range(of.parts)]
        for _, window in rest:
            left = tables["", window].total - sum(tables[part, window].total for part in parts)
            known += [(0, left)] * self.size
            self._sum("rest", window, left)
            for c in range(self.size):
                self._know({(part, window): 1 for part in [*parts, "rest"]} | {("", window): -1}, c)
        for (slice_, window), table in tables.items():
            self._sum(slice_, window, table.total)
        for small, large in [
            *((("", b), ("", a)) for a, b in itertools.pairwise(WINDOWS)),
            *(((part, "YEAR"), (part, "LIVES")) for part in [*parts, "rest"]),
            *(((f"kind {kind}", "YEAR"), ("", "YEAR")) for kind in range(of.kinds)),
        ]:
            for c in range(self.size):
                self._know({small: 1, large: -1}, c, least=-np.inf)
        self.low, self.high = np.array(known, dtype=float).T

    def _know(self, terms: dict[Key, int], place: int, least: float = 0) -> None:
        row = np.zeros(self.size * len(self.at))
        for key, factor in terms.items():
            row[self.at[key] * self.size + place] = factor
        self._row(row, least, 0)

    def _sum(self, slice_: str, window: str, total: int) -> None:
        if not self.adds_up:
            return
        row = np.zeros(self.size * len(self.at))
        first = self.at[slice_, window] * self.size
        row[first : first + self.size] = 1
        self._row(row, total, total)

    def _row(self, row: Any, least: float, most: float) -> None:
        self.rows.append(row)
        self.least.append(least)
        self.most.append(most)

    def values_left(self, key: Key, place: int) -> int:
        limits = LinearConstraint(np.array(self.rows), self.least, self.most)
        ends: list[int] = []
        for sign in (1, -1):
            cost = np.zeros(self.size * len(self.at))
            cost[self.at[key] * self.size + place] = sign
            # Its presolving has called tables impossible that were counted from people
            solved = milp(
                cost,
                constraints=limits,
                bounds=Bounds(self.low, self.high),
                integrality=1,
                options={"presolve": False},
            )
            assert solved.success, "what is printed must be possible"
            ends.append(round(sign * solved.fun))
        return ends[1] - ends[0] + 1

    def given_away(self) -> dict[tuple[Key, int], int]:
        """The hidden cells with too few values left."""
        left = {
            (key, place): self.values_left(key, place)
            for key, table in self.tables.items()
            for place in range(self.size)
            if table.is_out and not table.shown[place]
        }
        return {cell: values for cell, values in left.items() if values < FEWEST_VALUES}


def days(of: Population, *, adds_up: bool = True, together: bool = True) -> list[Day]:
    """What the desk sees, then what everybody sees."""
    desk = Day(of, 5, adds_up, together=together)
    outside = Day(of, 10, adds_up, within=desk.print_all(), together=together)
    outside.print_all()
    return [desk, outside]


@pytest.mark.parametrize("seed", GAVE_AWAY)
def test_parts_and_whole_together_are_looked_at(seed: int) -> None:
    """Looked at two by two they give a cell away: the attacker finds it."""
    assert any(Attacker(day).given_away() for day in days(invented(seed), together=False))
    assert not any(Attacker(day).given_away() for day in days(invented(seed)))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 1_000_000), adds_up=st.booleans())
def test_no_hidden_cell_of_all_tables_of_one_day_is_narrowed(seed: int, adds_up: bool) -> None:
    for day in days(invented(seed), adds_up=adds_up):
        assert Attacker(day).given_away() == {}
