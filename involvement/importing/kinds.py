"""What a file is, by its content and not by its name alone."""

from pathlib import PurePath
from typing import Final

import filetype

from involvement.importing.refusals import EmptyFile, FileTooLarge, WrongKind

MAX_BYTES: Final = 20 * 1024 * 1024
TEXT_SUFFIXES: Final = frozenset({".csv", ".txt"})
WORKBOOK_SUFFIX: Final = ".xlsx"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS: Final = "Save the table as CSV or as an Excel workbook (.xlsx)."


def check_size(size: int) -> None:
    """Raise EmptyFile or FileTooLarge, which names both sizes."""
    if size == 0:
        raise EmptyFile
    if size > MAX_BYTES:
        raise FileTooLarge(
            f"This file is {say_size(size)}; at most {say_size(MAX_BYTES)} can be read. "
            "Split it into smaller files, or take out pictures."
        )


def check_kind(content: bytes, *, name: str) -> str:
    """Answer "csv" or "xlsx", where the name and the content agree. Raises WrongKind."""
    suffix = PurePath(name.casefold()).suffix
    if content.startswith(_OLD_OFFICE):
        raise WrongKind(
            "This is an old Excel or Word file, or one with a password. Open it and save it as an "
            "Excel workbook (.xlsx) without a password."
        )
    is_zip = content.startswith(b"PK\x03\x04")
    if suffix == WORKBOOK_SUFFIX:
        if not is_zip:
            raise WrongKind(f"“{name}” is called .xlsx but is {_described(content)}. {_SAVE_AS}")
        return "xlsx"
    if suffix not in TEXT_SUFFIXES:
        raise WrongKind(f"“{name}” is neither a .csv nor an .xlsx file. {_SAVE_AS}")
    if is_zip:
        raise WrongKind(
            f"“{name}” is called {suffix} but is an Excel workbook or another packed file. "
            "If it is a workbook, give it the ending .xlsx."
        )
    if not _is_text(content):
        raise WrongKind(f"“{name}” is called {suffix} but is {_described(content)}. {_SAVE_AS}")
    return "csv"


def _is_text(content: bytes) -> bool:
    if content.startswith(_UTF_16):
        return True
    head = content[:512].lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"{\\rtf", b"%pdf")):
        return False
    return b"\0" not in content and filetype.guess(content[:512]) is None


def _described(content: bytes) -> str:
    guess = filetype.guess(content[:512])
    if guess is not None:
        kind = {"image": "a picture", "audio": "a sound", "video": "a film", "font": "a font"}
        return kind.get(guess.mime.partition("/")[0], f"a {guess.extension.upper()} file")
    if content[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return "a web page"
    return "a file of another kind" if b"\0" in content else "plain text"


def say_size(size: int) -> str:
    """A size in megabytes: "20 MB", "20.4 MB"."""
    megabytes = size / (1024 * 1024)
    return f"{megabytes:.0f} MB" if megabytes == int(megabytes) else f"{megabytes:.1f} MB"
