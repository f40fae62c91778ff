from __future__ import annotations

import filetype

from involvement.auditing.refusals import Refusal

LARGEST = 20 * 1024 * 1024

# What may be kept, by what the first bytes say; plain text has no first bytes of its own.
ALLOWED = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "mp3": "audio/mpeg",
}
TEXT = {"txt": "text/plain", "csv": "text/csv"}


class FileTooLarge(Refusal):
    """This file is larger than 20 MB. Make it smaller, or keep it in your own files and write
    where it is."""


class FileEmpty(Refusal):
    """This file is empty. Choose another."""


class FileKindRefused(Refusal):
    """We cannot keep this kind of file. Send a PDF, a picture (PNG or JPEG), a Word, Excel or
    PowerPoint file, an MP3, plain text or a CSV list."""


class FileIsNotWhatItSays(Refusal):
    """The name of this file says one kind and its content is another. Open it, save it again as a
    PDF, and send that."""


class TableIsNotWhatItSays(FileIsNotWhatItSays):
    """This file is damaged, or its content is not what its name says. Open it, save it again as
    .xlsx or .csv, and send that."""


def check_can_store(name: str, data: bytes) -> str:
    """The content type the file may be kept as. Raises the refusals above."""
    if not data:
        raise FileEmpty
    if len(data) > LARGEST:
        raise FileTooLarge
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    ending = {"jpeg": "jpg"}.get(ending, ending)
    if ending in TEXT:
        return TEXT[_check_is_text(data, ending)]
    if ending not in ALLOWED:
        raise FileKindRefused
    found = filetype.guess(data)
    if found is None or found.extension != ending:
        raise TableIsNotWhatItSays if ending == "xlsx" else FileIsNotWhatItSays
    return ALLOWED[ending]


def _check_is_text(data: bytes, ending: str) -> str:
    if b"\x00" in data or filetype.guess(data) is not None:
        raise TableIsNotWhatItSays if ending == "csv" else FileIsNotWhatItSays
    return ending
