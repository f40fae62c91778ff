"""Puts the year marks of a plan's headings on their lines, all that a page says at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan, YearMark
from actionplans.plans.operations.ties import place_year_mark
from actionplans.plans.queries.year_marks import Held, Marks, marks_held, seen_in
from involvement.auditing.actors import Actor


@transaction.atomic
def place_year_marks(
    *, plan: Plan, seen: str, wanted: Mapping[int, Sequence[int]], by: Actor, at: dt.datetime
) -> int:
    """Put marks on the lines that are wanted for them, and take them off all others.

    `wanted` names, by `Marks.key`, the lines by key, a line twice for two marks; `seen` is what
    `seen_in` said of the page. Returns how many marks were moved. Raises PlanIsArchived,
    MarksChangedMeanwhile, MoreLinesThanMarks, MarkBelongsElsewhere.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    policies.check_can_change(plan)
    held = marks_held(plan)
    if seen_in(held) != seen:
        raise policies.MarksChangedMeanwhile
    moves = [
        move
        for one in held
        for group in one.groups
        for move in _moves(one, group, wanted.get(group.key, ()))
    ]
    for mark, line in moves:
        place_year_mark(mark=mark, line=line, by=by, at=at)
    return len(moves)


def _moves(
    held: Held, group: Marks, wanted: Sequence[int]
) -> Iterator[tuple[YearMark, Line | None]]:
    """Which marks go where; one that is on a wanted line already stays."""
    by_key = {line.pk: line for line in held.lines}
    if not by_key.keys() >= set(wanted):
        raise policies.MarkBelongsElsewhere
    if len(wanted) > len(group.marks):
        raise policies.MoreLinesThanMarks(group.words, held.holder, len(group.marks), len(wanted))
    left, free = list(wanted), []
    for mark in group.marks:
        if mark.line_id in left:
            left.remove(mark.line_id)
        else:
            free.append(mark)
    for mark, key in zip(free, left, strict=False):
        yield mark, by_key[key]
    for mark in free[len(left) :]:
        if mark.line_id is not None:
            yield mark, None
