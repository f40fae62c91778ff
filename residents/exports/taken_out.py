"""The residents' own three lists that can be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.wiring.lists import ListToExport, iso, key_in, yes_no
from residents.participation import queries as participation
from residents.participation.forms import Narrowing
from residents.participation.models import Participation
from residents.people import queries as people
from residents.people.models import Home, Person


def _person(row: Person) -> list[str]:
    born = row.born_on
    year_only = born is not None and row.born_precision == Person.BornPrecision.YEAR
    return [
        row.reference,
        row.title,
        row.name,
        str(born.year) if born and year_only else iso(born),
        str(row.customer_type or ""),
        row.get_status_display(),
        iso(row.status_on),
        row.home.reference if row.home else "",
        row.home.uprn if row.home else "",
        row.home.address if row.home else "",
        row.home.postcode if row.home else "",
        row.email,
        row.phone,
        row.address,
        row.get_preferred_channel_display(),
        yes_no(row.large_print),
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
        iso(row.ended_on),
    ]


def _people(narrowed: Mapping[str, str]) -> QuerySet[Person]:
    """As the list of people is narrowed on its page; nothing given is who lives here now."""
    status = narrowed.get("status", Person.Status.CURRENT)
    return people.PeopleFilter(
        words=narrowed.get("q", ""),
        status="" if status == "ALL" else status,
        tenure=narrowed.get("tenure", ""),
        customer_type=key_in(narrowed, "customer_type"),
        place=key_in(narrowed, "place"),
        unit=key_in(narrowed, "unit"),
        tag=key_in(narrowed, "tag"),
    ).rows()


def _homes(narrowed: Mapping[str, str]) -> QuerySet[Home]:
    """As the list of homes is narrowed on its page."""
    return people.homes_narrowed(
        words=narrowed.get("q", ""),
        tenure=narrowed.get("tenure", ""),
        place=key_in(narrowed, "place"),
        unit=key_in(narrowed, "unit"),
    )


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
        iso(row.began_on),
        iso(row.ended_on),
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
