from __future__ import annotations

import datetime as dt
import hashlib
import io
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from involvement.auditing.actors import Actor
from involvement.documents.models import StoredFile
from involvement.documents.policies import FileIsNotWhatItSays, check_can_store
from involvement.isolation.scope import landlord_id

PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
MOST_PIXELS = 40_000_000


@transaction.atomic
def store_file(*, name: str, data: bytes, by: Actor, at: dt.datetime) -> StoredFile:
    """Keep a file. Pictures are drawn anew, which drops where they were taken.

    Returns the row; the caller's record must hold its key. Raises the refusals of
    `policies.check_can_store`.
    """
    content_type = check_can_store(name, data)
    if content_type in PICTURES:
        data = _drawn_anew(data, PICTURES[content_type])
    file = StoredFile(
        landlord_id=landlord_id(),
        key=uuid.uuid4(),
        name=name.replace("\\", "/").rsplit("/", 1)[-1][-200:],
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        stored_at=at,
        **by.columns(),
    )
    file.save(force_insert=True)
    default_storage.save(file.path, ContentFile(data))
    return file


def _drawn_anew(data: bytes, form: str) -> bytes:
    from PIL import Image  # noqa: PLC0415 -- slow import, seldom needed

    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            raise FileIsNotWhatItSays(
                "This picture is too large to open safely. Make it smaller and send it again."
            )
        picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise FileIsNotWhatItSays from broken
    out = io.BytesIO()
    mode = "RGBA" if form == "PNG" and "A" in picture.getbands() else "RGB"
    picture.convert(mode).save(out, format=form)
    return out.getvalue()


@transaction.atomic
def keep_made(
    *, name: str, data: bytes, content_type: str, by: Actor, at: dt.datetime
) -> StoredFile:
    """Keep a file the product made itself, of a kind that nobody may send in. Returns the row."""
    file = StoredFile(
        landlord_id=landlord_id(),
        key=uuid.uuid4(),
        name=name[-200:],
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        stored_at=at,
        **by.columns(),
    )
    file.save(force_insert=True)
    default_storage.save(file.path, ContentFile(data))
    return file


@transaction.atomic
def remove_file(*, file: StoredFile, by: Actor, at: dt.datetime) -> None:
    """Delete a file, row and content, once no record holds it; the content after the commit.

    Nothing happens while a record still does.
    """
    path = file.path
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: default_storage.delete(path))
