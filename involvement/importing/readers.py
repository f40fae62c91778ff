"""The one door for uploaded tables: checks size, kind and packing, then reads."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Final

from involvement.importing import refusals
from involvement.importing.csv_reader import read_csv
from involvement.importing.kinds import MAX_BYTES, check_kind, check_size
from involvement.importing.problems import RowProblem, Severity
from involvement.importing.tables import MAX_ROWS, Table, TableRow
from involvement.importing.workbook_parts import check_packing

_PROJECT: Final = Path(__file__).resolve().parents[2]
# The reader limits its own computing time; this also ends one that waits
_PATIENCE_SECONDS: Final = 60


def read_table(file: IO[bytes], *, name: str, sheet: str = "", most: int = MAX_ROWS) -> Table:
    """Read a CSV or XLSX file, such as Django's UploadedFile, as a table of text.

    `name` is the file's own name, whose ending must agree with its content; `sheet` names one of
    a workbook's sheets, else the first that holds a table is read. Of a CSV file at most `most`
    rows are read, of a workbook never more than MAX_ROWS. Raises a subclass of
    `ImportRefused`, whose text says what to do.
    """
    content = file_content(file)
    if check_kind(content, name=name) == "csv":
        if sheet.strip():
            raise refusals.NoSheets
        return read_csv(content, most=most)
    check_packing(io.BytesIO(content))
    return _read_in_child(content, sheet)


def file_content(file: IO[bytes]) -> bytes:
    """The bytes of an upload, its size checked before they are read.

    Raises EmptyFile, FileTooLarge.
    """
    file.seek(0, io.SEEK_END)
    check_size(file.tell())
    file.seek(0)
    return file.read(MAX_BYTES + 1)


def _read_in_child(content: bytes, sheet: str) -> Table:
    try:
        child = subprocess.run(
            [sys.executable, "-m", "involvement.importing.reader_process", sheet],
            input=content,
            capture_output=True,
            check=True,
            cwd=_PROJECT,
            env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=_PATIENCE_SECONDS,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        # It ran into its limits of memory or time
        raise refusals.WorkbookTooHeavy from None
    answer = json.loads(child.stdout)
    if "refused" in answer:
        kind = getattr(refusals, answer["refused"]["kind"])
        raise kind(answer["refused"]["sentence"])
    return _table(answer["table"])


def _table(answer: dict[str, Any]) -> Table:
    return Table(
        headings=tuple(answer["headings"]),
        rows=tuple(TableRow(row["number"], tuple(row["cells"])) for row in answer["rows"]),
        encoding=answer["encoding"],
        blank_rows=answer["blank_rows"],
        notes=tuple(answer["notes"]),
        problems=tuple(
            RowProblem(p["row"], p["column"], p["words"], Severity(p["severity"]))
            for p in answer["problems"]
        ),
        sheets=tuple(answer["sheets"]),
        sheet=answer["sheet"],
    )
