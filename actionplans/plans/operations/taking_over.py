"""Puts what a changed file says into the lines that are there already."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction

from actionplans.plans.models import Line, ProgressNote, YearMark
from actionplans.plans.operations.lines import people_again, targets_again
from actionplans.plans.queries import people_words, sayings
from actionplans.plans.queries.cells import (
    LineRow,
    keep_as_written,
    progress_text,
    saying,
    split_items,
)
from actionplans.plans.queries.columns import LEVEL, PlanColumn
from actionplans.plans.queries.comparing import Compared
from actionplans.plans.queries.reading import row_of
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor

_DEADLINE: Final = (
    *("deadline_words", "starts_on", "due_on", "repeats", "open_ended", "certainty"),
    *("deadline_understood", "deadline_reading", "deadline_problem"),
)


def take_texts(one: Compared, *, at: dt.datetime) -> None:
    """Set the line's own fields to what the file says of them. Nothing is stored."""
    line, file = one.line, one.drafted.line
    assert line is not None, "only a line that is there takes over"  # noqa: S101 -- for the types
    for change in one.changes:
        key = change.key
        if key == "deadline":
            for name in _DEADLINE:
                setattr(line, name, getattr(file, name))
            line.settled_at = None
        elif key in sayings.TEXTS:
            setattr(line, sayings.TEXTS[key], change.new)
        elif key in {"title", "number"}:
            setattr(line, key, change.new)
        elif key == sayings.STATUS:
            line.status = file.status
        elif key == sayings.SUBJECT:
            line.subject = file.subject
        elif key.startswith(sayings.EXTRA):
            line.extra[key.removeprefix(sayings.EXTRA)] = change.new
        elif key == sayings.PROGRESS:
            line.last_news_at = at


@transaction.atomic
def take_rows(
    *, one: Compared, known: people_words.Directory, by: Actor, at: dt.datetime
) -> list[ProgressNote]:
    """Store what hangs on the line: people, targets, marks. Returns the notes still to be stored."""
    line, drafted = one.line, one.drafted
    assert line is not None, "only a line that is there takes over"  # noqa: S101 -- for the types
    keys = {change.key: change for change in one.changes}
    if keys.keys() & {"owner", "monitored_by"}:
        people_again(line, known)
    if sayings.TARGETS in keys:
        targets_again(line, split_items(keys[sayings.TARGETS].new))
    for key in keys:
        if key.startswith(sayings.YEAR):
            _marks_again(one, key.removeprefix(sayings.YEAR))
    if sayings.PROGRESS not in keys:
        return []
    status = drafted.line.status if sayings.STATUS in keys else ""
    return [
        ProgressNote(
            line=line,
            noted_at=at,
            words=keys[sayings.PROGRESS].new,
            status=status,
            from_file=True,
            form_key=uuid.uuid4(),
            **by.columns(),
        )
    ]


def _marks_again(one: Compared, column: str) -> None:
    """Marks whose words stay keep the line they were placed on."""
    line, drafted = one.line, one.drafted
    assert line is not None, "only a line that is there takes over"  # noqa: S101 -- for the types
    wanted = [(other, words) for other, words in drafted.marks if other.key == column]
    there = list(YearMark.objects.filter(holder=line, column=column).order_by("position", "pk"))
    fresh = []
    for position, (heading, words) in enumerate(wanted):
        same = next((mark for mark in there if mark.words == words), None)
        if same is not None:
            there.remove(same)
        place = None if line.kind == Line.Kind.GROUP else line
        fresh.append(
            YearMark(
                plan=line.plan,
                holder=line,
                line=same.line if same else place,
                column=column,
                year_label=heading.heading.strip()[:20],
                words=words,
                position=position,
            )
        )
    YearMark.objects.filter(holder=line, column=column).delete()
    YearMark.objects.bulk_create(fresh)


def keep_cells(
    one: Compared,
    columns: Sequence[PlanColumn],
    *,
    taken: bool,
    notes: Iterable[ProgressNote],
) -> None:
    """Keep the cells of the file as they were written, but for what stays otherwise in the plan.

    `taken` is False for a line that an officer left as it is. The line's parents are set.
    """
    row, drafted = one.row, one.drafted
    if row is None or not drafted.written:
        return
    now = after(one, notes)
    differing = {change.key for change in one.kept}
    if not taken:
        differing |= {change.key for change in one.changes}
    said = one.said.texts.get(sayings.PROGRESS, "")
    if set(progress_text(row.notes).splitlines()) - set(said.splitlines()):
        differing.add(sayings.PROGRESS)
    levels = [column for column in columns if LEVEL in column.fields]
    file_row = row_of(drafted)
    but = {
        column.key
        for column in columns
        if _keys(column) & differing
        or (
            LEVEL in column.fields
            and saying(now, column, levels) != saying(file_row, column, levels)
        )
    }
    keep_as_written(now, columns, drafted.written, but=but)


def after(one: Compared, notes: Iterable[ProgressNote] = ()) -> LineRow:
    """The line with everything its row says once the file is taken over."""
    row, line = one.row, one.line
    assert row is not None, "only a line that is there has a row"  # noqa: S101 -- for the types
    assert line is not None, "only a line that is there has a row"  # noqa: S101 -- for the types
    path = [line]
    while path[0].parent is not None:
        path.insert(0, path[0].parent)
    taken = {change.key: change.new for change in one.changes}
    targets = taken.get(sayings.TARGETS)
    marks = row.marks | {
        key.removeprefix(sayings.YEAR): new.splitlines()
        for key, new in taken.items()
        if key.startswith(sayings.YEAR)
    }
    return LineRow(
        line,
        path,
        row.targets if targets is None else split_items(targets),
        [*row.notes, *notes],
        marks,
        line.subject.name if line.subject else "",
    )


@transaction.atomic
def write_history(*, one: Compared, file_name: str, by: Actor, at: dt.datetime) -> None:
    """One entry for a line, with every field that was taken over."""
    line = one.line
    assert line is not None, "only a line that is there has a history"  # noqa: S101 -- for the types
    changes = [
        auditing.Change(field=c.key, label=c.label, old=c.old, new=c.new) for c in one.changes
    ]
    labels = ", ".join(change.label for change in one.changes)
    sentence = f"took over the {labels} of “{line.heading}” from {file_name}"
    auditing.record(
        verb="line.taken_over", record=line, sentence=sentence, by=by, at=at, changes=changes
    )


def _keys(column: PlanColumn) -> set[str]:
    if not column.fields:
        return {sayings.EXTRA + column.key}
    years = {sayings.YEAR + column.key} if "year" in column.fields else set()
    return set(column.fields) - {LEVEL, "year"} | years
