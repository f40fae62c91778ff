"""Keeps the lines of a plan in order: positions from top to bottom, depth and top by parent."""

from __future__ import annotations

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan


def put_in_order(
    *,
    plan: Plan,
    moved: Line | None = None,
    under: Line | None = None,
    after: Line | None = None,
    first: bool = False,
) -> None:
    """Number the plan's lines anew, `moved` and all under it in its new place.

    It comes under `under` (None: outermost), after `after`, or else last among its siblings, or
    `first`. The plan's row is held by the caller. Raises LineCannotStandThere.
    """
    lines = list(Line.objects.filter(plan=plan).order_by("position", "pk"))
    before = {line.pk: _stands(line) for line in lines}
    by_pk = {line.pk: line for line in lines}
    children: dict[int | None, list[Line]] = {}
    for line in lines:
        children.setdefault(line.parent_id, []).append(line)
    if moved is not None:
        _place(by_pk, children, by_pk[moved.pk], under, after, first=first)
    ordered: list[Line] = []
    for root in children.get(None, []):
        walk(root, None, children, ordered)
    for position, line in enumerate(ordered, start=1):
        line.position = position
    changed = [line for line in ordered if _stands(line) != before[line.pk]]
    Line.objects.bulk_update(changed, ["position", "depth", "parent", "top"], batch_size=500)


def _stands(line: Line) -> tuple[int, int, int | None, int | None]:
    return line.position, line.depth, line.parent_id, line.top_id


def _place(
    by_pk: dict[int, Line],
    children: dict[int | None, list[Line]],
    line: Line,
    under: Line | None,
    after: Line | None,
    *,
    first: bool,
) -> None:
    above = by_pk.get(under.pk) if under else None
    if under is not None and above is None:
        raise policies.LineCannotStandThere
    step = above
    while step is not None:
        if step.pk == line.pk:
            raise policies.LineCannotStandThere
        step = by_pk[step.parent_id] if step.parent_id else None
    children[line.parent_id].remove(line)
    line.parent = above
    siblings = children.setdefault(above.pk if above else None, [])
    places = [at for at, sibling in enumerate(siblings) if after and sibling.pk == after.pk]
    if after is not None and not places:
        raise policies.LineCannotStandThere
    at = places[0] + 1 if places else (0 if first else len(siblings))
    siblings.insert(at, line)


def walk(
    line: Line, parent: Line | None, children: dict[int | None, list[Line]], ordered: list[Line]
) -> None:
    """Add a line and all under it to `ordered`, with parent, depth and top set to fit."""
    line.parent = parent
    line.depth = parent.depth + 1 if parent else 0
    line.top = (parent.top or parent) if parent else None
    ordered.append(line)
    for child in children.get(line.pk, []):
        walk(child, line, children, ordered)
