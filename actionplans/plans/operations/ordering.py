"""Where the lines of a plan stand once a changed file is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actionplans.plans import policies
from actionplans.plans.models import Line
from actionplans.plans.operations.places import walk
from actionplans.plans.queries import sayings
from actionplans.plans.queries.comparing import Comparison


def in_new_order(
    found: Comparison, lines: Sequence[Line], by_place: dict[int, Line], left_alone: Iterable[int]
) -> list[Line]:
    """All lines from top to bottom with parent, depth, top and position set; nothing is stored.

    `lines` are those the plan keeps, in their order until now, and the new ones after them;
    `by_place` gives the line of each place in the file. Raises LineCannotStandThere where the
    file and a move made on the pages would put two lines under each other.
    """
    alone = set(left_alone)
    by_pk = {line.pk: line for line in lines}
    for at, one in enumerate(found.compared):
        line = by_place[at]
        moved = any(change.key == sayings.PLACE for change in one.changes)
        if one.line is None or (moved and line.pk not in alone):
            above = one.drafted.parent
            line.parent = by_place[above.line.position - 1] if above else None
        elif line.parent_id:
            line.parent = by_pk[line.parent_id]
    children: dict[int | None, list[Line]] = {}
    for line in lines:
        if line.parent_id:
            line.parent = by_pk[line.parent_id]
        children.setdefault(line.parent_id, []).append(line)
    in_file, in_last = _orders(found, by_place)
    ordered: list[Line] = []
    woven = {
        parent: _siblings(group, in_file, in_last, {one.pk for one in _made(found, by_place)})
        for parent, group in children.items()
    }
    for root in woven.get(None, []):
        walk(root, None, woven, ordered)
    if len(ordered) != len(lines):
        raise policies.LineCannotStandThere(
            "The file and a move made on the plan’s pages put lines under each other. Move the "
            "line back on its page, or leave it as it is."
        )
    for position, line in enumerate(ordered, start=1):
        line.position = position
    return ordered


def _made(found: Comparison, by_place: dict[int, Line]) -> list[Line]:
    return [by_place[at] for at, one in enumerate(found.compared) if one.line is None]


def _orders(
    found: Comparison, by_place: dict[int, Line]
) -> tuple[dict[int, int], dict[int, int] | None]:
    """Each line's place in the file, and in the last one."""
    in_file = {line.pk: at for at, line in by_place.items()}
    if found.base is None:
        return in_file, None
    in_last = {
        one.line.pk: one.base.line.position
        for one in found.compared
        if one.line is not None and one.base is not None
    }
    return in_file, in_last


def _siblings(
    group: Sequence[Line], in_file: dict[int, int], in_last: dict[int, int] | None, new: set[int]
) -> list[Line]:
    """What stands under one heading: in the file's order where the file has changed it."""
    old = [line for line in group if line.pk not in new]
    filed = sorted((line for line in group if line.pk in in_file), key=lambda x: in_file[x.pk])
    if in_last is not None:
        both = [line for line in filed if line.pk in in_last]
        if both == sorted(both, key=lambda x: in_last[x.pk]):
            return woven(old, filed)
    return woven(filed, old)


def woven(first: Sequence[Line], second: Sequence[Line]) -> list[Line]:
    """The first in its order, each of the second that it lacks after the one before it there."""
    there = {line.pk for line in first}
    following: dict[int | None, list[Line]] = {}
    anchor: int | None = None
    for line in second:
        if line.pk in there:
            anchor = line.pk
        else:
            following.setdefault(anchor, []).append(line)
    found = list(following.get(None, []))
    for line in first:
        found += [line, *following.get(line.pk, [])]
    return found
