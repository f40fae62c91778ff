"""Workbooks (.xlsx), read inside a child process: see `reader_process`."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import python_calamine

from involvement.calendars.words import count, say_list
from involvement.importing.problems import RowProblem
from involvement.importing.refusals import (
    DamagedWorkbook,
    EmptyFile,
    PasswordProtected,
    TooManyColumns,
    TooManyRows,
    UnknownSheet,
)
from involvement.importing.tables import MAX_COLUMNS, MAX_ROWS, Table, make_table
from involvement.importing.workbook_parts import SheetShape, cell_position, sheet_shapes


def read_workbook(content: bytes, sheet: str = "") -> Table:
    """Read one sheet, or the first that holds a table; say in a note which others were left.

    `sheet` is its name, in capitals or not. Raises UnknownSheet, which lists those there are,
    DamagedWorkbook, PasswordProtected, EmptyFile, and what `make_table` raises.
    """
    shapes = sheet_shapes(io.BytesIO(content))
    chosen = _chosen(shapes, sheet)
    _check_extent(chosen)
    grid = _grid(content, chosen)
    notes = _notes(shapes, chosen)
    if filled := _fill_merged(grid, chosen):
        notes.append(f"{count(filled, 'merged cell')} filled down or across with the same text.")
    table = make_table(grid, encoding="xlsx", notes=notes, problems=_formula_problems(chosen))
    filled_sheets = tuple(shape.name for shape in shapes if shape.filled)
    return replace(table, sheets=filled_sheets, sheet=chosen.name)


def as_text(value: Any) -> str:
    """A cell's value as text: dates as 2026-03-31, whole numbers without a point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return str(value)


def _chosen(shapes: list[SheetShape], sheet: str) -> SheetShape:
    wanted = sheet.strip().casefold()
    for shape in shapes:
        if wanted and shape.name.strip().casefold() == wanted:
            return shape
    if wanted:
        names = say_list([_named(shape) for shape in shapes])
        raise UnknownSheet(f"This workbook has no sheet “{sheet}”. It has {names}. Choose one.")
    visible = [shape for shape in shapes if shape.filled and not shape.hidden]
    # A sheet with a single row is a title page; it is read where there is nothing else
    for shape in [shape for shape in visible if shape.rows > 1] or visible:
        return shape
    raise EmptyFile(
        "No visible sheet of this workbook holds anything. Check that the right file was "
        "saved, and that the sheet is not hidden."
    )


def _named(shape: SheetShape) -> str:
    return f"“{shape.name}”{' (hidden)' if shape.hidden else ''}"


def _check_extent(shape: SheetShape) -> None:
    if shape.last_row > 2 * MAX_ROWS:
        raise TooManyRows(
            f"The sheet “{shape.name}” reaches to row {shape.last_row:,}; at most {MAX_ROWS:,} "
            "rows can be read at once. Delete what stands far below the table, or split it."
        )
    if shape.last_column > MAX_COLUMNS:
        raise TooManyColumns(
            f"The sheet “{shape.name}” has {shape.last_column:,} columns; at most {MAX_COLUMNS} "
            "can be read. Delete what stands to the right of the table."
        )


def _grid(content: bytes, shape: SheetShape) -> list[list[str]]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            values = workbook.get_sheet_by_name(shape.name).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        raise PasswordProtected from None
    except python_calamine.CalamineError:
        raise DamagedWorkbook from None
    grid = [[as_text(value) for value in row] for row in values]
    width = max((_width(row) for row in grid), default=0)
    return [(row + [""] * width)[:width] for row in grid]


def _width(row: list[str]) -> int:
    return max((index for index, cell in enumerate(row, start=1) if cell), default=0)


def _fill_merged(grid: list[list[str]], shape: SheetShape) -> int:
    """Give every cell of a merged range its text; answers how many ranges held one."""
    filled = 0
    for reference in shape.merged:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = cell_position(first), cell_position(last or first)
        if top > len(grid) or left > len(grid[top - 1]) or not grid[top - 1][left - 1]:
            continue
        filled += 1
        for row in grid[top - 1 : bottom]:
            for column in range(left - 1, min(right, len(row))):
                row[column] = grid[top - 1][left - 1]
    return filled


def _notes(shapes: list[SheetShape], chosen: SheetShape) -> list[str]:
    others = [shape for shape in shapes if shape is not chosen and shape.filled]
    if not others:
        return []
    names = say_list([_named(shape) for shape in others])
    said = f"Only the sheet “{chosen.name}” was read. Not read: {names}."
    return [f"{said} To bring in another, choose it by its name or save it as a file of its own."]


def _formula_problems(shape: SheetShape) -> list[RowProblem]:
    problems = [
        RowProblem(
            cell_position(cell)[0],
            "",
            f"Cell {cell} holds a formula. Copy it and paste it as a value, then save the file "
            "again.",
        )
        for cell in shape.formulas
    ]
    more = shape.formula_count - len(problems)
    if more:
        problems.append(
            RowProblem(None, "", f"{count(more, 'further cell')} also holding formulas.")
        )
    return problems
