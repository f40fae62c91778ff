"""A plan's content as a page shows it: the landlord's own columns, as wide as their words ask."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.cells import LineRow, cells
from actionplans.plans.queries.columns import LEVEL, PlanColumn, plan_columns
from actionplans.plans.queries.heads import line_head

STATE: Final = "state"
# Of a content that was kept before it said which columns it has.
_WITHOUT_COLUMNS: Final = (
    ("owner", "Owner"),
    ("deadline", "Deadline"),
    ("monitored_by", "Monitored by"),
    ("progress", "Progress"),
)
# Letters of a table's size that stand beside each other on A4 across, and the longest word kept whole
_LETTERS_ACROSS: Final = 150
_LONGEST_WORD: Final = 15


@dataclass(frozen=True)
class PrintedLine:
    """A line with what stands in each column; a heading by itself has nothing in any."""

    reference: str
    heading: str
    depth: int
    is_group: bool
    cells: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        return not any(text for _, text in self.cells)


@dataclass(frozen=True)
class PrintedPlan:
    """The heads of the columns, each with its share of the page's width, and the lines."""

    heads: list[tuple[str, int]]
    lines: list[PrintedLine]


def printed_columns(plan: Plan, *, extra: bool) -> list[PlanColumn]:
    """The columns beside the line's own name; `extra` also those whose headings we do not know."""
    return [
        column
        for column in plan_columns(plan.columns)
        if LEVEL not in column.fields and "number" not in column.fields and (column.fields or extra)
    ]


def columns_json(columns: Sequence[PlanColumn]) -> list[dict[str, str]]:
    """Keys and headings as a version keeps them, with one for the state where there is none."""
    found = [{"key": column.key, "heading": column.heading} for column in columns]
    if not any("status" in column.fields for column in columns):
        found.append({"key": STATE, "heading": "State"})
    return found


def cells_json(row: LineRow, plan: Plan, columns: Sequence[PlanColumn]) -> dict[str, str]:
    """What the row says in each of the columns, and its state."""
    every = plan_columns(plan.columns)
    said = dict(zip((column.key for column in every), cells(row, every), strict=True))
    line, kept = row.line, {column.key: said[column.key] for column in columns}
    if line.kind != Line.Kind.GROUP or line.status != Line.Status.NOT_STARTED:
        kept[STATE] = str(line.get_status_display())
    return kept


def printed(content: dict[str, Any]) -> PrintedPlan:
    """What a version, or the plan as it stands, looks like on paper."""
    columns = content.get("columns") or [
        *({"key": key, "heading": heading} for key, heading in _WITHOUT_COLUMNS),
        {"key": STATE, "heading": "State"},
    ]
    lines = [
        PrintedLine(
            line["reference"],
            line["heading"],
            line["depth"],
            line["kind"] == Line.Kind.GROUP,
            [(column["heading"], _text(line, column["key"])) for column in columns],
        )
        for line in content["lines"]
    ]
    heads = [line_head(content["level_names"]), *(column["heading"] for column in columns)]
    said = [[line.heading for line in lines if not line.is_heading]]
    said += [[line.cells[at][1] for line in lines] for at in range(len(columns))]
    return PrintedPlan(list(zip(heads, _widths(heads, said), strict=True)), lines)


def _text(line: dict[str, Any], key: str) -> str:
    if "cells" in line:
        return str(line["cells"].get(key, ""))
    if key == STATE:
        return "" if line["kind"] == Line.Kind.GROUP else str(Line.Status(line["state"]).label)
    return str(line[key])


def _widths(heads: Sequence[str], said: Sequence[Sequence[str]]) -> list[int]:
    """Each column's share of a hundred: room for its longest word, the rest by what it says."""
    least = [_longest(head, texts) * 1.25 + 2 for head, texts in zip(heads, said, strict=True)]
    asked = [math.sqrt(sum(map(len, texts)) / max(len(texts), 1)) for texts in said]
    rest = max(_LETTERS_ACROSS - sum(least), 0) / max(sum(asked), 1)
    wide = [at_least + rest * more for at_least, more in zip(least, asked, strict=True)]
    return [round(100 * width / sum(wide)) for width in wide]


def _longest(head: str, texts: Sequence[str]) -> int:
    words = [word for text in (head, *texts) for word in text.split()]
    return max((min(len(word), _LONGEST_WORD) for word in words), default=0)
