"""The only writers of exports."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Final

from django.db import connection, transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.documents.operations import keep_made, remove_file
from involvement.importing.writers import write_csv, write_xlsx
from involvement.isolation.scope import landlord_id
from involvement.isolation.tasks import enqueue
from residents.exports.models import Export
from residents.exports.queries import (
    ListToExport,
    expired,
    found_by_words,
    list_named,
    with_files,
)
from residents.people.models import Person
from residents.privacy.operations.looking import record_export
from residents.privacy.ports import A_RESIDENT

KEPT: Final = dt.timedelta(days=7)
# What takes longer than a person should wait for a page is made by a worker
MOST_AT_ONCE: Final = 2_000
# Fewer letters are part of too many names to be somebody's
SHORTEST_OF_THEIRS: Final = 3
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('residents.exports ' || %s, 0))"
_LOCK_SHARED: Final = (
    "SELECT pg_advisory_xact_lock_shared(hashtextextended('residents.exports ' || %s, 0))"
)
_TYPES: Final = {
    Export.Form.CSV: "text/csv",
    Export.Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@transaction.atomic
def ask_for_export(
    *,
    wanted: ListToExport,
    narrowed: Mapping[str, str],
    form: str,
    purpose: str,
    by: Actor,
    at: dt.datetime,
) -> Export:
    """Take a list out, for a purpose. Returns the export: ready, or being made where it is long.

    It stands in the register of who took personal data out from this moment, fetched or not.
    """
    _wait_for_erasures()
    rows = wanted.count(narrowed)
    export: Export = Export.objects.create(
        which=wanted.key,
        title=wanted.title,
        narrowed=dict(narrowed),
        form=form,
        purpose=" ".join(purpose.split()),
        rows=rows,
        asked_at=at,
        expires_at=at + KEPT,
        **by.columns(),
    )
    auditing.record(
        verb="export.asked",
        record=export,
        sentence=f"took out {wanted.title} ({count(rows, 'row')}), for: {export.purpose}",
        by=by,
        at=at,
    )
    if wanted.of_people:
        page = f"the list “{wanted.title}”"
        record_export(page=page, people=rows, purpose=export.purpose, by=by, at=at)
    if rows <= MOST_AT_ONCE:
        return make_export(export=export, by=by, at=at)
    enqueue("residents.exports.tasks.make_export", export_id=export.pk)
    return export


@transaction.atomic
def make_export(*, export: Export, by: Actor, at: dt.datetime) -> Export:
    """Write the file of an export that is being made; once is enough. Returns it."""
    _wait_for_erasures()
    export = Export.objects.select_for_update().get(pk=export.pk)
    wanted = list_named(export.which)
    if export.state != Export.State.MAKING or wanted is None:
        return export
    file = io.BytesIO()
    lines = wanted.lines(export.narrowed)
    if export.form == Export.Form.CSV:
        write_csv(file, wanted.headings, lines, for_excel=True)
    else:
        write_xlsx(file, wanted.headings, lines, sheet=wanted.title)
    form = Export.Form(export.form)
    export.file = keep_made(
        name=f"{export.which}-{at:%Y-%m-%d}.{form.lower()}",
        data=file.getvalue(),
        content_type=_TYPES[form],
        by=by,
        at=at,
    )
    export.state = Export.State.READY
    export.save(update_fields=["file", "state"])
    return export


@transaction.atomic
def delete_expired(*, by: Actor, at: dt.datetime) -> int:
    """Delete the files that have been kept for a week. Returns how many."""
    rows = list(expired(at))
    for export in rows:
        _delete(export, Export.State.GONE, f"deleted the file of {export}", by, at)
    return len(rows)


@transaction.atomic
def forget_files(*, person: Person, by: Actor, at: dt.datetime) -> int:
    """Delete the file of every list, since each may hold somebody who is erased, and take words of
    theirs off what a list was found by. Returns how many files.

    A list says what it said on its day, perhaps by a name they had before, so no look into a file
    is sure to find them.
    """
    _wait_for_erasures(erasing=True)
    rows = list(with_files())
    for export in rows:
        said = f"deleted the file of {export}, which may have held somebody who was erased"
        _delete(export, Export.State.ERASED, said, by, at)
    for export in found_by_words():
        if _is_theirs(str(export.narrowed["q"]), person):
            export.narrowed = {**export.narrowed, "q": A_RESIDENT}
            export.save(update_fields=["narrowed"])
    return len(rows)


def _delete(export: Export, state: Export.State, sentence: str, by: Actor, at: dt.datetime) -> None:
    file, export.file, export.state = export.file, None, state
    export.save(update_fields=["file", "state"])
    if file is not None:
        remove_file(file=file, by=by, at=at)
    auditing.record(verb="export.deleted", record=export, sentence=sentence, by=by, at=at)


def _is_theirs(typed: str, person: Person) -> bool:
    """Whether what was typed is part of their name or a way to reach them."""
    typed = " ".join(typed.lower().split())
    theirs = (person.name, person.reference, person.email, person.phone, person.address)
    return len(typed) >= SHORTEST_OF_THEIRS and any(
        typed in one.lower() or one.lower() in typed for one in theirs if one
    )


def _wait_for_erasures(*, erasing: bool = False) -> None:
    """Let no list be written while somebody is erased: each waits for the other's commit."""
    lock = _LOCK if erasing else _LOCK_SHARED
    with connection.cursor() as cursor:
        cursor.execute(lock, [str(landlord_id())])
