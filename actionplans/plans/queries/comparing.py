"""How a file differs from the plan it is brought in for, row by row and field by field.

What was changed on the pages since the last file stays: only what the new file says otherwise than
the last one did is taken over.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from actionplans.plans.models import Line, Plan, PlanFile
from actionplans.plans.queries import sayings
from actionplans.plans.queries.cells import LineRow
from actionplans.plans.queries.columns import PlanColumn, plan_columns, shared_columns
from actionplans.plans.queries.drafts import DraftLine, PlanDraft
from actionplans.plans.queries.pairing import drafted_nodes, pair, stored_nodes
from actionplans.plans.queries.sayings import Saying
from actionplans.plans.queries.tables import all_rows, plan_table, table_checksum
from involvement.importing.tables import Table


@dataclass(frozen=True)
class Change:
    """A field with what stands in the plan and what the file says."""

    key: str
    label: str
    old: str
    new: str


@dataclass
class Compared:
    """A line of the file beside the plan's own. `kept` was changed on the pages and stays."""

    drafted: DraftLine
    row: LineRow | None
    said: Saying
    base: DraftLine | None = None
    changes: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)

    @property
    def line(self) -> Line | None:
        return self.row.line if self.row else None

    @property
    def kind(self) -> str:
        if self.row is None:
            return "new"
        return "changed" if self.changes else "unchanged"


@dataclass
class Comparison:
    """A file beside a plan. Nothing has been written.

    `gone` are lines of the last file that this one leaves out; `only_here` those that were never in
    a file. `renamed` gives the new key of each old column; `kept_columns` are old columns that the
    file has no more and that hold something.
    """

    plan: Plan
    columns: list[PlanColumn]
    renamed: dict[str, str]
    kept_columns: list[PlanColumn]
    compared: list[Compared] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    only_here: list[Line] = field(default_factory=list)
    base: PlanDraft | None = None
    rows: list[LineRow] = field(default_factory=list)

    @property
    def moves_columns(self) -> bool:
        """Whether the columns stand otherwise than in the plan, so that their keys change."""
        return plan_columns(self.plan.columns) != [*self.columns]

    def of(self, kind: str) -> list[Compared]:
        """The lines that are "new", "changed" or "unchanged"."""
        return [one for one in self.compared if one.kind == kind]

    @cached_property
    def new(self) -> list[Compared]:
        return self.of("new")

    @cached_property
    def changed(self) -> list[Compared]:
        return self.of("changed")

    @cached_property
    def unchanged(self) -> list[Compared]:
        return self.of("unchanged")

    @property
    def kept(self) -> list[Compared]:
        return [one for one in self.compared if one.kept]

    @cached_property
    def fingerprint(self) -> str:
        """By which it is known that nothing moved between the preview and the confirming."""
        said = [
            [
                one.line.pk if one.line else 0,
                one.drafted.row,
                [[c.key, c.old, c.new] for c in one.changes],
            ]
            for one in self.compared
        ]
        text = json.dumps([said, sorted(line.pk for line in self.gone)])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def file_known(plan: Plan, table: Table) -> PlanFile | None:
    """The plan's file that held these very cells, if one did."""
    found: PlanFile | None = (
        PlanFile.objects.filter(plan=plan, checksum=checksum_of(table))
        .defer("table")
        .order_by("pk")
        .first()
    )
    return found


def files_like(table: Table, *, but: Plan | None) -> list[PlanFile]:
    """The files of other plans that held these very cells."""
    files = PlanFile.objects.filter(checksum=checksum_of(table)).select_related("plan")
    if but is not None:
        files = files.exclude(plan=but)
    return list(files.defer("table").order_by("pk"))


def latest_file(plan: Plan) -> PlanFile | None:
    """The file that was brought in last."""
    found: PlanFile | None = (
        PlanFile.objects.filter(plan=plan).order_by("-brought_in_at", "-pk").first()
    )
    return found


def says_the_same(plan: Plan, table: Table) -> bool:
    """Whether the file is the last one again, or what the plan says today."""
    latest = latest_file(plan)
    checksum = checksum_of(table)
    return bool(latest and latest.checksum == checksum) or plan_table(plan).checksum == checksum


def checksum_of(table: Table) -> str:
    """A file's checksum, whatever it is called."""
    return table_checksum(table.headings, [row.cells for row in table.rows])


def compare(plan: Plan, draft: PlanDraft, *, base: PlanDraft | None) -> Comparison:
    """The draft of a file beside the plan. `base` is the draft of the last file, read again."""
    rows = all_rows(plan)
    by_pk = {row.line.pk: row for row in rows}
    old_columns = plan_columns(plan.columns)
    renamed, lost = shared_columns(old_columns, draft.columns)
    kept = [column for column in lost if any(sayings.holds(row, column) for row in rows)]
    for at, column in enumerate(kept, start=len(draft.columns) + 1):
        renamed[column.key] = f"c{at}"
    found = Comparison(plan, draft.columns, renamed, kept, base=base, rows=rows)
    bases = _bases(base, [row.line for row in rows])
    pairs, by_base = _pairs(draft, base, rows, bases)
    said_base = sayings.of_drafts(base, renamed) if base else {}
    for at, drafted in enumerate(draft.lines):
        row = by_pk.get(pairs.get(at, 0))
        one = Compared(drafted, row, sayings.of_draft(drafted, draft.columns))
        if row is not None:
            place = by_base.get(row.line.pk)
            one.base = base.lines[place] if base and place is not None else None
            before = said_base.get(place) if place is not None else None
            _compare_fields(one, row, before, renamed)
            _compare_place(one, draft, pairs, by_pk)
        found.compared.append(one)
    _sort_the_rest(found, rows, set(pairs.values()), by_base, has_base=base is not None)
    return found


def _compare_fields(
    one: Compared, row: LineRow, before: Saying | None, renamed: dict[str, str]
) -> None:
    now = sayings.of_row(row, renamed)
    for key, text in one.said.texts.items():
        there = now.texts.get(key, "")
        if text == there or sayings.is_placed_mark(key, row, text, renamed):
            continue
        last = before.texts.get(key) if before else None
        if key == sayings.PROGRESS:
            fresh = sayings.fresh_progress(text, there, last or "")
            if fresh:
                one.changes.append(Change(key, one.said.label(key), there, fresh))
        elif last is not None and text == last:
            one.kept.append(Change(key, one.said.label(key), there, text))
        else:
            one.changes.append(Change(key, one.said.label(key), there, text))


def _compare_place(
    one: Compared, draft: PlanDraft, pairs: dict[int, int], by_pk: dict[int, LineRow]
) -> None:
    """Whether the file has moved the line under another heading since the last file."""
    line, parent = one.line, one.drafted.parent
    if line is None:
        return
    wanted = pairs.get(draft.place(parent)) if parent else None
    if parent is not None and wanted is None:
        # A heading that is new, or that comes a second time
        words = f"{parent.line.heading} (new)"
    elif line.parent_id == wanted:
        return
    else:
        words = by_pk[wanted].line.heading if wanted else ""
        if one.base is not None:
            before = one.base.parent.line.title if one.base.parent else ""
            if before == (parent.line.title if parent else ""):
                return
    old = by_pk[line.parent_id].line.heading if line.parent_id else ""
    change = Change(sayings.PLACE, "heading it stands under", old or "none", words or "none")
    one.changes.append(change)


def _bases(base: PlanDraft | None, lines: list[Line]) -> dict[int, int]:
    """Which line of the plan each line of the last file became."""
    if base is None:
        return {}
    by_row = {line.source_row: line for line in lines if line.source_row}
    known: dict[int, int] = {}
    for at, drafted in enumerate(base.lines):
        if drafted.row in by_row:
            known[at] = by_row[drafted.row].pk
    parents = {line.pk: line.parent_id for line in lines}
    taken = set(known.values())
    for at in range(len(base.lines) - 1, -1, -1):
        above = base.lines[at].parent
        place = base.place(above) if above else None
        parent = parents.get(known.get(at, 0))
        if place is not None and parent and place not in known and parent not in taken:
            known[place] = parent
            taken.add(parent)
    return known


def _pairs(
    draft: PlanDraft, base: PlanDraft | None, rows: list[LineRow], bases: dict[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The plan's line for each of the draft's, and the last file's place for each of the plan's."""
    known: dict[int, int] = {}
    new = drafted_nodes(draft.lines)
    if base is not None:
        for at, place in pair(new, drafted_nodes(base.lines)).items():
            if place in bases:
                known[at] = bases[place]
    pairs = pair(new, stored_nodes([row.line for row in rows]), known)
    return pairs, {pk: place for place, pk in bases.items()}


def _sort_the_rest(
    found: Comparison,
    rows: list[LineRow],
    paired: set[int],
    by_base: dict[int, int],
    *,
    has_base: bool,
) -> None:
    for row in rows:
        line = row.line
        if line.pk in paired:
            continue
        was_in_file = line.pk in by_base if has_base else True
        (found.gone if was_in_file else found.only_here).append(line)


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as commands print it."""
    return {
        "new": [{"row": one.drafted.row, "line": one.drafted.line.heading} for one in found.new],
        "changed_lines": [
            {
                "row": one.drafted.row,
                "line": str(one.line),
                "changes": [{"field": c.label, "old": c.old, "new": c.new} for c in one.changes],
            }
            for one in found.changed
        ],
        "unchanged": len(found.unchanged),
        "gone": [{"row": line.source_row, "line": str(line)} for line in found.gone],
        "only_here": len(found.only_here),
        "kept": [
            {
                "line": str(one.line),
                "changes": [{"field": c.label, "here": c.old, "file": c.new} for c in one.kept],
            }
            for one in found.kept
        ],
    }
