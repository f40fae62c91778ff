"""CSV files: encoding and separator found out, cells that hold lines kept whole."""

import codecs
import csv
import io
from dataclasses import replace
from typing import Final

from involvement.importing.formulas import restore
from involvement.importing.refusals import ImportRefused, TooManyRows, UnclosedQuote
from involvement.importing.tables import MAX_ROWS, Table, make_table

_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SAMPLE: Final = 50


def read_csv(content: bytes, *, most: int = MAX_ROWS) -> Table:
    """Read a CSV file of at most `most` rows.

    Raises UnclosedQuote, and what `make_table` raises.
    """
    text, encoding, notes = _decoded(content)
    separator = _separator(text)
    if separator != ",":
        notes.append(f"The cells are separated by {_SEPARATORS[separator]}.")
    records = _records(text, separator, most)
    table = make_table(
        [[restore(cell) for cell in record] for record in records],
        encoding=encoding,
        notes=notes,
        most=most,
    )
    return replace(table, ends_open=not text.endswith(("\n", "\r")))


def _decoded(content: bytes) -> tuple[str, str, list[str]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), "utf-16", []
        except UnicodeDecodeError:
            raise ImportRefused from None
    try:
        return content.decode("utf-8-sig"), "utf-8", []
    except UnicodeDecodeError:
        note = (
            "The file is not in UTF-8, so it was read as Windows text. Check that £ signs, dashes "
            "and names with accents came out right."
        )
    try:
        return content.decode("cp1252"), "cp1252", [note]
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1", [note]


def _separator(text: str) -> str:
    """The separator with which the first rows agree best on how many cells they have."""
    return max(_SEPARATORS, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> tuple[float, int]:
    widths = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if record:
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return 0, 0
    if not widths or widths[0] == 1:
        return 0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _records(text: str, separator: str, most: int) -> list[list[str]]:
    try:
        return _parsed(text, separator, most, strict=True)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise UnclosedQuote from None
        if "field larger" in str(error):
            raise ImportRefused(
                "One cell of this file is longer than 131,072 characters. Look for a quotation "
                "mark that is never closed, or shorten the cell."
            ) from None
    # Text after a closing quotation mark: spreadsheets read that, so we do
    return _parsed(text, separator, most, strict=False)


def _parsed(text: str, separator: str, most: int, *, strict: bool) -> list[list[str]]:
    records: list[list[str]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict):
        records.append(record)
        if len(records) > 2 * most:
            raise TooManyRows(
                f"This file has more than {2 * most:,} rows, blank ones counted; at most "
                f"{most:,} can be read at once. Take out the blank rows or split the file."
            )
    return records
