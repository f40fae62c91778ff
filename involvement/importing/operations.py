"""The only writers of uploads and saved mappings.

An importer's own operation writes its rows and calls `confirm_upload` in the same transaction, so
that either both stand or neither.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.documents.operations import store_file
from involvement.importing.models import SavedMapping, Upload
from involvement.importing.policies import check_can_confirm, check_can_settle
from involvement.importing.problems import Preview
from involvement.importing.queries import as_kept, table_of
from involvement.importing.readers import read_table

_COUNTS = ("rows_read", "created", "changed", "unchanged", "skipped")


@transaction.atomic
def start_upload(
    *,
    kind: str,
    name: str,
    data: bytes,
    by: Actor,
    at: dt.datetime,
    options: Mapping[str, Any] | None = None,
) -> Upload:
    """Keep a file that can be read, for its preview. Nothing of it is imported.

    Returns the upload. Raises ImportRefused, or what `documents.store_file` raises.
    """
    table = read_table(io.BytesIO(data), name=name)
    file = store_file(name=name, data=as_kept(data), by=by, at=at)
    upload: Upload = Upload.objects.create(
        kind=kind,
        file=file,
        uploaded_at=at,
        options=dict(options or {}),
        rows_read=len(table.rows),
        **by.columns(),
    )
    auditing.record(
        verb="upload.started",
        record=upload,
        sentence=f"uploaded “{file.name}” ({count(len(table.rows), 'row')}) for a preview",
        by=by,
        at=at,
    )
    return upload


@transaction.atomic
def choose_fields(
    *,
    upload: Upload,
    choices: Mapping[str, Sequence[str]],
    by: Actor,
    at: dt.datetime,
    options: Mapping[str, Any] | None = None,
) -> Upload:
    """Say which headings feed which fields; `options` are added to those of the upload.

    Returns the upload. Raises as `check_can_settle`.
    """
    upload = _locked(upload)
    check_can_settle(upload)
    upload.choices = {heading: list(fields) for heading, fields in choices.items()}
    upload.options = {**upload.options, **(options or {})}
    upload.save(update_fields=["choices", "options"])
    auditing.record(
        verb="upload.mapped",
        record=upload,
        sentence=f"chose the fields for the headings of “{upload}”",
        by=by,
        at=at,
    )
    return upload


@transaction.atomic
def choose_sheet(*, upload: Upload, sheet: str, by: Actor, at: dt.datetime) -> Upload:
    """Say which sheet of a workbook is meant; fields chosen for another sheet's headings go.

    Returns the upload. Raises as `check_can_settle`, and ImportRefused for a sheet that is not
    there or cannot be read.
    """
    upload = _locked(upload)
    check_can_settle(upload)
    upload.options = {**upload.options, "sheet": sheet}
    upload.rows_read, upload.choices = len(table_of(upload).rows), {}
    upload.save(update_fields=["options", "choices", "rows_read"])
    sentence = f"chose the sheet “{sheet}” of “{upload}”"
    auditing.record(verb="upload.sheet_chosen", record=upload, sentence=sentence, by=by, at=at)
    return upload


@transaction.atomic
def confirm_upload(*, upload: Upload, done: Preview, by: Actor, at: dt.datetime) -> Upload:
    """Mark an upload as imported, with the counts of what is done.

    Call it first, inside the transaction that writes the rows: of two who confirm at once, the
    second waits here and is refused. Returns the upload. Raises AlreadyImported, SetAside, ProblemsRemain.
    """
    upload = _locked(upload)
    check_can_confirm(upload, done)
    for name in _COUNTS:
        setattr(upload, name, getattr(done, name))
    return _settled(upload, Upload.State.CONFIRMED, f"imported “{upload}”: {done.sentence}", by, at)


@transaction.atomic
def refuse_upload(*, upload: Upload, by: Actor, at: dt.datetime) -> Upload:
    """Set an upload aside without importing it. Returns it. Raises AlreadyImported, SetAside."""
    upload = _locked(upload)
    check_can_settle(upload)
    sentence = f"set “{upload}” aside without importing it"
    return _settled(upload, Upload.State.REFUSED, sentence, by, at)


@transaction.atomic
def save_mapping(
    *, kind: str, name: str, choices: Mapping[str, Sequence[str]], by: Actor, at: dt.datetime
) -> SavedMapping:
    """Keep a mapping under a name; the same name again replaces it. Returns it."""
    kept = {heading: list(fields) for heading, fields in choices.items()}
    mapping: SavedMapping
    mapping, _ = SavedMapping.objects.update_or_create(
        kind=kind, name=name, defaults={"choices": kept, "saved_at": at, **by.columns()}
    )
    auditing.record(
        verb="mapping.saved",
        record=mapping,
        sentence=f"kept the mapping “{name}” for the next file",
        by=by,
        at=at,
    )
    return mapping


def _locked(upload: Upload) -> Upload:
    found: Upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    return found


def _settled(
    upload: Upload, state: Upload.State, sentence: str, by: Actor, at: dt.datetime
) -> Upload:
    upload.state = state
    upload.settled_at = at
    upload.save(update_fields=["state", "settled_at", *_COUNTS])
    auditing.record(verb=f"upload.{state.lower()}", record=upload, sentence=sentence, by=by, at=at)
    return upload
