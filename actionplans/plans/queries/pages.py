"""A plan as its page shows it: one screenful of lines under their headings, with their news."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from actionplans.plans.models import Line, Plan, ProgressNote, YearMark
from actionplans.plans.queries import lines as line_queries
from actionplans.plans.queries.progress import latest_notes
from actionplans.plans.queries.reading import wants_splitting
from actionplans.plans.queries.references import reference_of
from involvement.calendars.words import say_due

ON_A_PAGE: Final = 100


@dataclass
class ShownLine:
    """One row of the table."""

    line: Line
    reference: str
    state: str = ""
    owners: str = ""
    monitors: str = ""
    read: str = ""
    how_late: str = ""
    is_late: bool = False
    note: ProgressNote | None = None
    marks: list[YearMark] = field(default_factory=list)
    years: list[tuple[str, str]] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)
    heading: bool = False
    last: bool = False

    @property
    def wants_splitting(self) -> bool:
        return wants_splitting(self.line)

    @property
    def is_sub(self) -> bool:
        return not self.heading and self.line.depth > self.level

    level: int = 1


@dataclass
class Block:
    """An outermost heading with the rows shown under it."""

    top: Line | None
    top_row: ShownLine | None = None
    rows: list[ShownLine] = field(default_factory=list)
    shown: int = 0
    total: int = 0
    marks_held: list[YearMark] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)

    @property
    def marks_waiting(self) -> int:
        """How many marks in a year's column no officer has placed on a line yet."""
        return len(self.marks_held)


def blocks(
    lines: QuerySet[Line],
    plan: Plan,
    *,
    page: int | str,
    today: dt.date,
    leave_out_names: bool = False,
) -> tuple[Page[Line], list[Block]]:
    """One page of the plan's lines, under their headings. The number of queries is constant."""
    read = _read(
        lines.order_by("position", "pk"), plan, page, today, leave_out_names=leave_out_names
    )
    on_page_keys = {line.pk for line, _path, _shown in read.rows}
    totals = _totals(line_queries.listed(plan), read.lines)
    counts = _totals(lines.order_by(), read.lines)
    waiting = _marks_waiting(plan)
    found: list[Block] = []
    seen: set[int] = set()
    for line, path, shown in read.rows:
        over = [*path, line] if shown.heading else path
        top = _top_of(over, on_page_keys)
        if not found or found[-1].top != top:
            key = top.pk if top else None
            found.append(Block(top, total=totals.get(key, 0), shown=counts.get(key, 0)))
        block = found[-1]
        if top == line:
            block.top_row = shown
        for at, heading in enumerate(path[1:], start=1):
            if heading.kind == Line.Kind.GROUP and heading.pk not in seen:
                block.rows.append(_heading_row(heading, path[:at]))
        for heading in over:
            if heading.pk not in seen:
                block.marks_held += waiting.get(heading.pk, [])
        seen.update(heading.pk for heading in over)
        if top != line:
            shown.level = 1 + max((h.depth for h in path if h.kind == Line.Kind.GROUP), default=-1)
            block.rows.append(shown)
    for block in found:
        _mark_last(block)
    return read.page, found


def flat(
    in_order: QuerySet[Line], plan: Plan, *, page: int | str, today: dt.date
) -> tuple[Page[Line], list[Block]]:
    """One page of the plan's lines in another order than the plan's, so without headings."""
    read = _read(in_order, plan, page, today, leave_out_names=False)
    rows = [shown for _line, _path, shown in read.rows if not shown.heading]
    return read.page, [Block(None, rows=rows)] if rows else []


@dataclass(frozen=True)
class _Read:
    """A page of lines, each with the headings above it and what its row shows."""

    page: Page[Line]
    rows: list[tuple[Line, list[Line], ShownLine]]

    @property
    def lines(self) -> list[Line]:
        return [line for line, _path, _shown in self.rows]


def _read(
    in_order: QuerySet[Line], plan: Plan, page: int | str, today: dt.date, *, leave_out_names: bool
) -> _Read:
    people = [
        f"{who}__{kind}" for who in ("owners", "monitors") for kind in ("staff", "team", "body")
    ]
    paged = Paginator(in_order.prefetch_related(*people), ON_A_PAGE).get_page(page)
    on_page = list(paged.object_list)
    for line in on_page:
        line.plan = plan
    above = _headings(on_page)
    notes = latest_notes([line.pk for line in on_page], leave_out_names=leave_out_names)
    marks = _marks(plan, on_page)
    rows = []
    for line in on_page:
        path = _path(line, above)
        shown = shown_line(
            line, path, today=today, note=notes.get(line.pk), marks=marks.get(line.pk, [])
        )
        shown.heading = _heads(line, above)
        rows.append((line, path, shown))
    return _Read(paged, rows)


def shown_line(
    line: Line,
    path: Sequence[Line],
    *,
    today: dt.date,
    note: ProgressNote | None = None,
    marks: Sequence[YearMark] = (),
) -> ShownLine:
    """One line as a row shows it."""
    state = line.state_on(today)
    return ShownLine(
        line=line,
        reference=reference_of(line, path),
        state=state,
        owners=_named(line.owners.all()),
        monitors=_named(line.monitors.all()),
        read=reading(line),
        how_late=how_late(line, today=today),
        is_late=state == "late",
        note=note,
        marks=list(marks),
    )


def _named(people: Iterable[Any]) -> str:
    """Everybody, each with the plan's own word beside the name it was matched with."""
    found = [_word_and_name(person) for person in people]
    return ("; " if any(", " in each for each in found) else ", ").join(found)


def _word_and_name(person: Any) -> str:
    """“CW, Clare Wareham”; the name alone where the plan's own words are in it."""
    name = person_name(person)
    if str(person.words).casefold() in name.casefold():
        return name
    return f"{person.words}, {name}"


def person_name(person: Any) -> str:
    """The matched name, or the plan's own words where nobody is matched yet."""
    matched = person.staff or person.team or person.body
    if person.staff is not None and person.kind == "ROLE":
        return str(person.words)
    name = str(matched) if matched else str(person.words)
    return f"overseen by {name}" if getattr(person, "part", "") == "OVERSEES" else name


def reading(line: Line) -> str:
    """What was read from a deadline's words."""
    return line.deadline_reading if line.deadline_understood else ""


def how_late(line: Line, *, today: dt.date) -> str:
    """“61 days late”; in a draft, whose lines nobody has promised, that the day is past."""
    if line.due_on is None or not line.deadline_understood or not line.past_on(today):
        return ""
    return say_due(line.due_on, today=today) if line.plan.promised else "already past"


def tops(plan: Plan) -> QuerySet[Line]:
    """The plan's outermost headings."""
    found: QuerySet[Line] = Line.objects.filter(plan=plan, depth=0, kind=Line.Kind.GROUP)
    return found.order_by("position", "pk")


def _headings(on_page: Sequence[Line]) -> dict[int, Line]:
    """Every line that stands above one of these, by key."""
    outermost = {line.top_id or line.pk for line in on_page}
    below = Exists(Line.objects.filter(parent=OuterRef("pk")))
    found = Line.objects.filter(below, Q(pk__in=outermost) | Q(top__in=outermost)).order_by(
        "position", "pk"
    )
    return {line.pk: line for line in found}


def _top_of(over: Sequence[Line], on_page: set[int]) -> Line | None:
    """The outermost line over another, if it heads a block: a line with parts of its own stands
    right above them, and is not said again.
    """
    if not over or (over[0].kind != Line.Kind.GROUP and over[0].pk in on_page):
        return None
    return over[0]


def _heads(line: Line, above: dict[int, Line]) -> bool:
    """Whether the line is a heading over others, listed for a deadline of its own."""
    return line.kind == Line.Kind.GROUP and line.pk in above


def _path(line: Line, above: dict[int, Line]) -> list[Line]:
    path: list[Line] = []
    step = above.get(line.parent_id) if line.parent_id else None
    while step is not None:
        path.insert(0, step)
        step = above.get(step.parent_id) if step.parent_id else None
    return path


def _totals(lines: QuerySet[Line], on_page: Sequence[Line]) -> dict[int | None, int]:
    outermost = {line.top_id for line in on_page}
    counted = lines.filter(top__in=outermost - {None}).values("top").annotate(n=Count("pk"))
    return {row["top"]: row["n"] for row in counted.order_by("top")}


def _marks(plan: Plan, on_page: Sequence[Line]) -> dict[int, list[YearMark]]:
    found: dict[int, list[YearMark]] = {}
    marks = YearMark.objects.filter(plan=plan, line__in=[line.pk for line in on_page])
    for mark in marks.order_by("column", "position", "pk"):
        found.setdefault(mark.line_id, []).append(mark)
    return found


def _marks_waiting(plan: Plan) -> dict[int, list[YearMark]]:
    found: dict[int, list[YearMark]] = {}
    waiting = YearMark.objects.filter(plan=plan, line__isnull=True)
    for mark in waiting.order_by("holder", "column", "position", "pk"):
        found.setdefault(mark.holder_id, []).append(mark)
    return found


def _heading_row(line: Line, path: Sequence[Line]) -> ShownLine:
    return ShownLine(line, reference_of(line, path), heading=True)


def _mark_last(block: Block) -> None:
    """Where a branch ends: before the next heading, and without one after a line's last part."""
    for row, following in itertools.zip_longest(block.rows, block.rows[1:]):
        ends = following is None or following.heading
        row.last = ends or (block.top is None and not following.is_sub)
