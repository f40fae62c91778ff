"""Who took part: three different counts, and lists for pages.

Distinct people are counted once however often they came; attendances are the times somebody was
there; contacts are the times somebody said something or answered. Nothing withdrawn counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from residents.eligibility.models import RuleSet
from residents.eligibility.queries import rule_sets_for
from residents.participation.models import Participation
from residents.people.models import Person, Tenure

_K = Participation.Kind
# What is done in words from where one is, and is no attendance
CONTACT_KINDS: Final = (_K.SAID, _K.SURVEY, _K.CONSULTATION)


@dataclass(frozen=True)
class Counts:
    """The three counts of one slice, and how many of its attendances have no name to them."""

    people: int
    attendances: int
    contacts: int
    unnamed: int


# What each field of Counts counts
_COUNTED: Final = {
    "people": Count("person", distinct=True),
    "attendances": Count("pk", filter=~Q(kind__in=[*CONTACT_KINDS, _K.MEMBER])),
    "contacts": Count("pk", filter=Q(kind__in=CONTACT_KINDS)),
    "unnamed": Count("pk", filter=Q(person__isnull=True)),
}


# What people join, and do not only come to, answer or say
JOINED: Final = (
    Participation.Kind.MEMBER,
    Participation.Kind.INSPECTION,
    Participation.Kind.RECRUITMENT,
    Participation.Kind.VOLUNTEERING,
)


def rules_for(kind: str, label: str) -> list[RuleSet]:
    """The rules for joining something: those of its name, or of its kind."""
    joined = Participation.Kind(kind)
    return rule_sets_for(label, joined.label) if joined in JOINED else []


def standing() -> QuerySet[Participation]:
    """Every fact but what was found to be a mistake."""
    rows: QuerySet[Participation] = Participation.objects.filter(withdrawn_at__isnull=True)
    return rows


def between(first: dt.date, last: dt.date, kinds: Collection[str] = ()) -> QuerySet[Participation]:
    """What falls on any day from `first` to `last`, both included, of the kinds given or of all.

    A membership falls on every day it lasts, and on every day since where it has not ended.
    """
    lasting = Q(kind=_K.MEMBER) & (Q(ended_on__isnull=True) | Q(ended_on__gte=first))
    rows = standing().filter(Q(began_on__lte=last) & (Q(began_on__gte=first) | lasting))
    return rows.filter(kind__in=kinds) if kinds else rows


def counts(rows: QuerySet[Participation]) -> Counts:
    """The three counts of these rows."""
    return Counts(**rows.aggregate(**_COUNTED))


def counts_by(rows: QuerySet[Participation], column: str) -> list[tuple[Any, Counts]]:
    """The three counts for each value of a column, such as "kind" or "unit__name", by value."""
    found = rows.values(column).annotate(**_COUNTED).order_by(column)
    return [(row.pop(column), Counts(**row)) for row in found]


def counts_by_kind(rows: QuerySet[Participation]) -> list[tuple[str, Counts]]:
    """The three counts for each kind there is, by its words."""
    return [(str(_K(kind).label), found) for kind, found in counts_by(rows, "kind")]


# What the three counts may be told apart by: the column, and what it says where it is empty
BY: Final = {
    "kind": ("kind", ""),
    "place": ("place__name", "Place not said"),
    "unit": ("unit__name", "No part of the landlord"),
    "tenure": ("tenure", "Tenure not known"),
    "customer_type": ("customer_type__name", "What they were is not known"),
}


def counts_in_words(rows: QuerySet[Participation], by: str) -> list[tuple[str, Counts]]:
    """The three counts for each kind, place, part, tenure or customer type, all as they were at
    the time, by its words. `by` is one of BY."""
    column, empty = BY[by]
    labels = {str(key): str(label) for key, label in [*_K.choices, *Tenure.choices]}
    found = [
        (labels.get(str(value), value) or empty, each) for value, each in counts_by(rows, column)
    ]
    return sorted(found, key=lambda pair: (-pair[1].people, pair[0]))


def people_involved(
    first: dt.date, last: dt.date, kinds: Collection[str] = ()
) -> QuerySet[Participation, int]:
    """The keys of everybody who took part in a period, for a subquery."""
    rows = between(first, last, kinds).filter(person__isnull=False)
    return rows.values_list("person_id", flat=True).distinct()


def of_person(person: Person) -> QuerySet[Participation]:
    """Everything one person took part in, latest first."""
    return standing().filter(person=person).order_by("-began_on", "-pk")


def last_of(people: Sequence[Person]) -> dict[int, dt.date]:
    """The day each of these people last took part, by their key; nobody who never did."""
    rows = standing().filter(person__in=[person.pk for person in people])
    return dict(rows.order_by("person_id", "began_on").values_list("person_id", "began_on"))


def latest(rows: QuerySet[Participation] | None = None) -> QuerySet[Participation]:
    """These rows for a list, latest first; the landlord's whole list without any."""
    found = standing() if rows is None else rows
    return found.select_related("person", "place", "unit").order_by("-began_on", "-pk")


def one(pk: int) -> QuerySet[Participation]:
    """One fact for its page, withdrawn or not."""
    rows: QuerySet[Participation] = Participation.objects.select_related("person")
    return rows.filter(pk=pk)
