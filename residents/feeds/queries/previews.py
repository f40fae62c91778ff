"""What the page of one file shows, part by part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any, Final

from django.db.models import QuerySet

from involvement.documents import queries as documents
from involvement.importing.headings import Mapping, match_headings
from involvement.importing.readers import read_table
from involvement.importing.writers import write_csv
from residents.feeds.models import Intake, StagedRow
from residents.feeds.queries.arrivals import leavers, refused, staged
from residents.feeds.queries.fields import FIELDS

_ACT: Final = StagedRow.Act
PARTS: Final = {
    "changed": "Changed",
    "new": "New",
    "leavers": "Leavers",
    "refused": "Refused",
}
_COUNT_OF: Final = {
    "changed": "changed",
    "new": "created",
    "leavers": "leavers",
    "refused": "refused",
}


def parts(intake: Intake, shown: str, *, waits: bool) -> list[tuple[str, str, bool]]:
    """The parts that hold something: words with their number, the address, whether it is shown.

    Once a file is settled only its refused rows are kept; the rest is in people's history.
    """
    return [
        (f"{words} ({getattr(intake, _COUNT_OF[key]):,})", f"?show={key}", key == shown)
        for key, words in PARTS.items()
        if getattr(intake, _COUNT_OF[key]) and (waits or key == "refused")
    ]


def first_part(intake: Intake, *, waits: bool) -> str:
    """The part that most needs to be looked at."""
    if not waits:
        return "refused"
    for key in ("refused", "leavers", "changed", "new"):
        if getattr(intake, _COUNT_OF[key]):
            return key
    return "new"


def part(intake: Intake, shown: str) -> QuerySet[Any]:
    """The rows of one part."""
    if shown == "refused":
        return refused(intake)
    if shown == "leavers":
        return leavers(intake)
    return staged(intake, _ACT.NEW if shown == "new" else _ACT.CHANGED)


def mapping_of(intake: Intake) -> Mapping:
    """Which heading feeds which field, as it stands. Raises ImportRefused."""
    headings = intake.headings
    if not headings and intake.file is not None:
        content = io.BytesIO(documents.content(intake.file))
        headings = read_table(content, name=intake.name, most=250_000).headings
    return match_headings(headings, FIELDS, intake.choices or None)


def write_refused(intake: Intake, file: IO[bytes]) -> None:
    """The refused rows as a CSV file: why, the row's number, and its cells as they came."""

    def lines() -> Iterator[list[str]]:
        for row in refused(intake).iterator(chunk_size=2000):
            yield [row.why, str(row.number), *row.cells]

    write_csv(file, ["Why it was refused", "Row", *intake.headings], lines(), for_excel=True)
