"""The landlord's own table, written back from the plan."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from actionplans.plans.models import Line, Plan, ProgressNote, Target, YearMark
from actionplans.plans.queries.cells import LineRow, cells
from actionplans.plans.queries.columns import plan_columns

T = TypeVar("T", Target, ProgressNote)


@dataclass(frozen=True)
class PlanTable:
    """Headings and rows as text, in the landlord's own columns."""

    headings: list[str]
    rows: list[list[str]]

    @property
    def checksum(self) -> str:
        return table_checksum(self.headings, self.rows)


def table_checksum(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A checksum of a table's cells, by which the same file is known again."""
    content = json.dumps([list(headings), [list(row) for row in rows]], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def plan_table(plan: Plan, *, leave_out_names: bool = False) -> PlanTable:
    """The plan in its own columns, every line that has a row, in order.

    `leave_out_names` leaves out the progress notes that name somebody, for other readers.
    """
    columns = plan_columns(plan.columns)
    rows: list[list[str]] = []
    for row in line_rows(plan, leave_out_names=leave_out_names):
        rows += [list(above) for above in row.line.rows_above]
        rows.append(cells(row, columns))
    return PlanTable([column.heading for column in columns], rows)


def line_rows(plan: Plan, *, leave_out_names: bool = False) -> list[LineRow]:
    """The lines that have a row of their own, with everything their rows say."""
    rows = all_rows(plan, leave_out_names=leave_out_names)
    parents = {row.line.parent_id for row in rows if row.line.kind != Line.Kind.PART}
    return [row for row in rows if row.line.own_row or row.line.pk not in parents]


def all_rows(plan: Plan, *, leave_out_names: bool = False) -> list[LineRow]:
    """Every line of a plan from top to bottom, with everything it says."""
    lines = list(
        Line.objects.filter(plan=plan).select_related("subject").order_by("position", "pk")
    )
    targets = _grouped(Target.objects.filter(line__plan=plan).order_by("position", "pk"))
    notes = ProgressNote.objects.filter(line__plan=plan).order_by("noted_at", "pk")
    if leave_out_names:
        notes = notes.filter(names_somebody=False)
    by_line = _grouped(notes)
    marks, held = _marks(plan)
    paths: dict[int, list[Line]] = {}
    found = []
    for line in lines:
        path = [*(paths[line.parent_id] if line.parent_id else []), line]
        paths[line.pk] = path
        found.append(
            LineRow(
                line,
                path,
                [target.words for target in targets[line.pk]],
                by_line[line.pk],
                marks[line.pk],
                line.subject.name if line.subject else "",
                held[line.pk],
            )
        )
    return found


def _grouped(rows: Iterable[T]) -> defaultdict[int, list[T]]:
    grouped: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        grouped[row.line_id].append(row)
    return grouped


Marks = defaultdict[int, dict[str, list[str]]]


def _marks(plan: Plan) -> tuple[Marks, Marks]:
    """The words of the year marks by line and column: where each was placed or is held, and where
    the file had it.
    """
    placed: Marks = defaultdict(dict)
    held: Marks = defaultdict(dict)
    for mark in YearMark.objects.filter(plan=plan).order_by("holder", "column", "position", "pk"):
        placed[mark.line_id or mark.holder_id].setdefault(mark.column, []).append(mark.words)
        held[mark.holder_id].setdefault(mark.column, []).append(mark.words)
    return placed, held
