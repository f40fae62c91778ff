"""Brings a landlord's spreadsheet in as a plan, in one transaction and a few bulk inserts."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from actionplans.plans.models import (
    Line,
    LineLink,
    LineMonitor,
    LineOwner,
    Plan,
    PlanFile,
    ProgressNote,
    Target,
    YearMark,
)
from actionplans.plans.queries import people_words
from actionplans.plans.queries.columns import FIELDS, level_names_of, map_headings, plan_columns
from actionplans.plans.queries.comparing import checksum_of, latest_file, says_the_same
from actionplans.plans.queries.drafts import DraftLine, PlanDraft
from actionplans.plans.queries.plans import plan_by_title
from actionplans.plans.queries.reading import Reading
from actionplans.plans.queries.references import cross_references, references
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.importing.headings import Column, How, Mapping
from involvement.importing.problems import RowProblem, Severity
from involvement.importing.tables import Table, TableRow
from involvement.landlords.models import Landlord, Subject

M = TypeVar("M", bound=Model)
_BATCH = 1000


class FileHasProblems(Refusal):
    """This file has problems to put right first. Nothing has been brought in."""


class PlanIsAnother(Refusal):
    """There is a plan of this title already, and it says something else than this file. Bring it in
    as a change of that plan (--update), or give the file another title.
    """


@dataclass(frozen=True)
class BroughtIn:
    """What came of it. `plan` is None where nothing was written and none was there."""

    plan: Plan | None
    changed: bool
    sentence: str


def read_plan(
    table: Table,
    mapping: Mapping | None = None,
    *,
    landlord: Landlord,
    at: dt.datetime,
    saved: MappingType[str, Sequence[str]] | None = None,
) -> PlanDraft:
    """What the table would bring in. Writes nothing.

    Without a `mapping` the headings are matched, as `saved` says where it says so.
    """
    subjects: dict[str, Any] = {
        subject.name.casefold(): subject
        for subject in Subject.objects.filter(archived_at__isnull=True).order_by("pk")
    }
    return Reading(
        table,
        mapping or map_headings(table.headings, saved),
        known=people_words.directory(),
        subjects=subjects,
        today=timezone.localdate(at),
        year_start_month=landlord.year_start_month,
    ).read()


@transaction.atomic
def bring_in_plan(
    *, table: Table, draft: PlanDraft, title: str, file_name: str, by: Actor, at: dt.datetime
) -> BroughtIn:
    """Store a draft as a plan. The same content again changes nothing and says so.

    Raises FileHasProblems, PlanIsAnother.
    """
    if has_errors(draft):
        raise FileHasProblems
    title = in_one_title(title)
    there = plan_by_title(title)
    if there is not None:
        return same_again(there, table)
    plan: Plan = Plan.objects.create(
        title=title,
        level_names=level_names_of(draft.columns),
        columns=[column.as_json() for column in draft.columns],
        created_at=at,
    )
    _store_lines(plan, draft, by=by, at=at)
    keep_file(plan=plan, table=table, rows=draft.rows_read, file_name=file_name, by=by, at=at)
    sentence = f"{count(draft.rows_read, 'row')} read, {count(len(draft.lines), 'line')} made in “{title}”."
    auditing.record(
        verb="plan.brought_in",
        record=plan,
        sentence=f"brought in {count(draft.rows_read, 'row')} from {file_name}",
        by=by,
        at=at,
    )
    return BroughtIn(plan, changed=True, sentence=sentence)


def same_again(plan: Plan, table: Table) -> BroughtIn:
    """What comes of a file whose title is taken: nothing, if it says the same.

    Raises PlanIsAnother.
    """
    if not says_the_same(plan, table):
        raise PlanIsAnother
    return BroughtIn(
        plan,
        changed=False,
        sentence=f"“{plan.title}” holds this file already. Nothing was changed.",
    )


def in_one_title(title: str) -> str:
    """A title as a plan carries it."""
    return " ".join(title.split())[:200]


def has_errors(draft: PlanDraft) -> bool:
    """Whether something in the file must be put right first."""
    return any(problem.severity is Severity.ERROR for problem in draft.problems)


@transaction.atomic
def keep_file(
    *, plan: Plan, table: Table, rows: int, file_name: str, by: Actor, at: dt.datetime
) -> PlanFile:
    """Note that a plan holds a file, and what the file said."""
    file: PlanFile
    file, _ = PlanFile.objects.update_or_create(
        plan=plan,
        checksum=checksum_of(table),
        defaults={
            "name": file_name.replace("\\", "/").rsplit("/", 1)[-1][-200:],
            "rows": rows,
            "brought_in_at": at,
            "table": [list(table.headings), [[row.number, list(row.cells)] for row in table.rows]],
            **by.columns(),
        },
    )
    return file


def last_draft(plan: Plan, *, landlord: Landlord, at: dt.datetime) -> PlanDraft | None:
    """The file a plan was brought in from last, read again; None where there is none."""
    file = latest_file(plan)
    if file is None or not file.table:
        return None
    headings, rows = file.table
    columns = plan_columns(plan.columns)[: len(headings)]
    table = Table(
        tuple(headings), tuple(TableRow(at_row, tuple(cells)) for at_row, cells in rows), "utf-8"
    )
    mapping = Mapping(
        tuple(Column(at, c.heading, c.fields, How.CHOSEN) for at, c in enumerate(columns)), FIELDS
    )
    return read_plan(table, mapping, landlord=landlord, at=at)


def _store_lines(plan: Plan, draft: PlanDraft, *, by: Actor, at: dt.datetime) -> None:
    for drafted in draft.lines:
        line = drafted.line
        line.plan, line.created_at = plan, at
        line.parent = drafted.parent.line if drafted.parent else None
        line.top = drafted.top.line if drafted.top else None
        line.last_news_at = at if drafted.progress else None
    store_rows(plan=plan, lines=draft.lines, by=by, at=at)
    _create(LineLink, _links(draft.lines, by=by, at=at))


@transaction.atomic
def store_rows(*, plan: Plan, lines: Sequence[DraftLine], by: Actor, at: dt.datetime) -> None:
    """Store lines that are new, the outermost first, with everything that hangs on them."""
    for depth in sorted({drafted.line.depth for drafted in lines}):
        level = [drafted.line for drafted in lines if drafted.line.depth == depth]
        for line in level:
            # Set again: only now has what it stands under its key
            line.parent, line.top = line.parent, line.top
        _create(Line, level)
    known = people_words.directory()
    _create(LineOwner, _people(lines, "owner_words", known, people_words.owners))
    _create(LineMonitor, _people(lines, "monitor_words", known, people_words.monitors))
    _create(Target, (target for drafted in lines for target in _targets(drafted)))
    _create(ProgressNote, _notes(lines, by=by, at=at))
    _create(YearMark, (mark for drafted in lines for mark in _marks(plan, drafted)))


def _create(model: type[M], rows: Iterable[M]) -> None:
    model._default_manager.bulk_create(list(rows), batch_size=_BATCH)


def _people(
    lines: Sequence[DraftLine], attribute: str, known: people_words.Directory, split: Any
) -> list[Any]:
    found = []
    for drafted in lines:
        for person in split(getattr(drafted.line, attribute), known):
            person.line_id = drafted.line.pk
            found.append(person)
    return found


def _targets(drafted: DraftLine) -> list[Target]:
    return [
        Target(line_id=drafted.line.pk, position=at, **target_columns(words))
        for at, words in enumerate(drafted.targets)
    ]


def target_columns(words: str) -> dict[str, str]:
    """A target's columns read from its words: how it is measured, where they say so."""
    sentences = [part.strip() for part in words.replace("? ", "?. ").split(". ")]
    return {"words": words, "measure": ". ".join(s for s in sentences if "measur" in s.casefold())}


def _notes(lines: Sequence[DraftLine], *, by: Actor, at: dt.datetime) -> list[ProgressNote]:
    return [
        ProgressNote(
            line_id=drafted.line.pk,
            noted_at=at,
            words=drafted.progress,
            from_file=True,
            form_key=uuid.uuid4(),
            **by.columns(),
        )
        for drafted in lines
        if drafted.progress
    ]


def _marks(plan: Plan, drafted: DraftLine) -> list[YearMark]:
    counts: dict[str, int] = {}
    marks = []
    for column, words in drafted.marks:
        position = counts[column.key] = counts.get(column.key, -1) + 1
        marks.append(
            YearMark(
                plan=plan,
                holder=drafted.line,
                line=None if drafted.line.kind == Line.Kind.GROUP else drafted.line,
                column=column.key,
                year_label=column.heading.strip()[:20],
                words=words,
                position=position,
            )
        )
    return marks


def _links(lines: Sequence[DraftLine], *, by: Actor, at: dt.datetime) -> list[LineLink]:
    stored = [drafted.line for drafted in lines]
    said = references(stored)
    pairs = cross_references(stored, dict(enumerate(said)))
    return [
        LineLink(line=stored[one], other=stored[other], linked_at=at, **by.columns())
        for one, other in dict.fromkeys(pairs)
    ]


def problem_as_json(problem: RowProblem) -> dict[str, Any]:
    """A problem as commands print it."""
    return {"row": problem.row, "column": problem.column, "words": problem.words}


def file_checksum(content: bytes) -> str:
    """By which an upload is known again."""
    return hashlib.sha256(content).hexdigest()
