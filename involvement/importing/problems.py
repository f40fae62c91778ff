"""What stands in the way of an import, row by row, and what would happen if it went ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from involvement.calendars.words import count


class Severity(StrEnum):
    """An error keeps the import from being confirmed; a warning is for an officer to weigh."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True)
class RowProblem:
    """A problem in one row (None: the whole file) and column ("" where it is no one column's)."""

    row: int | None
    column: str
    words: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row is not None else []
        place += [f"“{self.column}”"] if self.column else []
        where = ", ".join(place)
        return f"{where[0].upper()}{where[1:]}: {self.words}" if where else self.words


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing has been written.

    `rows_read` are the rows that hold something; each is created, changed, unchanged or skipped.
    `sample` is the first rows as their importer understood them, column by column.
    """

    rows_read: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    sample_headings: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def errors(self) -> tuple[RowProblem, ...]:
        """The problems that keep it from being confirmed."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        """The problems that do not."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    @property
    def confirmable(self) -> bool:
        """Whether it may be confirmed."""
        return not self.errors

    @property
    def sentence(self) -> str:
        """The counts in words: "26 rows read: 20 new, 6 unchanged. 1 problem to put right."."""
        parts = [
            f"{number:,} {word}"
            for number, word in (
                (self.created, "new"),
                (self.changed, "changed"),
                (self.unchanged, "unchanged"),
                (self.skipped, "left out"),
            )
            if number
        ]
        said = f"{count(self.rows_read, 'row')} read"
        said += f": {', '.join(parts)}." if parts else "."
        if self.errors:
            said += f" {count(len(self.errors), 'problem')} to put right."
        return said


def in_order(problems: Iterable[RowProblem]) -> tuple[RowProblem, ...]:
    """Problems of the whole file first, then row by row, errors before warnings."""
    return tuple(sorted(problems, key=lambda p: (p.row or 0, p.severity, p.column, p.words)))
