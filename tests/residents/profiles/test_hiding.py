"""Hidden cells stay hidden from somebody who can solve equations: the attacker is an integer
programme over everything a page prints, and knows more than a page tells: exact totals, and which
cells were hidden for being small."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import (  # type: ignore[import-untyped]  # comes without types
    Bounds,
    LinearConstraint,
    milp,
)

pytestmark = pytest.mark.django_db

FEWEST_VALUES = 3


@dataclass(frozen=True)
class Table:
    """What was counted, and what is printed of it."""

    cells: list[int]
    shown: list[bool]
    total: int

    @property
    def is_out(self) -> bool:
        return any(self.shown)

    def as_other(self, *, inside: bool) -> dict[str, Any]:
        return {"cells": self.cells, "shown": self.shown, "total": self.total, "inside": inside}


def published(
    cells: list[int],
    others: list[dict[str, Any]],
    *,
    threshold: int,
    adds_up: bool = True,
    within: list[bool] | None = None,
    total: int | None = None,
) -> Table:
    whole = sum(cells) if total is None else total
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT equality_shown(%s::int[], %s, %s::jsonb, %s, %s, %s::boolean[])",
            [cells, whole, json.dumps(others), threshold, adds_up, within or [True] * len(cells)],
        )
        return Table(cells, cursor.fetchone()[0], whole)


def rounded(count: int) -> int:
    return 5 * round(count / 5)


def box(table: Table, place: int, threshold: int) -> tuple[int, int]:
    """Between what the attacker knows a cell to lie."""
    count, shown = table.cells[place], table.shown[place]
    if not table.is_out:
        return 0, table.total
    if shown:
        return max(threshold, rounded(count) - 2), rounded(count) + 2
    return (0, threshold - 1) if count < threshold else (threshold, table.total)


def narrowed(
    small: Table, large: Table | None, *, threshold: int, adds_up: bool
) -> dict[tuple[int, int], int]:
    """For each hidden cell of (table, place), how many values remain to the integer programme."""
    tables = [small] if large is None else [small, large]
    size = len(small.cells)
    low, high = np.array(
        [box(table, place, threshold) for table in tables for place in range(size)], dtype=float
    ).T
    rows: list[Any] = []
    least: list[float] = []
    most: list[float] = []
    for number, table in enumerate(tables):
        if adds_up:
            row = np.zeros(size * len(tables))
            row[number * size : (number + 1) * size] = 1
            rows.append(row)
            least.append(table.total)
            most.append(table.total)
    if large is not None:
        for place in range(size):
            row = np.zeros(size * 2)
            row[place], row[size + place] = 1, -1
            rows.append(row)
            least.append(-np.inf)
            most.append(0)
    limits = [LinearConstraint(np.array(rows), least, most)] if rows else []
    found = {}
    for number, table in enumerate(tables):
        for place in range(size):
            if not table.is_out or table.shown[place]:
                continue
            ends = []
            for sign in (1, -1):
                cost = np.zeros(size * len(tables))
                cost[number * size + place] = sign
                # Its presolving has called tables impossible that were counted from people
                solved = milp(
                    cost,
                    constraints=limits,
                    bounds=Bounds(low, high),
                    integrality=1,
                    options={"presolve": False},
                )
                assert solved.success, "what is printed must be possible"
                ends.append(round(sign * solved.fun))
            found[number, place] = ends[1] - ends[0] + 1
    return found


counts = st.one_of(
    st.integers(0, 12), st.integers(0, 60), st.sampled_from([0, 1, 4, 5, 9, 10, 12, 17, 22])
)
populations = st.lists(counts, min_size=2, max_size=9)
often = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def nested(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Who lives here, and those of them who took part."""
    large = draw(populations)
    share = draw(st.sampled_from([0.1, 0.5, 0.9, 1.0]))
    small = [draw(st.integers(0, max(0, int(n * share)))) for n in large]
    return small, large


def test_something_could_be_narrowed() -> None:
    """Hiding small cells alone gives this one away: the attacker finds it."""
    careless = Table([9, 12, 12], [False, True, True], 33)
    assert narrowed(careless, None, threshold=10, adds_up=True) == {(0, 0): 1}
    assert not all(published(careless.cells, [], threshold=10).shown[1:])


@often
@given(cells=populations, threshold=st.sampled_from([5, 10]))
def test_no_hidden_cell_of_one_table_is_narrowed(cells: list[int], threshold: int) -> None:
    table = published(cells, [], threshold=threshold)
    left = narrowed(table, None, threshold=threshold, adds_up=True)
    assert all(values >= FEWEST_VALUES for values in left.values()), (table, left)


@often
@given(both=nested(), threshold=st.sampled_from([5, 10]), adds_up=st.booleans())
def test_no_hidden_cell_of_any_two_tables_of_one_day_is_narrowed(
    both: tuple[list[int], list[int]], threshold: int, adds_up: bool
) -> None:
    small_cells, large_cells = both
    large = published(large_cells, [], threshold=threshold, adds_up=adds_up)
    small = published(
        small_cells, [large.as_other(inside=True)], threshold=threshold, adds_up=adds_up
    )
    assume(large.is_out or small.is_out)
    left = narrowed(small, large, threshold=threshold, adds_up=adds_up)
    assert all(values >= FEWEST_VALUES for values in left.values()), (small, large, left)


@often
@given(both=nested(), threshold=st.sampled_from([5, 10]))
def test_neither_is_one_when_the_larger_table_comes_second(
    both: tuple[list[int], list[int]], threshold: int
) -> None:
    """As those of three years do, after those of one."""
    small = published(both[0], [], threshold=threshold)
    large = published(both[1], [small.as_other(inside=False)], threshold=threshold)
    left = narrowed(small, large, threshold=threshold, adds_up=True)
    assert all(values >= FEWEST_VALUES for values in left.values()), (small, large, left)


@often
@given(both=nested())
def test_what_everybody_sees_tells_no_more_than_what_the_desk_sees(
    both: tuple[list[int], list[int]],
) -> None:
    small_cells, large_cells = both
    desk_large = published(large_cells, [], threshold=5)
    desk_small = published(small_cells, [desk_large.as_other(inside=True)], threshold=5)
    large = published(large_cells, [], threshold=10, within=desk_large.shown)
    small = published(
        small_cells, [large.as_other(inside=True)], threshold=10, within=desk_small.shown
    )
    for desk, outside in ((desk_large, large), (desk_small, small)):
        assert all(mine for mine, theirs in zip(desk.shown, outside.shown, strict=True) if theirs)
    left = narrowed(small, large, threshold=10, adds_up=True)
    assert all(values >= FEWEST_VALUES for values in left.values()), (small, large, left)


def test_a_small_base_is_not_shown_at_all() -> None:
    assert not published([20, 29], [], threshold=10).is_out
    assert published([20, 30], [], threshold=10).is_out


def test_large_cells_are_all_shown() -> None:
    assert all(published([120, 40, 330], [], threshold=10).shown)
