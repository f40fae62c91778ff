"""The lists that can be taken out as a file, and whoever may take each.

A capability names its own in `settings.EXPORTS`; `residents.exports` is the one door they leave by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission


@dataclass(frozen=True)
class Streamed:
    """Rows that no single query gives: how many there are, and each in turn, few at once in memory."""

    count: Callable[[], int]
    each: Callable[[], Iterator[Any]]


@dataclass(frozen=True)
class ListToExport:
    """A list: its rows as a page narrows them, and a row's cells under `headings`.

    `of_people` says that each row is about somebody. `back` is where the list stands. One that is
    taken out only as a page narrows it is not `whole`. `also` is what somebody must be allowed
    beyond taking lists out: whatever opens the page.
    """

    key: str
    title: str
    headings: Sequence[str]
    rows: Callable[[Mapping[str, str]], QuerySet[Any] | Streamed | Sequence[Any]]
    cells: Callable[[Any], list[str]]
    back: str
    of_people: bool = True
    narrowed_by: Sequence[str] = ()
    whole: bool = True
    also: Sequence[Permission] = ()

    def may_be_taken_by(self, membership: Membership) -> bool:
        """Whether somebody may take it out."""
        return all(map(membership.may, (Permission.PEOPLE_EXPORT, *self.also)))

    def narrowed(self, given: Mapping[str, str]) -> dict[str, str]:
        """What of an address narrows it."""
        return {name: given[name] for name in self.narrowed_by if given.get(name)}

    def count(self, narrowed: Mapping[str, str]) -> int:
        """How many rows its file will hold."""
        rows = self.rows(narrowed)
        if isinstance(rows, Streamed):
            return rows.count()
        return rows.order_by().count() if isinstance(rows, QuerySet) else len(rows)

    def lines(self, narrowed: Mapping[str, str]) -> Iterator[list[str]]:
        """Row by row, never all at once in memory where the database holds them."""
        rows: Any = self.rows(narrowed)
        if isinstance(rows, Streamed):
            rows = rows.each()
        elif isinstance(rows, QuerySet):
            rows = rows.iterator(chunk_size=2000)
        yield from map(self.cells, rows)


def lists() -> Iterator[ListToExport]:
    """Every list that `settings.EXPORTS` names, in its order."""
    for path in settings.EXPORTS:
        yield from import_string(path)


def list_named(key: str) -> ListToExport | None:
    """The list of this key."""
    return next((one for one in lists() if one.key == key), None)


def iso(day: object) -> str:
    """A day as spreadsheets sort it; "" for none."""
    return f"{day:%Y-%m-%d}" if day else ""


def yes_no(so: bool) -> str:  # noqa: FBT001 -- a cell's value
    """A yes or a no, as a cell says it."""
    return "yes" if so else "no"


def key_in(narrowed: Mapping[str, str], name: str) -> int | None:
    """The key of a row that an address narrows by; None where it is no number."""
    said = narrowed.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else None
