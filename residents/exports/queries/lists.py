"""What a list that can be taken out must say of itself, and the residents' own three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from residents.participation import queries as participation
from residents.participation.forms import Narrowing
from residents.participation.models import Participation
from residents.people import queries as people
from residents.people.models import Home, Person


@dataclass(frozen=True)
class ListToExport:
    """A list: its rows as a page narrows them, and a row's cells under `headings`.

    `of_people` says that each row is about somebody. `back` is where the list stands. One that is
    taken out only as a page narrows it is not `whole`.
    """

    key: str
    title: str
    headings: Sequence[str]
    rows: Callable[[Mapping[str, str]], QuerySet[Any]]
    cells: Callable[[Any], list[str]]
    back: str
    of_people: bool = True
    narrowed_by: Sequence[str] = ()
    whole: bool = True

    def lines(self, narrowed: Mapping[str, str]) -> Iterator[list[str]]:
        """Row by row, never all at once in memory."""
        for row in self.rows(narrowed).iterator(chunk_size=2000):
            yield self.cells(row)


def lists() -> Iterator[ListToExport]:
    """Every list that `settings.EXPORTS` names, in its order."""
    for path in settings.EXPORTS:
        yield from import_string(path)


def list_named(key: str) -> ListToExport | None:
    """The list of this key."""
    return next((one for one in lists() if one.key == key), None)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _person(row: Person) -> list[str]:
    born = row.born_on
    year_only = born is not None and row.born_precision == Person.BornPrecision.YEAR
    return [
        row.reference,
        row.title,
        row.name,
        str(born.year) if born and year_only else _day(born),
        str(row.customer_type or ""),
        row.get_status_display(),
        _day(row.status_on),
        row.home.reference if row.home else "",
        row.home.uprn if row.home else "",
        row.home.address if row.home else "",
        row.home.postcode if row.home else "",
        row.email,
        row.phone,
        row.address,
        row.get_preferred_channel_display(),
        "yes" if row.large_print else "no",
        str(row.place or ""),
        str(row.unit or ""),
    ]


def _home(row: Home) -> list[str]:
    return [
        row.reference,
        row.uprn,
        row.parent_uprn,
        row.address,
        row.postcode,
        row.get_tenure_display(),
        row.get_stock_display(),
        str(row.place or ""),
        str(row.unit or ""),
        _day(row.ended_on),
    ]


def _people(narrowed: Mapping[str, str]) -> QuerySet[Person]:
    """As the list of people is narrowed on its page; nothing given is who lives here now."""
    status = narrowed.get("status", Person.Status.CURRENT)
    return people.PeopleFilter(
        words=narrowed.get("q", ""),
        status="" if status == "ALL" else status,
        tenure=narrowed.get("tenure", ""),
        customer_type=_key(narrowed, "customer_type"),
        place=_key(narrowed, "place"),
        unit=_key(narrowed, "unit"),
        tag=_key(narrowed, "tag"),
    ).rows()


def _homes(narrowed: Mapping[str, str]) -> QuerySet[Home]:
    """As the list of homes is narrowed on its page."""
    return people.homes_narrowed(
        words=narrowed.get("q", ""),
        tenure=narrowed.get("tenure", ""),
        place=_key(narrowed, "place"),
        unit=_key(narrowed, "unit"),
    )


def _key(narrowed: Mapping[str, str], name: str) -> int | None:
    said = narrowed.get(name, "")
    return int(said) if said.isdecimal() else None


def _times(narrowed: Mapping[str, str]) -> QuerySet[Participation]:
    """As the list of who took part is narrowed on its page; all there ever was without."""
    if not narrowed:
        return participation.latest()
    first, last, kinds, _by = Narrowing(dict(narrowed)).narrowed(timezone.localdate())
    return participation.latest(participation.between(first, last, kinds))


def _time(row: Participation) -> list[str]:
    return [
        row.who,
        row.person.reference if row.person else "",
        row.get_kind_display(),
        row.label,
        _day(row.began_on),
        _day(row.ended_on),
        str(row.minutes or ""),
        row.get_channel_display(),
        str(row.place or ""),
        str(row.unit or ""),
        row.get_tenure_display() if row.tenure else "",
    ]


# The headings that our own import reads: a list taken out and brought in again changes nothing
LISTS: Final = (
    ListToExport(
        "people",
        "People",
        (
            "Person reference",
            "Title",
            "Name",
            "Date of birth",
            "Customer type",
            "Whether they live here",
            "Since",
            "Home reference",
            "UPRN",
            "Home address",
            "Postcode",
            "E-mail",
            "Telephone",
            "Where letters go",
            "Told",
            "Large print",
            "Place",
            "Unit",
        ),
        _people,
        _person,
        "people:person_list",
        narrowed_by=("q", "status", "customer_type", "tenure", "place", "unit", "tag"),
    ),
    ListToExport(
        "homes",
        "Homes",
        (
            "Home reference",
            "UPRN",
            "UPRN of the building",
            "Address",
            "Postcode",
            "Tenure",
            "Stock type",
            "Place",
            "Unit",
            "No longer ours since",
        ),
        _homes,
        _home,
        "people:home_list",
        of_people=False,
        narrowed_by=("q", "tenure", "place", "unit"),
    ),
    ListToExport(
        "took-part",
        "Who took part",
        (
            "Who",
            "Person reference",
            "What it was",
            "Which one",
            "On",
            "Until",
            "Minutes",
            "How",
            "Place",
            "Unit",
            "Tenure at the time",
        ),
        _times,
        _time,
        "participation:participation_list",
        narrowed_by=("first", "last", "kind"),
    ),
)
