"""A housing system's table, read row by row: what can be taken over, what cannot and why.

Nothing here asks the register but for the customer types; what a row would change is compared in the
database.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from involvement.auditing.refusals import Refusal
from involvement.importing.headings import Mapping, match_headings, plain
from involvement.importing.tables import Table, TableRow
from residents.feeds.models import Mode
from residents.feeds.queries import cells
from residents.feeds.queries.agreeing import Agreement
from residents.feeds.queries.fields import CAPACITIES, FIELDS, KEYS, stocks, tenures
from residents.people.models import CustomerType, Residency

# The columns of a staged row that the file fills, with their types in the database
COLUMNS: Final = {
    "number": "integer",
    "reference": "text",
    "title": "text",
    "name": "text",
    "born_on": "date",
    "customer_type_key": "bigint",
    "capacity": "text",
    "email": "text",
    "phone": "text",
    "home_mark": "text",
    "home_reference": "text",
    "uprn": "text",
    "parent_uprn": "text",
    "address": "text",
    "postcode": "text",
    "tenure": "text",
    "stock": "text",
    "tenancy_reference": "text",
    "started_on": "date",
    "ended_on": "date",
}


# Many systems write no last line end, so this refuses nothing
ENDS_OPEN: Final = "The file ends without a line end: check that its last row is whole."


class NoName(Refusal):
    """No column is chosen for the names. Choose one for “Name”, or for “First name” and “Last name”."""


class StopsInTheMiddle(Refusal):
    """The last row of this file is cut short, so the file may have stopped in the middle. Ask for
    the whole file; nothing was changed, since everybody missing would have counted as gone."""


class CannotMap(Refusal):
    """The headings do not say where everything stands. Choose the columns."""


class Row(NamedTuple):
    """A row that can be read, in the order of COLUMNS; None says nothing."""

    number: int
    reference: str
    title: str | None
    name: str
    born_on: dt.date | None
    customer_type_key: int | None
    capacity: str
    email: str | None
    phone: str | None
    home_mark: str
    home_reference: str | None
    uprn: str | None
    parent_uprn: str | None
    address: str | None
    postcode: str | None
    tenure: str | None
    stock: str | None
    tenancy_reference: str | None
    started_on: dt.date | None
    ended_on: dt.date | None


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken over."""

    number: int
    reference: str
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Reading:
    """A file as it was read. `has_ends` says that it has a column for the end of tenancies."""

    mapping: Mapping
    headings: tuple[str, ...]
    rows: Sequence[Row]
    refused: Sequence[Refused]
    notes: tuple[str, ...] = ()
    has_ends: bool = False

    @property
    def rows_read(self) -> int:
        return len(self.rows) + len(self.refused)

    def as_json(self) -> str:
        """The rows as a list of objects, one key for each of COLUMNS. (An array for each column
        would say the same; the database's driver takes four times as long to write them.)"""
        return json.dumps([row._asdict() for row in self.rows], default=dt.date.isoformat)


@dataclass
class Reader:
    """Reads rows with one mapping. `types` are the landlord's customer types by their plain name."""

    mapping: Mapping
    today: dt.date
    types: MappingType[str, tuple[int, str]]
    type_names: str
    tenures: dict[str, str] = field(default_factory=tenures)
    stocks: dict[str, str] = field(default_factory=stocks)

    def __post_init__(self) -> None:
        self.at = {key: [one.index for one in self.mapping.columns_of(key)] for key in KEYS}

    def cell(self, row: Sequence[str], key: str) -> str:
        """What a row says for a field; of several columns, line by line."""
        at = self.at[key]
        if len(at) == 1:
            return row[at[0]].strip()
        return "\n".join(said for index in at if (said := row[index].strip()))

    def read(self, number: int, row: Sequence[str]) -> Row:
        """One row. Raises cells.Unreadable."""
        cell, text = self.cell, cells.text
        reference = text(cell(row, "reference"), 40, "person reference")
        if not reference:
            raise cells.Unreadable("This row has no person reference. Fill it in.")
        born_on = cells.day(cell(row, "born_on"), "date of birth")
        if born_on is not None and born_on > self.today:
            raise cells.Unreadable("The date of birth is still to come. Write the right one.")
        started_on, ended_on = self._tenancy(row)
        tenure = self._meant(row, "tenure", self.tenures)
        uprn = cells.uprn(cell(row, "uprn")) or None
        parent_uprn = cells.uprn(cell(row, "parent_uprn")) or None
        if uprn and uprn == parent_uprn:
            raise cells.Unreadable("The building’s UPRN is the home’s own. Write the building’s.")
        home_reference = text(cell(row, "home_reference"), 40, "home reference") or None
        address = "\n".join(filter(None, map(_line, cell(row, "address").split("\n")))) or None
        code = cells.postcode(cell(row, "postcode")) or None
        type_key, capacity = self._as_what(row, tenure)
        return Row(
            number=number,
            reference=reference,
            title=text(cell(row, "title"), 30, "title") or None,
            name=self._name(row),
            born_on=born_on,
            customer_type_key=type_key,
            capacity=capacity,
            email=cells.email(cell(row, "email")) or None,
            phone=cells.phone(cell(row, "phone")) or None,
            home_mark=_mark(home_reference, uprn, address, code),
            home_reference=home_reference,
            uprn=uprn,
            parent_uprn=parent_uprn,
            address=address,
            postcode=code,
            tenure=tenure,
            stock=self._meant(row, "stock", self.stocks),
            tenancy_reference=text(cell(row, "tenancy_reference"), 40, "tenancy reference") or None,
            started_on=started_on,
            ended_on=ended_on,
        )

    def _name(self, row: Sequence[str]) -> str:
        said = self.cell(row, "name")
        if not said:
            said = f"{self.cell(row, 'first_name')} {self.cell(row, 'last_name')}"
        name = cells.text(said, 120, "name")
        if not name:
            raise cells.Unreadable("This row has no name. Fill it in.")
        return name

    def _tenancy(self, row: Sequence[str]) -> tuple[dt.date | None, dt.date | None]:
        began = cells.day(self.cell(row, "started_on"), "day the tenancy began")
        ended = cells.day(self.cell(row, "ended_on"), "day the tenancy ended")
        if began and ended and ended < began:
            raise cells.Unreadable("The tenancy ends before it begins. Put the two days right.")
        return began, ended

    def _as_what(self, row: Sequence[str], tenure: str | None) -> tuple[int | None, str]:
        """The customer type's key, and in what capacity somebody new would live there."""
        capacity = CAPACITIES.get(tenure or "", Residency.Capacity.TENANT)  # type: ignore[call-overload]  # a choice is a str
        said = self.cell(row, "customer_type")
        if not said:
            return None, str(capacity)
        if (found := self.types.get(plain(said))) is None:
            raise cells.Unreadable(
                f"There is no customer type “{said[:60]}”. Write one of: {self.type_names}."
            )
        if found[1] == CustomerType.Kind.HOUSEHOLD:
            capacity = Residency.Capacity.HOUSEHOLD_MEMBER
        return found[0], str(capacity)

    def _meant(self, row: Sequence[str], key: str, meanings: MappingType[str, str]) -> str | None:
        said = self.cell(row, key)
        if not said:
            return None
        if (found := meanings.get(plain(said))) is None:
            what = next(one.label for one in FIELDS if one.key == key).lower()
            raise cells.Unreadable(
                f"The {what} “{said[:60]}” is none we know. Write one of: "
                f"{', '.join(sorted({*meanings.values()}))}."
            )
        return found


def read_feed(
    table: Table, *, choices: MappingType[str, Sequence[str]] | None, mode: str, today: dt.date
) -> Reading:
    """Read a table. Raises CannotMap, NoName, StopsInTheMiddle."""
    mapping = match_headings(table.headings, FIELDS, choices)
    if mapping.problems:
        raise CannotMap(" ".join(str(problem) for problem in mapping.problems))
    if not any(mapping.columns_of(key) for key in ("name", "first_name", "last_name")):
        raise NoName
    ragged = {problem.row: problem.words for problem in table.problems}
    if mode == Mode.FULL and table.rows[-1].number in ragged:
        raise StopsInTheMiddle
    types = list(CustomerType.objects.filter(archived_at=None).order_by("position", "pk"))
    reader = Reader(
        mapping=mapping,
        today=today,
        types={plain(one.name): (one.pk, one.kind) for one in types},
        type_names=", ".join(one.name for one in types),
    )
    agreement, refused = Agreement(), []
    headings = tuple(plain(heading) for heading in table.headings)
    for row in table.rows:
        try:
            agreement.add(_read(reader, row, ragged.get(row.number, "")))
        except cells.Unreadable as unreadable:
            why = str(unreadable)
            if tuple(plain(cell) for cell in row.cells) == headings:
                why = "This row repeats the headings. Take it out."
            refused.append(Refused(row.number, _reference(reader, row.cells), row.cells, why))
    by_number = {row.number: row.cells for row in table.rows}
    rows, at_odds = agreement.settled()
    refused += [
        Refused(row.number, row.reference, by_number[row.number], why) for row, why in at_odds
    ]
    refused.sort(key=lambda one: one.number)
    has_ends = bool(mapping.columns_of("ended_on"))
    notes = (*table.notes, ENDS_OPEN) if table.ends_open else table.notes
    return Reading(mapping, table.headings, rows, refused, notes, has_ends)


def _read(reader: Reader, row: TableRow, ragged: str) -> Row:
    if ragged:
        raise cells.Unreadable(ragged)
    return reader.read(row.number, row.cells)


def _reference(reader: Reader, row: Sequence[str]) -> str:
    at = reader.at["reference"][0]
    return row[at].strip()[:40] if at < len(row) else ""


def _line(words: str) -> str:
    return " ".join(words.replace("\0", "").split())


def _mark(reference: str | None, uprn: str | None, address: str | None, code: str | None) -> str:
    """What tells a home from every other of the same file."""
    if reference:
        return f"R{reference}"
    if uprn:
        return f"U{uprn}"
    return f"A{address.lower()}\n{code or ''}" if address else ""
