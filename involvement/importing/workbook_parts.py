"""What the parts of an .xlsx file say about themselves, before anything reads its values.

An event parser walks each sheet once and keeps only counts: how far the data reaches, which cells
hold formulas, which are merged. A sparse sheet of a million rows costs nothing here. Any document
type declaration is refused, so no entity is ever expanded.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat  # declarations are refused in `_walk`, as defusedxml does

from involvement.importing.kinds import say_size
from involvement.importing.refusals import DamagedWorkbook, WorkbookTooHeavy

MAX_UNPACKED: Final = 50 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_PARTS: Final = 200
_MOST_FORMULAS: Final = 20
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Attributes = dict[str, str]


@dataclass
class SheetShape:
    """How far a sheet's data reaches, in how many rows, and its formula cells and merged ranges."""

    name: str
    hidden: bool = False
    filled: int = 0
    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    formula_count: int = 0
    formulas: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def check_packing(file: IO[bytes]) -> None:
    """Refuse a zip file that unpacks to too much. Reads its list of contents only.

    Raises WorkbookTooHeavy, DamagedWorkbook.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise DamagedWorkbook from None
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_RATIO * max(packed, 1):
        raise WorkbookTooHeavy
    if unpacked > MAX_UNPACKED:
        raise WorkbookTooHeavy(
            f"This workbook unpacks to {say_size(unpacked)}; at most {say_size(MAX_UNPACKED)} can "
            "be read. Split it into smaller files, or save it as CSV."
        )
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise DamagedWorkbook(
            "This file is packed like a workbook but holds none. Open it, save it as an Excel "
            "workbook (.xlsx) and try again."
        )


def sheet_shapes(file: IO[bytes]) -> list[SheetShape]:
    """The shape of every worksheet, in the workbook's order. Raises DamagedWorkbook."""
    try:
        with zipfile.ZipFile(file) as archive:
            targets = _targets(archive)
            shapes = []
            for sheet, relation in _sheets(archive):
                path = targets.get(relation, "")
                if "worksheets/" in path:
                    finder = _ShapeFinder(sheet)
                    _walk(archive, path, finder.start, finder.end)
                    shapes.append(sheet)
            return shapes
    except (zipfile.BadZipFile, KeyError, ValueError, expat.ExpatError):
        raise DamagedWorkbook from None


def cell_position(reference: str) -> tuple[int, int]:
    """Row and column of "B4", counted from 1: (4, 2). Raises ValueError."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _sheets(archive: zipfile.ZipFile) -> list[tuple[SheetShape, str]]:
    found: list[tuple[SheetShape, str]] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            found.append((SheetShape(attributes["name"], hidden=hidden), relation))

    _walk(archive, "xl/workbook.xml", start)
    return found


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes["Target"]
            found[attributes["Id"]] = target[1:] if target.startswith("/") else f"xl/{target}"

    _walk(archive, "xl/_rels/workbook.xml.rels", start)
    return found


class _ShapeFinder:
    """Follows a sheet's tags cell by cell. Both numbers of a cell may be left out in the file."""

    def __init__(self, shape: SheetShape) -> None:
        self.shape = shape
        self.row = self.column = 0
        self.filled = self.formula = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self._enter_cell(attributes.get("r"))
        elif tag in {"v", "is"}:
            self.filled = True
        elif tag == "f":
            self.formula = True
        elif tag == "mergeCell":
            self.shape.merged.append(attributes["ref"])

    def end(self, tag: str) -> None:
        if tag != "c" or not (self.filled or self.formula):
            return
        shape = self.shape
        shape.filled += 1
        shape.rows += self.row > shape.last_row
        shape.last_row = max(shape.last_row, self.row)
        shape.last_column = max(shape.last_column, self.column)
        if self.formula:
            shape.formula_count += 1
            if len(shape.formulas) < _MOST_FORMULAS:
                shape.formulas.append(f"{_letters(self.column)}{self.row}")

    def _enter_cell(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = cell_position(reference)
        self.filled = self.formula = False


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _walk(
    archive: zipfile.ZipFile,
    path: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise DamagedWorkbook(
            "This workbook holds a document type declaration, which no spreadsheet writes. Copy "
            "the table into a new workbook and save it as .xlsx."
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    # Some programs write every tag with a prefix
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    with archive.open(path) as part:
        parser.ParseFile(part)
