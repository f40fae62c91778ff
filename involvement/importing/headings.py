"""Which heading of a file feeds which field.

Landlords head their columns in their own words, and not always the same way twice in one plan, so
headings match whatever their case, spaces, punctuation or small slips. One field may take several
headings and one heading may feed several fields ("Responsibility and target date"). What matches
nothing is kept as extra text, never dropped.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from involvement.auditing.refusals import Refusal
from involvement.calendars.words import say_list
from involvement.importing.problems import RowProblem
from involvement.importing.tables import TableRow

_CLOSE_ENOUGH: Final = 0.85
_SHORTEST_FOR_CLOSE: Final = 5
LEAVE: Final = "-"


class UnknownField(Refusal):
    """There is no such field to put a column in."""


class UnclearChoice(Refusal):
    """Write which field a heading feeds as "Their heading=field"."""


class UnknownHeading(Refusal):
    """The file has no such heading."""


@dataclass(frozen=True)
class FieldSpec:
    """A field an importer can fill.

    `names` are headings known for it besides its label; `pattern`, matched against a heading in
    small letters, is for headings that follow a form, such as years. `several` lets it take more
    than one column.
    """

    key: str
    label: str
    names: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False
    several: bool = False


class How(StrEnum):
    """How a heading found its field."""

    CHOSEN = "CHOSEN"
    SAME = "SAME"
    CLOSE = "CLOSE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class Column:
    """One column of the file and the fields it feeds; none means it is kept as extra text."""

    index: int
    heading: str
    fields: tuple[str, ...]
    how: How


@dataclass(frozen=True)
class Mapping:
    """Every column of a file with its fields, and what is still missing."""

    columns: tuple[Column, ...]
    fields: tuple[FieldSpec, ...]

    def columns_of(self, key: str) -> tuple[Column, ...]:
        """The columns that feed a field, from left to right."""
        return tuple(column for column in self.columns if key in column.fields)

    @property
    def extra(self) -> tuple[Column, ...]:
        """The columns no field takes."""
        return tuple(column for column in self.columns if not column.fields)

    @property
    def missing(self) -> tuple[FieldSpec, ...]:
        """The required fields no column feeds."""
        return tuple(f for f in self.fields if f.required and not self.columns_of(f.key))

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """What keeps the import from going ahead with this mapping."""
        missing = [
            RowProblem(None, "", f"No column is chosen for “{field.label}”. Choose one.")
            for field in self.missing
        ]
        doubled = [
            RowProblem(
                None,
                "",
                f"“{field.label}” takes one column, but "
                f"{say_list([f'“{column.heading}”' for column in self.columns_of(field.key)])} "
                "are chosen for it. Choose one.",
            )
            for field in self.fields
            if not field.several and len(self.columns_of(field.key)) > 1
        ]
        return (*missing, *doubled)

    def value(self, row: TableRow, key: str) -> str:
        """A row's text for a field; of several columns, those that hold something, line by line."""
        cells = (_cell(row, column) for column in self.columns_of(key))
        return "\n".join(cell for cell in cells if cell.strip())

    def extra_text(self, row: TableRow) -> dict[str, str]:
        """A row's text in the columns no field takes, by heading; empty cells left out.

        A heading that comes twice, or is empty, is told apart by its column's number.
        """
        headings = [column.heading for column in self.extra]
        return {
            column.heading
            if column.heading and headings.count(column.heading) == 1
            else f"{column.heading} (column {column.index + 1})".strip(): _cell(row, column)
            for column in self.extra
            if _cell(row, column).strip()
        }

    def as_saved(self) -> dict[str, list[str]]:
        """The mapping as `match_headings` takes it back: heading to fields."""
        return {column.heading: list(column.fields) for column in self.columns}


def match_headings(
    headings: Sequence[str],
    fields: Sequence[FieldSpec],
    saved: MappingType[str, Sequence[str]] | None = None,
) -> Mapping:
    """Find each heading's fields: as saved, by the same words, or by nearly the same.

    A field that takes one column keeps its best match, the leftmost of equals; the others become
    extra text. Fields of `saved` that are no longer known are passed over.
    """
    known = {field.key for field in fields}
    chosen = {plain(heading): keys for heading, keys in (saved or {}).items()}
    columns = []
    for index, heading in enumerate(headings):
        if plain(heading) in chosen and (heading.strip() or heading in (saved or {})):
            keys = tuple(key for key in chosen[plain(heading)] if key in known)
            columns.append(Column(index, heading, keys, How.CHOSEN))
        else:
            columns.append(_matched(index, heading, fields))
    return Mapping(tuple(_one_each(columns, fields)), tuple(fields))


def read_choices(
    choices: Iterable[str], *, headings: Sequence[str], fields: Sequence[FieldSpec]
) -> dict[str, list[str]]:
    """Read "Their heading=field" as typed in a command; "heading=-" keeps it as extra text.

    The same heading may be given twice for two fields. Raises UnclearChoice, UnknownField and
    UnknownHeading, which say what to write and list what there is.
    """
    known = [field.key for field in fields]
    by_plain = {plain(heading): heading for heading in headings}
    found: dict[str, list[str]] = {}
    for choice in choices:
        heading, sign, key = (part.strip() for part in choice.rpartition("="))
        if not sign or not plain(heading):
            raise UnclearChoice(
                f"“{choice}” does not say which field a heading feeds. Write the heading, an equals "
                f"sign and the field, such as “{_first(headings)}={known[0]}”. Fields: "
                f"{', '.join(known)}, or {LEAVE} for extra text. The file has the headings: "
                f"{_listed(headings)}."
            )
        if plain(heading) not in by_plain:
            raise UnknownHeading(
                f"The file has no heading “{heading}”. It has: {_listed(headings)}. "
                "Write one of them."
            )
        if key != LEAVE and key not in known:
            raise UnknownField(
                f"There is no field “{key}”. Choose among: {', '.join(known)}, or {LEAVE} to keep "
                f"“{heading}” as extra text."
            )
        keys = found.setdefault(by_plain[plain(heading)], [])
        if key != LEAVE:
            keys.append(key)
    return found


def _first(headings: Sequence[str]) -> str:
    return next((heading.strip() for heading in headings if heading.strip()), "Their heading")


def _listed(headings: Sequence[str]) -> str:
    return ", ".join(" ".join(heading.split()) for heading in headings if heading.strip())


@lru_cache(maxsize=5_000)
def plain(heading: str) -> str:
    """A heading without case, accents, spaces, punctuation and plural: "End Date" → "enddate"."""
    text = unicodedata.normalize("NFKD", heading).casefold().replace("&", " and ")
    words = re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.combining(c)))
    return "".join(word[:-1] if len(word) > 3 and word[-1] == "s" else word for word in words)


def _matched(index: int, heading: str, fields: Sequence[FieldSpec]) -> Column:
    said = plain(heading)
    if not said:
        return Column(index, heading, (), How.UNKNOWN)
    same = [field.key for field in fields if said in _names(field) or _follows(field, heading)]
    if same:
        return Column(index, heading, tuple(same), How.SAME)
    nearest = max(fields, key=lambda field: _nearness(said, field), default=None)
    if nearest is not None and _nearness(said, nearest) >= _CLOSE_ENOUGH:
        return Column(index, heading, (nearest.key,), How.CLOSE)
    return Column(index, heading, (), How.UNKNOWN)


def _names(field: FieldSpec) -> set[str]:
    return {plain(name) for name in (field.key, field.label, *field.names)}


def _follows(field: FieldSpec, heading: str) -> bool:
    return bool(field.pattern and re.fullmatch(field.pattern, heading.strip().casefold()))


def _nearness(said: str, field: FieldSpec) -> float:
    if len(said) < _SHORTEST_FOR_CLOSE:
        return 0
    return max(difflib.SequenceMatcher(None, said, name).ratio() for name in _names(field))


def _one_each(columns: list[Column], fields: Sequence[FieldSpec]) -> list[Column]:
    """Let a field that takes one column keep its best match. What was chosen is left alone."""
    order = [How.CHOSEN, How.SAME, How.CLOSE]
    kept = columns
    for field in fields:
        takers = [column for column in kept if field.key in column.fields]
        if field.several or len(takers) < 2:
            continue
        best = min(takers, key=lambda column: (order.index(column.how), column.index))
        kept = [
            column
            if column is best or field.key not in column.fields or column.how is How.CHOSEN
            else _without(column, field.key)
            for column in kept
        ]
    return kept


def _without(column: Column, key: str) -> Column:
    fields = tuple(field for field in column.fields if field != key)
    return Column(column.index, column.heading, fields, column.how if fields else How.UNKNOWN)


def _cell(row: TableRow, column: Column) -> str:
    return row.cells[column.index] if column.index < len(row.cells) else ""
