"""Tables written as CSV and as workbooks, so that reading them again gives the same cells."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, Final

import xlsxwriter

from involvement.auditing.refusals import Refusal
from involvement.importing.formulas import neutralise

_BYTE_ORDER_MARK: Final = "\ufeff"
_LONGEST_CELL: Final = 32_767
_WIDEST: Final = 60
_NARROWEST: Final = 8


class CellTooLong(Refusal):
    """A cell is longer than the 32,767 characters a workbook can hold. Export it as CSV."""


def write_csv(
    file: IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    for_excel: bool = False,
) -> None:
    """Write a CSV file in UTF-8, row by row.

    Every cell is in quotes, so that no reader takes a semicolon or a line inside a cell for a
    separator. Cells a spreadsheet would run are neutralised: see `formulas`. `for_excel` begins
    the file with a byte order mark, without which Excel misreads £ and accents; programs that do
    not expect one would find it in the first heading.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        if for_excel:
            text.write(_BYTE_ORDER_MARK)
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow([neutralise(cell) for cell in headings])
        writer.writerows([neutralise(cell) for cell in row] for row in rows)
    finally:
        text.detach()


def write_xlsx(
    file: IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    sheet: str = "Sheet1",
    widths: Sequence[int] = (),
) -> None:
    """Write a workbook with one sheet, row by row: text only, wrapped, its headings frozen.

    `widths` are the columns' widths in characters; without them they follow the headings. Raises
    CellTooLong.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        worksheet = workbook.add_worksheet(_sheet_name(sheet))
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for index, heading in enumerate(headings):
            given = widths[index] if index < len(widths) else 2 * len(heading)
            worksheet.set_column(index, index, max(_NARROWEST, min(_WIDEST, given)))
        worksheet.freeze_panes(1, 0)
        worksheet.repeat_rows(0)
        _write_row(worksheet, 0, headings, bold)
        for number, row in enumerate(rows, start=1):
            _write_row(worksheet, number, row, wrapped)


def _write_row(
    worksheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    cells: Sequence[str],
    cell_format: xlsxwriter.format.Format,
) -> None:
    for index, cell in enumerate(cells):
        if len(cell) > _LONGEST_CELL:
            raise CellTooLong
        if cell:
            worksheet.write_string(number, index, cell, cell_format)


def _sheet_name(name: str) -> str:
    """A name Excel takes: at most 31 characters, none of its seven special ones."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in name)
    return plain.strip(" '")[:31] or "Sheet1"
