"""What stands round a line on its own page: above it, under it, and hanging together with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from actionplans.plans.models import Line, LineLink
from actionplans.plans.queries.plans import links_of
from actionplans.plans.queries.references import reference_of


@dataclass(frozen=True)
class Child:
    """A line under another, and how it stands; a heading stands no way."""

    line: Line
    state: str


@dataclass(frozen=True)
class Children:
    """The lines right under another, with the counts its first sentence gives."""

    rows: list[Child]

    def __iter__(self) -> Iterator[Child]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return self._standing("done")

    @property
    def late(self) -> int:
        return self._standing("late")

    def _standing(self, state: str) -> int:
        return sum(child.state == state for child in self.rows)


@dataclass(frozen=True)
class Linked:
    """A link of a line, and the line at its other end with the number people call it by."""

    link: LineLink
    other: Line
    reference: str


def path_of(line: Line) -> list[Line]:
    """The lines a line stands under, from the outermost in."""
    path: list[Line] = []
    step = line.parent
    while step is not None:
        path.insert(0, step)
        step = step.parent
    return path


def children_of(line: Line, *, today: dt.date) -> Children:
    """The lines right under a line, in their order."""
    rows = list(line.children.order_by("position", "pk"))
    for row in rows:
        row.plan = line.plan
    return Children([Child(row, row.state_on(today) if row.promises else "") for row in rows])


def linked_lines(line: Line) -> list[Linked]:
    """A line's links in both directions, each with the line at the other end."""
    ends = ("line__parent__parent__parent", "other__parent__parent__parent")
    found = []
    for link in links_of(line).select_related("line__plan", "other__plan", *ends):
        other = link.other if link.line_id == line.pk else link.line
        found.append(Linked(link, other, reference_of(other, path_of(other))))
    return found
