"""A table as text: what every reader gives and every importer takes."""

from dataclasses import dataclass
from typing import Final

from involvement.calendars.words import count
from involvement.importing.problems import RowProblem
from involvement.importing.refusals import EmptyFile, NoRows, TooManyColumns, TooManyRows

MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 60


@dataclass(frozen=True)
class TableRow:
    """One row that holds something, with the number a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headings and rows of a file, every cell as text.

    A row with fewer or more cells than there are headings is kept as it is and has a problem in
    `problems`; `blank_rows` were left out. `ends_open` says of a CSV file that its last line has no
    line end. `encoding` is "utf-8", "utf-16" or "cp1252" for a CSV
    file and "xlsx" for a workbook; `notes` are sentences for whoever uploaded it. Of a workbook
    `sheets` are those that hold something, and `sheet` is the one that was read.
    """

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: str
    blank_rows: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    ends_open: bool = False

    def column(self, index: int) -> list[str]:
        """The cells of one column; "" where a row is too short."""
        return [row.cells[index] if index < len(row.cells) else "" for row in self.rows]


def make_table(
    records: list[list[str]],
    *,
    encoding: str,
    notes: list[str],
    problems: list[RowProblem] | None = None,
    most: int = MAX_ROWS,
) -> Table:
    """A table from the records of a file: the first that holds something is the headings.

    At most `most` rows are read.

    Raises EmptyFile, NoRows, TooManyRows, TooManyColumns.
    """
    filled = [
        TableRow(number, tuple(cells))
        for number, cells in enumerate(records, start=1)
        if any(map(str.strip, cells))
    ]
    if not filled:
        raise EmptyFile
    headings, rows = filled[0].cells, filled[1:]
    if not rows:
        raise NoRows
    if len(rows) > most:
        raise TooManyRows(
            f"This file has {len(rows):,} rows; at most {most:,} can be read at once. "
            "Split it into smaller files."
        )
    widest = max(len(headings), *(len(row.cells) for row in rows))
    if widest > MAX_COLUMNS:
        raise TooManyColumns(
            f"This file has {widest:,} columns; at most {MAX_COLUMNS} can be read. "
            "Keep the columns of one table."
        )
    blank = len(records) - len(filled)
    said = [f"{count(blank, 'blank row')} left out."] if blank else []
    return Table(
        headings=headings,
        rows=tuple(rows),
        encoding=encoding,
        blank_rows=blank,
        notes=(*notes, *said),
        problems=(*(problems or []), *_ragged(headings, rows)),
    )


def _ragged(headings: tuple[str, ...], rows: list[TableRow]) -> list[RowProblem]:
    return [
        RowProblem(
            row.number,
            "",
            f"This row has {count(len(row.cells), 'cell')}, but there are "
            f"{count(len(headings), 'heading')}. Look for a missing or an extra separator, or put "
            "text that holds one in double quotes.",
        )
        for row in rows
        if len(row.cells) != len(headings)
    ]
