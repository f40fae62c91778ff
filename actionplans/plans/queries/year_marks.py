"""Year marks that stand against a heading, and the lines under it they may be put on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from actionplans.plans.models import Line, Plan, YearMark


@dataclass
class Marks:
    """Marks of one heading that say the same of the same year, so that any may stand for another.

    `key` names them in a form.
    """

    marks: list[YearMark]

    @property
    def key(self) -> int:
        return self.marks[0].pk

    @property
    def words(self) -> str:
        """“2026/27”, and what the mark says where it says more than that it is one."""
        first = self.marks[0]
        says = first.words.strip("* ")
        return f"{first.year_label}: {says}" if says else first.year_label

    @property
    def waiting(self) -> int:
        return sum(mark.line_id is None for mark in self.marks)

    @property
    def placed(self) -> list[int]:
        """The lines the marks are on, by key; a line twice where two are on it."""
        return [mark.line_id for mark in self.marks if mark.line_id]


@dataclass(frozen=True)
class Cell:
    """A line under one kind of mark: how many of them are on it, and whether several may be."""

    group: Marks
    line: Line
    number: int
    many: bool

    @property
    def name(self) -> str:
        return f"on_{self.group.key}_{self.line.pk}"


@dataclass
class Held:
    """A heading with its marks, and the lines they may be put on."""

    holder: Line
    groups: list[Marks] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(group.waiting for group in self.groups)

    @property
    def total(self) -> int:
        return sum(len(group.marks) for group in self.groups)

    @property
    def columns(self) -> str:
        """The heads of the table: the line, and each kind of mark."""
        return "|".join(["Line", *(group.words.replace("|", "/") for group in self.groups)])

    def rows(self, ticked: Mapping[int, Sequence[int]] | None) -> list[tuple[Line, list[Cell]]]:
        """Each line with a cell for each kind of mark: as `ticked`, or else as placed or suggested."""
        on = {
            group.key: ticked.get(group.key, ())
            if ticked is not None
            else group.placed or self.suggested(group)
            for group in self.groups
        }
        many = {group.key: len(group.marks) > len(self.lines) for group in self.groups}
        return [
            (
                line,
                [
                    Cell(group, line, list(on[group.key]).count(line.pk), many[group.key])
                    for group in self.groups
                ],
            )
            for line in self.lines
        ]

    @property
    def guessed(self) -> bool:
        """Whether a tick is suggested that nobody has saved yet."""
        return any(self.suggested(group) for group in self.groups)

    def suggested(self, group: Marks) -> list[int]:
        """Where the marks of a year most likely belong: as many as there are lines, or all on the
        only one. Nothing where some are placed already, or where the year says several things.
        """
        same_year = [one for one in self.groups if one.marks[0].column == group.marks[0].column]
        if group.placed:
            return []
        if len(self.lines) == 1:
            return [self.lines[0].pk] * len(group.marks)
        if len(self.lines) == len(group.marks) and len(same_year) == 1:
            return [line.pk for line in self.lines]
        return []


def marks_held(plan: Plan) -> list[Held]:
    """Each heading that holds year marks, in the plan's order."""
    marks = (
        YearMark.objects.filter(plan=plan, holder__kind=Line.Kind.GROUP)
        .select_related("holder", "line")
        .order_by("holder__position", "column", "position", "pk")
    )
    found: dict[int, Held] = {}
    for mark in marks:
        held = found.setdefault(mark.holder_id, Held(mark.holder))
        _add(held, mark)
    if found:
        _add_lines(plan, found)
    return list(found.values())


def seen_in(held: Iterable[Held]) -> str:
    """What a page with these marks shows, in short: another where somebody has moved one."""
    where = [
        (mark.pk, mark.line_id) for one in held for group in one.groups for mark in group.marks
    ]
    return hashlib.sha256(repr(where).encode()).hexdigest()


def _add(held: Held, mark: YearMark) -> None:
    for group in held.groups:
        first = group.marks[0]
        if (first.column, first.words) == (mark.column, mark.words):
            group.marks.append(mark)
            return
    held.groups.append(Marks([mark]))


def _add_lines(plan: Plan, found: dict[int, Held]) -> None:
    lines = list(Line.objects.filter(plan=plan).order_by("position", "pk"))
    by_key = {line.pk: line for line in lines}
    on = {
        one.holder.pk: {key for each in one.groups for key in each.placed} for one in found.values()
    }
    for line in lines:
        if line.kind == Line.Kind.GROUP:
            continue
        above = set(_headings(line, by_key))
        for key, held in found.items():
            if key in above or line.pk in on[key]:
                held.lines.append(line)


def _headings(line: Line, by_key: dict[int, Line]) -> Sequence[int]:
    """The headings right above a line, and above these; none over a part of a line."""
    keys = []
    step = by_key.get(line.parent_id) if line.parent_id else None
    while step is not None and step.kind == Line.Kind.GROUP:
        keys.append(step.pk)
        step = by_key.get(step.parent_id) if step.parent_id else None
    return keys
