"""The lists of people and homes, a screenful at a time: as quick at sixty thousand as at sixty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from residents.people.models import Home, Person, Tag
from residents.people.queries.reading import people_named
from residents.people.queries.search import LEAST_LETTERS, find_people

SHOWN: Final = 100
COUNTED: Final = 1000
# Stands in no name and no address
_JOINT: Final = "\x1f"


@dataclass(frozen=True)
class PeopleFilter:
    """What narrows the list of people; nothing given is everybody who lives here now."""

    words: str = ""
    status: str = Person.Status.CURRENT
    customer_type: int | None = None
    tenure: str = ""
    place: int | None = None
    unit: int | None = None
    tag: int | None = None

    def rows(self) -> QuerySet[Person]:
        """Everybody who fits, by name."""
        found = find_people(self.words)
        if len(self.words.strip()) < LEAST_LETTERS:
            found = people_named(self.words)
        asked: dict[str, Any] = {
            "status": self.status,
            "customer_type": self.customer_type,
            "home__tenure": self.tenure,
            "place": self.place,
            "unit": self.unit,
            "tags__tag": self.tag,
        }
        return found.filter(**{name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Listed:
    """One screenful. `after` is where the next begins, "" at the end; `count` stops at COUNTED."""

    rows: list[Any]
    count: int
    after: str

    @property
    def more_than_counted(self) -> bool:
        return self.count > COUNTED


def people_page(narrowed: PeopleFilter, *, after: str = "") -> Listed:
    """One screenful of people. `after` is that of the screenful before; nonsense is the first."""
    return page_of_people(narrowed.rows(), after=after)


def page_of_people(rows: QuerySet[Person], *, after: str = "") -> Listed:
    """One screenful of these people by name."""
    return _page(rows, "name_sort", after)


def home_page(rows: QuerySet[Home], *, after: str = "") -> Listed:
    """One screenful of homes by address."""
    return _page(rows, "address_sort", after)


def _page(rows: QuerySet[Any], column: str, after: str) -> Listed:
    count = rows.order_by()[: COUNTED + 1].count()
    value, joint, key = after.rpartition(_JOINT)
    if joint and key.isdecimal():
        # The first condition is what an index can be entered by
        rows = rows.filter(
            Q(**{f"{column}__gte": value}) & (Q(**{f"{column}__gt": value}) | Q(pk__gt=int(key)))
        )
    found = list(rows[: SHOWN + 1])
    last = found[SHOWN - 1] if len(found) > SHOWN else None
    next_one = f"{getattr(last, column)}{_JOINT}{last.pk}" if last is not None else ""
    return Listed(found[:SHOWN], count, next_one)


def tags_of(person: Person) -> QuerySet[Tag]:
    """The tags on somebody, by name."""
    rows: QuerySet[Tag] = Tag.objects.filter(people__person=person)
    return rows.order_by("name", "pk")


def all_tags() -> QuerySet[Tag]:
    """Every tag there is, by name, for the box that offers them."""
    rows: QuerySet[Tag] = Tag.objects.order_by("name", "pk")
    return rows[:500]
