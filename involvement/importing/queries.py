"""What importers and their pages ask about uploads."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Sequence

from django.db.models import QuerySet

from involvement.documents import queries as documents
from involvement.importing.headings import plain
from involvement.importing.models import SavedMapping, Upload
from involvement.importing.readers import read_table
from involvement.importing.tables import Table


def uploads(kind: str) -> QuerySet[Upload]:
    """An importer's uploads with their files, newest first."""
    found: QuerySet[Upload] = Upload.objects.filter(kind=kind).select_related("file")
    return found.order_by("-uploaded_at", "-pk")


def table_of(upload: Upload) -> Table:
    """The upload's file, read again, from the sheet chosen for it.

    Raises ImportRefused if it can no longer be read.
    """
    content = io.BytesIO(documents.content(upload.file))
    return read_table(content, name=upload.file.name, sheet=upload.options.get("sheet", ""))


def imported_before(*, kind: str, data: bytes) -> Upload | None:
    """The newest upload of this importer by which the very same file was already imported."""
    digest = hashlib.sha256(as_kept(data)).hexdigest()
    return uploads(kind).filter(state=Upload.State.CONFIRMED, file__sha256=digest).first()


def as_kept(data: bytes) -> bytes:
    """The bytes as they are stored: text in UTF-16 put into UTF-8, all else as it is."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16").encode()
    return data


def saved_mappings(kind: str) -> QuerySet[SavedMapping]:
    """An importer's saved mappings by name."""
    found: QuerySet[SavedMapping] = SavedMapping.objects.filter(kind=kind)
    return found.order_by("name", "pk")


def mapping_for(kind: str, headings: Sequence[str]) -> SavedMapping | None:
    """The newest saved mapping made for these very headings, in any order."""
    wanted = {plain(heading) for heading in headings}
    for mapping in SavedMapping.objects.filter(kind=kind).order_by("-saved_at", "-pk"):
        if {plain(heading) for heading in mapping.choices} == wanted:
            return mapping  # type: ignore[no-any-return]  # the manager is typed Any
    return None
