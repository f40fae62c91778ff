"""A roll-up as a table: on the page, as CSV and as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Final, Literal

from involvement.importing.writers import write_csv, write_xlsx
from reporting.rollup.queries import RollUp, Totals

Form = Literal["csv", "xlsx"]

COLUMNS: Final = {
    "plans": "Plans",
    "lines": "Lines of plans",
    "done": "Lines done",
    "late": "Lines late",
    "heard": "Things said",
    "waiting": "Things said that wait for an answer",
    "to_tell": "Things said to be told of, since they are decided",
    "told": "Things said and told of",
    "threads": "Threads",
    "cuts": "Broken threads",
    "reports": "Reports on times that ended",
    "published": "Reports published",
}
ALL: Final = "All together"
_NAME_WIDTH: Final = 40
_NUMBER_WIDTH: Final = 16


def written(rolled: RollUp, form: Form) -> IO[bytes]:
    """The roll-up as an open file, at its beginning."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    headings = ["Landlord", *COLUMNS.values()]
    if form == "csv":
        write_csv(file, headings, _rows(rolled), for_excel=True)
    else:
        widths = [_NAME_WIDTH, *(_NUMBER_WIDTH for _ in COLUMNS)]
        write_xlsx(file, headings, _rows(rolled), sheet=rolled.period.code, widths=widths)
    file.seek(0)
    return file


def _rows(rolled: RollUp) -> Iterator[list[str]]:
    for member in rolled.members:
        yield _cells(member.landlord.name, member.totals)
    yield _cells(ALL, rolled.totals)


def _cells(name: str, totals: Totals) -> list[str]:
    return [name, *(str(getattr(totals, column)) for column in COLUMNS)]
