"""What a line says in each column of the landlord's own table.

A cell that was brought in is kept as it was written for as long as what it says has not changed:
`Line.cells` holds, by column, [what it said, how it was written] wherever we would have written it
differently.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from actionplans.plans.models import Line, ProgressNote
from actionplans.plans.queries.columns import LEVEL, PlanColumn
from involvement.calendars.words import say_date

_BULLETS: Final = "➤❖•·▪◦*–- \t"


@dataclass
class LineRow:
    """A line with everything its row in the table says."""

    line: Line
    path: Sequence[Line]
    targets: Sequence[str] = ()
    notes: Sequence[ProgressNote] = ()
    marks: dict[str, list[str]] = field(default_factory=dict)
    subject: str = ""
    # The same marks where the file had them, before an officer placed them on a line.
    held: dict[str, list[str]] = field(default_factory=dict)


def saying(row: LineRow, column: PlanColumn, levels: Sequence[PlanColumn]) -> str:
    """What the row says in the column's fields, whatever the shape it was written in."""
    line = row.line
    if not column.fields:
        return str(line.extra.get(column.key, ""))
    if LEVEL in column.fields:
        return _level(row, levels.index(column), len(levels))
    if column.splits:
        return " ".join(part for part in (line.owner_words, line.deadline_words) if part)
    return "\n".join(part for name in column.fields if (part := _field(row, column, name)))


def cell(
    row: LineRow, column: PlanColumn, levels: Sequence[PlanColumn], *, first: bool = True
) -> str:
    """The text of one cell: as it was written, or as it must now be written.

    `first` is False for a further column of a field that has had its text in an earlier one.
    """
    said = saying(row, column, levels)
    kept = row.line.cells.get(column.key)
    if kept is not None and kept[0] == said:
        return str(kept[1])
    return said if first else ""


def cells(row: LineRow, columns: Sequence[PlanColumn]) -> list[str]:
    """The whole row of the landlord's table, from left to right."""
    levels = [column for column in columns if LEVEL in column.fields]
    firsts = first_columns(columns)
    return [cell(row, column, levels, first=column.key in firsts) for column in columns]


def keep_as_written(
    row: LineRow,
    columns: Sequence[PlanColumn],
    written: Sequence[str],
    *,
    but: Collection[str] = (),
) -> None:
    """Remember in the line how each cell was written, where we would write it differently.

    `but` are the keys of columns whose cells are left as they are.
    """
    levels = [column for column in columns if LEVEL in column.fields]
    firsts = first_columns(columns)
    for column, text in zip(columns, written, strict=True):
        if column.key in but:
            continue
        row.line.cells.pop(column.key, None)
        said = saying(row, column, levels)
        if text != (said if column.key in firsts else ""):
            row.line.cells[column.key] = [said, text]


def first_columns(columns: Sequence[PlanColumn]) -> set[str]:
    """The keys of the columns that a field's text goes to; levels, years and extras always do."""
    seen: set[tuple[str, ...]] = set()
    firsts = set()
    for column in columns:
        alone = not column.fields or LEVEL in column.fields or "year" in column.fields
        if alone or column.fields not in seen:
            firsts.add(column.key)
        seen.add(column.fields)
    return firsts


def split_items(text: str) -> list[str]:
    """The items of a cell, one for each line in it, without their bullets."""
    return [item for part in text.splitlines() if (item := part.lstrip(_BULLETS).strip())]


def progress_text(notes: Sequence[ProgressNote]) -> str:
    """The notes of a line as one cell, oldest first; what came from the file stands as it was."""
    return "\n".join(
        note.words
        if note.from_file
        else f"{say_date(timezone.localdate(note.noted_at))}: {note.words}"
        for note in notes
    )


def _level(row: LineRow, at: int, count: int) -> str:
    if row.line.kind == Line.Kind.PART:
        return ""
    deepest = len(row.path) - 1
    if at == count - 1 and deepest >= count:
        return row.line.title
    return row.path[at].title if at <= deepest else ""


def _field(row: LineRow, column: PlanColumn, name: str) -> str:
    line = row.line
    if name == "targets":
        return "\n".join(row.targets)
    if name == "progress":
        return progress_text(row.notes)
    if name == "year":
        return "\n".join(row.marks.get(column.key, []))
    if name == "status":
        untouched = line.status == Line.Status.NOT_STARTED and line.kind == Line.Kind.GROUP
        return "" if untouched else str(line.get_status_display())
    if name == "subject":
        return row.subject
    return str(getattr(line, _ATTRIBUTES[name]))


_ATTRIBUTES: Final = {
    "number": "number",
    "description": "description",
    "measure": "measure",
    "owner": "owner_words",
    "deadline": "deadline_words",
    "monitored_by": "monitor_words",
}
