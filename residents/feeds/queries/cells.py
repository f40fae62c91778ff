"""One cell of a housing system's list, read or refused with what to write instead."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Final

from residents.people.operations.homes import postcode as spaced

_EARLIEST: Final = dt.date(1900, 1, 1)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SHORT: Final = re.compile(r"\d{1,2}[/. -]\d{1,2}[/. -]\d{1,2}")
_IN_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})")
_MIDNIGHT: Final = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_MONTHS: Final = tuple(dt.date(2000, month, 1).strftime("%B").lower() for month in range(1, 13))
_DIGITS: Final = re.compile(r"[0-9]+")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# As British Standard 7666 has them
_POSTCODE: Final = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?) [0-9][A-Z]{2}")
_SIX_DIGITS: Final = re.compile(r"(\d\D*){6}")
UPRN_DIGITS: Final = 12


class Unreadable(ValueError):
    """A cell that cannot be read. Its text says what to write instead."""


def text(cell: str, most: int, what: str) -> str:
    """A cell on one line, composed letters made one. Raises Unreadable where it is too long."""
    said = " ".join(cell.split())
    if not said.isascii():
        said = unicodedata.normalize("NFC", said)
    if "\0" in said:
        raise Unreadable(f"The {what} holds a character that is none. Type it anew.")
    if len(said) > most:
        raise Unreadable(
            f"The {what} has {len(said):,} characters; at most {most} can be kept. Shorten it."
        )
    return said


@lru_cache(maxsize=50_000)
def day(cell: str, what: str) -> dt.date | None:
    """A day, or None for an empty cell. Raises Unreadable for what is none, or could be several."""
    said = _MIDNIGHT.sub("", cell.strip())
    if not said:
        return None
    if _SHORT.fullmatch(said):
        raise Unreadable(
            f"The {what} “{said}” could be several days. Write the year with four figures, such as "
            "1950-02-28 or 28/02/1950."
        )
    found = _numbers(said)
    if found is None:
        raise Unreadable(f"The {what} “{said}” is no date. Write it as 1950-02-28 or 28/02/1950.")
    try:
        read = dt.date(*found)
    except ValueError:
        raise Unreadable(
            f"The {what} “{said}” is no day of any calendar. Write the right day, such as "
            "1950-02-28."
        ) from None
    if read < _EARLIEST:
        raise Unreadable(f"The {what} “{said}” is before 1900. Write the right year.")
    return read


def _numbers(said: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(said):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(said):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _IN_WORDS.fullmatch(said):
        begins = match[2].lower()
        for number, month in enumerate(_MONTHS, start=1):
            if month.startswith(begins):
                return int(match[3]), number, int(match[1])
    return None


def uprn(cell: str) -> str:
    """A UPRN with the noughts it has. Raises Unreadable for what is none."""
    said = cell.strip().replace(" ", "")
    if said and not _DIGITS.fullmatch(said):
        raise Unreadable(
            f"“{said}” is no UPRN. Write its digits and nothing else; in a spreadsheet, format the "
            "column as text first."
        )
    if len(said) > UPRN_DIGITS:
        raise Unreadable(
            f"The UPRN “{said}” has {len(said)} digits; a UPRN has at most {UPRN_DIGITS}. Look it up "
            "again."
        )
    return said


def email(cell: str) -> str:
    """An e-mail address in small letters. Raises Unreadable for what is none."""
    said = cell.strip().lower()
    if said and (len(said) > 254 or not _EMAIL.fullmatch(said)):
        raise Unreadable(f"“{said[:60]}” is no e-mail address. Write it in full or leave it empty.")
    return said


def phone(cell: str) -> str:
    """A telephone number as it came, with its words. Raises Unreadable where it has too few digits."""
    said = text(cell, 30, "telephone number")
    if said and not _SIX_DIGITS.search(said):
        raise Unreadable(f"“{said}” is no telephone number. Write its digits or leave it empty.")
    return said


def postcode(cell: str) -> str:
    """A postcode in capitals with its space. Raises Unreadable for what is none."""
    said = spaced(cell)
    if said and not _POSTCODE.fullmatch(said):
        raise Unreadable(
            f"“{cell.strip()[:20]}” is no postcode. Write it as BH15 1QT or leave it empty."
        )
    return said
