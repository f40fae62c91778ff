from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from involvement.documents.models import StoredFile


def content(file: StoredFile) -> bytes:
    """The file's bytes. Raises FileNotFoundError where the storage has lost it."""
    with default_storage.open(file.path) as handle:
        data: bytes = handle.read()
    return data


def download(file: StoredFile, data: bytes | None = None) -> HttpResponse:
    """The answer that hands the file over, never shown inside our own pages; with `data`, that goes
    out under its name.

    Call it only from a view that has checked the policy of the record that holds the file.
    """
    response = HttpResponse(content(file) if data is None else data, content_type=file.content_type)
    header = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
