"""The only writers of exports."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.documents.operations import keep_made, remove_file
from involvement.importing.writers import write_csv, write_xlsx
from involvement.isolation.tasks import enqueue
from residents.exports.models import Export
from residents.exports.queries import ListToExport, expired, list_named
from residents.privacy.operations.looking import record_export

KEPT: Final = dt.timedelta(days=7)
# What takes longer than a person should wait for a page is made by a worker
MOST_AT_ONCE: Final = 2_000
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
        file, export.file, export.state = export.file, None, Export.State.GONE
        export.save(update_fields=["file", "state"])
        if file is not None:
            remove_file(file=file, by=by, at=at)
        auditing.record(
            verb="export.deleted",
            record=export,
            sentence=f"deleted the file of {export}",
            by=by,
            at=at,
        )
    return len(rows)
