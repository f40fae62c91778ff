"""Brings a list of what was said into the log: read first, shown, and written only when confirmed.

A row is known again by what it says, so the same file twice, or a list we exported, adds nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils import timezone

from actionplans.feedback.models import Feedback
from actionplans.feedback.operations.import_rows import FIELDS, Known, RowReader, RowSaid
from actionplans.feedback.operations.recording import Said, record_many, spoken_by
from involvement.auditing.actors import Actor
from involvement.calendars.words import count, say_date
from involvement.importing import queries as importing
from involvement.importing.headings import Mapping, match_headings
from involvement.importing.models import Upload
from involvement.importing.operations import confirm_upload
from involvement.importing.problems import Preview, RowProblem, in_order
from involvement.importing.tables import Table
from residents.people.operations import add_many

KIND = "feedback"
SAMPLE = 10
# The first half of the database's lock; the landlord is the second.
_ONE_LIST = 1


@dataclass(frozen=True)
class Reading:
    """A file as read: what would be written, and what its preview says."""

    mapping: Mapping
    new: tuple[RowSaid, ...]
    preview: Preview
    rows_without_way: int = 0


def read_upload(upload: Upload, *, at: dt.datetime) -> Reading:
    """Read an upload without writing anything. Raises ImportRefused."""
    return read_table_of_feedback(
        importing.table_of(upload),
        choices=upload.choices or None,
        options=upload.options,
        today=timezone.localdate(at),
    )


def read_table_of_feedback(
    table: Table,
    *,
    choices: dict[str, Sequence[str]] | None = None,
    options: dict[str, str] | None = None,
    today: dt.date,
) -> Reading:
    """Read a table without writing anything.

    `options` may give `said_on`, `source_kind` and `source_words` for rows that say nothing of it.
    An empty `source_kind` is a question still open: rows that need it stop the import. Where it is
    left out, such rows came with the list.
    """
    mapping = match_headings(table.headings, FIELDS, choices)
    reader = RowReader(mapping, Known.for_rows(mapping, table), options or {}, today)
    rows = [reader.read(row) for row in table.rows] if not mapping.problems else []
    marked = _marked([row for row in rows if row.said is not None])
    there = _already_there(marked)
    new = tuple(row for row in marked if not there(row))
    problems = [*table.problems, *mapping.problems]
    problems += _way_to_choose(reader)
    problems += [problem for row in rows for problem in row.problems]
    preview = Preview(
        rows_read=len(table.rows),
        created=len(new),
        unchanged=len(marked) - len(new),
        skipped=len(table.rows) - len(marked),
        problems=in_order(problems),
        notes=(*table.notes, *_notes(mapping)),
        sample_headings=("Said on", "How", "Who", "Words", "About", "Where"),
        sample=tuple(_sampled(row) for row in new[:SAMPLE]),
    )
    return Reading(mapping, new, preview, reader.rows_without_way)


@transaction.atomic
def confirm_import(*, upload: Upload, by: Actor, at: dt.datetime) -> list[Feedback]:
    """Write what the preview showed. Returns the rows made.

    Raises AlreadyImported, SetAside, ProblemsRemain, ImportRefused, and then writes none. Lists are
    written one after another, so that the second of two with the same rows finds them there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_LIST, upload.landlord_id])
    reading = read_upload(upload, at=at)
    confirm_upload(upload=upload, done=reading.preview, by=by, at=at)
    return write_rows(reading=reading, by=by, at=at)


@transaction.atomic
def write_rows(*, reading: Reading, by: Actor, at: dt.datetime) -> list[Feedback]:
    """Write the new rows of a reading, and the people they name. Returns the rows made."""
    wanted = list(dict.fromkeys(row.newcomer for row in reading.new if row.newcomer is not None))
    people = dict(zip(wanted, add_many(people=wanted, by=by, at=at), strict=True))
    said: list[Said] = [
        spoken_by(row.said, people[row.newcomer]) if row.newcomer is not None else row.said
        for row in reading.new
        if row.said is not None
    ]
    return record_many(said=said, by=by, at=at)


def _marked(rows: list[RowSaid]) -> list[RowSaid]:
    """Each row with its fingerprint; rows that say the same are told apart by their order."""
    seen: Counter[str] = Counter()
    marked = []
    for row in rows:
        said = row.said
        if said is None:
            continue
        told = [said.words, said.said_on.isoformat(), said.source_kind, said.source_words]
        alike = json.dumps([*told, *row.as_named])
        seen[alike] += 1
        mark = hashlib.sha256(f"{alike}{seen[alike]}".encode()).hexdigest()
        marked.append(replace(row, said=replace(said, fingerprint=mark)))
    return marked


def _already_there(rows: list[RowSaid]) -> _There:
    marks = [row.said.fingerprint for row in rows if row.said is not None]
    numbers = [row.number_in_log for row in rows if row.number_in_log is not None]
    return _There(
        frozenset(
            Feedback.objects.filter(fingerprint__in=marks).values_list("fingerprint", flat=True)
        ),
        frozenset(Feedback.objects.filter(pk__in=numbers).values_list("pk", "said_on")),
    )


@dataclass(frozen=True)
class _There:
    """Whether a row is in the log: imported before, or exported from it with its number."""

    fingerprints: frozenset[str]
    numbered: frozenset[tuple[int, dt.date]]

    def __call__(self, row: RowSaid) -> bool:
        if row.said is None:
            return False
        exported = (row.number_in_log or 0, row.said.said_on)
        return row.said.fingerprint in self.fingerprints or exported in self.numbered


def _way_to_choose(reader: RowReader) -> list[RowProblem]:
    without = reader.rows_without_way
    if not without or reader.options.get("source_kind") != "":
        return []
    words = f"{count(without, 'row does', 'rows do')} not say how it reached us. Choose how, beside this."
    return [RowProblem(None, "", words)]


def _notes(mapping: Mapping) -> list[str]:
    extra = [f"“{column.heading}”" for column in mapping.extra if column.heading]
    if not extra:
        return []
    return [f"Kept with each row as it is, since no field takes it: {', '.join(extra)}."]


def _sampled(row: RowSaid) -> tuple[str, ...]:
    said = row.said
    if said is None:
        return ()
    named = said.person or said.body
    who = named.name if named is not None else said.speaker_words
    if row.newcomer is not None:
        who = f"{row.newcomer[0]} (new)"
    return (
        say_date(said.said_on),
        str(dict(_LABELS)[said.source_kind]),
        who,
        said.words,
        str(said.subject or ""),
        str(said.place or ""),
    )


_LABELS = Feedback._meta.get_field("source_kind").flatchoices
