"""Takes a changed spreadsheet over into the plan it was brought in for, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.db import transaction

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan, ProgressNote, YearMark
from actionplans.plans.operations import taking_over
from actionplans.plans.operations.bringing_in import (
    BroughtIn,
    FileHasProblems,
    has_errors,
    keep_file,
    last_draft,
    store_rows,
)
from actionplans.plans.operations.ordering import in_new_order
from actionplans.plans.queries import people_words
from actionplans.plans.queries.columns import PlanColumn, level_names_of
from actionplans.plans.queries.comparing import Compared, Comparison, compare, says_the_same
from actionplans.plans.queries.drafts import PlanDraft
from actionplans.plans.queries.sayings import PLACE
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count, say_list
from involvement.importing.tables import Table
from involvement.isolation.scope import landlord_id
from involvement.landlords.models import Landlord

_STORED: Final = (
    *("parent", "top", "depth", "position", "kind", "number", "title", "description", "measure"),
    *("owner_words", "monitor_words", "deadline_words", "starts_on", "due_on", "repeats"),
    *("open_ended", "certainty", "deadline_understood", "deadline_reading", "deadline_problem"),
    *("settled_at", "status", "last_news_at", "subject", "extra", "cells", "rows_above"),
    *("own_row", "source_row", "version"),
)


class PlanMovedMeanwhile(Refusal):
    """Somebody changed the plan, or brought a file in, since you looked at this. Here is what the
    file would change now: look at it once more, then take it over.
    """


@transaction.atomic
def update_plan(
    *,
    plan: Plan,
    table: Table,
    draft: PlanDraft,
    file_name: str,
    by: Actor,
    at: dt.datetime,
    leave: Collection[int] = (),
    drop: Collection[int] = (),
    reason: str = "",
    seen: str = "",
) -> BroughtIn:
    """Take over what is new or changed in the file. The same content again changes nothing.

    Lines in `leave` stay as they are. Of the lines that are gone from the file those in `drop` are
    taken out with the `reason`, or marked as stopped where they have a history; the others stay.
    `seen` is the fingerprint of the comparison the officer saw. Raises FileHasProblems,
    PlanIsArchived, PlanMovedMeanwhile, ReasonMissing, LineCannotStandThere.
    """
    if has_errors(draft):
        raise FileHasProblems
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    policies.check_can_change(plan)
    # Held in one order until the end, so that an officer who saves a line comes before or after
    list(Line.objects.filter(plan=plan).select_for_update(of=("self",)).order_by("pk").values("pk"))
    if says_the_same(plan, table):
        return BroughtIn(
            plan,
            changed=False,
            sentence=f"“{plan.title}” holds this file already. Nothing was changed.",
        )
    found = comparison(plan, draft, at=at)
    if seen and found.fingerprint != seen:
        raise PlanMovedMeanwhile
    if drop and not reason.strip():
        raise policies.ReasonMissing("Write why the lines are taken out of the plan.")
    return _Update(found, file_name, by, at).run(table, draft, set(leave), set(drop), reason)


def comparison(plan: Plan, draft: PlanDraft, *, at: dt.datetime) -> Comparison:
    """The file beside the plan and beside the file before it. Writes nothing."""
    landlord = Landlord.objects.get(pk=landlord_id())
    return compare(plan, draft, base=last_draft(plan, landlord=landlord, at=at))


class _Update:
    """One taking over; made anew for each."""

    def __init__(self, found: Comparison, file_name: str, by: Actor, at: dt.datetime) -> None:
        self.found, self.plan, self.file_name, self.by, self.at = (
            found, found.plan, file_name, by, at,
        )  # fmt: skip

    def run(
        self, table: Table, draft: PlanDraft, leave: set[int], drop: set[int], reason: str
    ) -> BroughtIn:
        """Write everything, in an order that keeps every constraint."""
        found = self.found
        there = {row.line.pk: row.line for row in found.rows}
        before = {pk: _stored(line) for pk, line in there.items()}
        self._take_columns(list(there.values()))
        taken = [one for one in found.changed if one.line and one.line.pk not in leave]
        for one in taken:
            taking_over.take_texts(one, at=self.at)
        moved = {x.line.pk for x in taken if x.line and any(c.key == PLACE for c in x.changes)}
        dropped = self._let_go(there, drop, moved, reason)
        by_place = self._make_new(
            draft,
            {one.drafted.line.position - 1: one.line for one in found.compared if one.line},
            len(there),
        )
        kept = [line for pk, line in there.items() if pk not in dropped]
        new = [one.drafted.line for one in found.new]
        ordered = in_new_order(found, [*kept, *new], by_place, leave)
        notes = self._store_what_hangs(taken)
        self._keep_files_words({one.line.pk for one in taken if one.line}, notes)
        changed = [one.line for one in taken if one.line]
        for line in changed:
            line.version += 1
        fresh = {line.pk for line in new}
        differing = [x for x in ordered if x.pk in fresh or _stored(x) != before[x.pk]]
        Line.objects.bulk_update(differing, _STORED, batch_size=200)
        for line in dropped.values():
            Line.objects.filter(pk=line.pk).delete()
        for one in taken:
            taking_over.write_history(one=one, file_name=self.file_name, by=self.by, at=self.at)
        return self._finish(table, draft, len(new), len(taken), len(dropped))

    def _take_columns(self, lines: list[Line]) -> None:
        """The file's columns become the plan's; columns only the plan has stand after them."""
        found, plan = self.found, self.plan
        kept = [PlanColumn(found.renamed[c.key], c.heading, c.fields) for c in found.kept_columns]
        names = level_names_of(found.columns)
        if len(names) != len(plan.level_names) or found.moves_columns:
            plan.level_names = names
        plan.columns = [column.as_json() for column in [*found.columns, *kept]]
        if not found.moves_columns:
            return
        renamed = found.renamed
        for line in lines:
            line.extra = {renamed[k]: v for k, v in line.extra.items() if k in renamed}
            line.cells = {renamed[k]: v for k, v in line.cells.items() if k in renamed}
        for row in found.rows:
            row.marks = {renamed[k]: v for k, v in row.marks.items() if k in renamed}
        marks = list(YearMark.objects.filter(plan=plan).order_by("pk"))
        for prefix in ("~", ""):
            for mark in marks:
                key = mark.column.removeprefix("~")
                mark.column = f"~{renamed.get(key, key)}" if prefix else key
            YearMark.objects.bulk_update(marks, ["column"], batch_size=500)

    def _let_go(
        self, there: dict[int, Line], drop: set[int], moved: set[int], reason: str
    ) -> dict[int, Line]:
        """Which lines are taken out, the innermost first; one with a history is stopped and stays."""
        dropped: dict[int, Line] = {}
        gone = [line for line in self.found.gone if line.pk in drop]
        for gone_line in sorted(gone, key=lambda line: -line.depth):
            line = there[gone_line.pk]
            staying = [x for pk, x in there.items() if pk not in dropped and pk not in moved]
            if any(other.parent_id == line.pk for other in staying):
                continue
            said = f"“{line.heading}”, which is gone from {self.file_name}: {reason.strip()}"
            if policies.has_history(line):
                line.status, line.last_news_at = Line.Status.STOPPED, self.at
                line.version += 1
                ProgressNote.objects.create(
                    line=line, noted_at=self.at, words=reason.strip(), status=line.status,
                    **self.by.columns(),
                )  # fmt: skip
                self._record("line.stopped", line, f"stopped {said}")
                continue
            self._record("line.deleted", self.plan, f"deleted {said}")
            self._record("line.deleted", line, f"deleted {said}")
            dropped[line.pk] = line
        return dropped

    def _make_new(
        self, draft: PlanDraft, there: dict[int, Line], count_there: int
    ) -> dict[int, Line]:
        """Store the lines that are new, under their headings, in places of their own for now."""
        by_place = dict(there)
        fresh = [one.drafted for one in self.found.new]
        for drafted in sorted(fresh, key=lambda drafted: drafted.line.depth):
            line, above = drafted.line, drafted.parent
            place = line.position - 1
            parent = by_place[above.line.position - 1] if above else None
            by_place[place] = line
            line.plan, line.created_at, line.parent = self.plan, self.at, parent
            line.top = (parent.top or parent) if parent else None
            line.depth = parent.depth + 1 if parent else 0
            line.last_news_at = self.at if drafted.progress else None
        places = {id(drafted): drafted.line.position for drafted in draft.lines}
        for drafted in fresh:
            drafted.line.position += count_there + len(draft.lines)
        store_rows(plan=self.plan, lines=fresh, by=self.by, at=self.at)
        for drafted in fresh:
            drafted.line.position = places[id(drafted)]
        return by_place

    def _store_what_hangs(self, taken: list[Compared]) -> dict[int, list[ProgressNote]]:
        known = people_words.directory()
        notes = {
            one.line.pk: taking_over.take_rows(one=one, known=known, by=self.by, at=self.at)
            for one in taken
            if one.line
        }
        ProgressNote.objects.bulk_create([note for some in notes.values() for note in some])
        return notes

    def _keep_files_words(self, taken: set[int], notes: dict[int, list[ProgressNote]]) -> None:
        for line in [*self.found.gone, *self.found.only_here]:
            line.source_row = None
        for one in self.found.compared:
            standing, drafted = one.line, one.drafted
            if standing is None:
                continue
            line = standing
            line.source_row, line.own_row = drafted.row, drafted.row is not None
            line.rows_above = drafted.line.rows_above
            if line.kind != Line.Kind.PART and drafted.line.kind == Line.Kind.GROUP:
                line.kind = Line.Kind.GROUP
            taking_over.keep_cells(
                one, self.found.columns, taken=line.pk in taken, notes=notes.get(line.pk, [])
            )

    def _finish(
        self, table: Table, draft: PlanDraft, new: int, changed: int, dropped: int
    ) -> BroughtIn:
        plan, found = self.plan, self.found
        plan.version += 1
        plan.save(update_fields=["version", "columns", "level_names"])
        keep_file(
            plan=plan,
            table=table,
            rows=draft.rows_read,
            file_name=self.file_name,
            by=self.by,
            at=self.at,
        )
        left = len(found.gone) - dropped
        unchanged = len(found.compared) - new - changed
        said = [
            f"{number:,} {words}"
            for number, words in (
                (new, "new"), (changed, "changed"), (unchanged, "unchanged"),
                (dropped, "taken out"), (left, "gone from the file and left in the plan"),
            )
            if number
        ]  # fmt: skip
        lines = say_list(said)
        self._record(
            "plan.taken_over",
            plan,
            f"took over {count(draft.rows_read, 'row')} from {self.file_name}: {lines}",
        )
        return BroughtIn(plan, changed=True, sentence=f"Lines in “{plan.title}”: {lines}.")

    def _record(self, verb: str, record: Plan | Line, sentence: str) -> None:
        auditing.record(verb=verb, record=record, sentence=sentence, by=self.by, at=self.at)


def _stored(line: Line) -> tuple[object, ...]:
    """What of a line is stored by a taking over, for comparing."""
    return tuple(
        repr(getattr(line, f"{name}_id" if name in {"parent", "top", "subject"} else name))
        for name in _STORED
    )
