"""The orders the log can stand in, each carried by an index, and what comes after a place in one.

A page is found by the row the one beside it ended with, so a place holds all a row is ordered by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q, QuerySet

from actionplans.feedback.models import Feedback

ON, BACK = "on", "back"


@dataclass(frozen=True)
class Place:
    """Where a row stands in an order."""

    said_on: dt.date
    key: int
    state: str = ""


@dataclass(frozen=True)
class Order:
    """Latest first, or state by state and the latest of each first; `turned` is its very reverse."""

    words: str = "latest first"
    on: str = "Older"
    back: str = "Newer"
    by_state: bool = False
    turned: bool = False

    def put(self, rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
        """The rows in this order."""
        days = ("said_on", "pk") if self.turned else ("-said_on", "-pk")
        if not self.by_state:
            return rows.order_by(*days)
        return rows.order_by("-state" if self.turned else "state", *days)

    def first(self, rows: QuerySet[Feedback], place: Place | None, size: int) -> list[Feedback]:
        """The first `size` rows, or the first after a place."""
        ordered = self.put(rows)
        if place is None:
            return list(ordered[:size])
        found: list[Feedback] = []
        for part in self._after(place):
            if len(found) < size:
                found += ordered.filter(part)[: size - len(found)]
        return found

    def before(self, rows: QuerySet[Feedback], place: Place, size: int) -> list[Feedback]:
        """The last `size` rows before a place, in this order."""
        found = replace(self, turned=not self.turned).first(rows, place, size)
        return found[::-1]

    def cursor(self, way: str, row: Feedback) -> str:
        """What an address holds to go on from a row, or back from it."""
        state = f".{row.state}" if self.by_state else ""
        return f"{way}.{row.said_on:%Y%m%d}.{row.pk}{state}"

    def read(self, cursor: str) -> tuple[str, Place | None]:
        """What an address holds, read; nonsense, and another order's cursor, is no place."""
        way, day, key, state = (*cursor.split("."), "", "", "", "")[:4]
        if way not in {ON, BACK} or not key.isdecimal() or len(key) > 18:
            return "", None
        if self.by_state and state not in Feedback.State.values:
            return "", None
        try:
            on = dt.datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 -- a day, not a moment
        except ValueError:
            return "", None
        return way, Place(on, int(key), state)

    def _after(self, place: Place) -> Iterator[Q]:
        """The rows after a place, as parts that an index finds each for itself."""
        on, key = place.said_on, place.key
        if self.turned:
            later = Q(said_on__gte=on) & (Q(said_on__gt=on) | Q(pk__gt=key))
        else:
            later = Q(said_on__lte=on) & (Q(said_on__lt=on) | Q(pk__lt=key))
        if not self.by_state:
            yield later
            return
        yield Q(state=place.state) & later
        yield Q(state__lt=place.state) if self.turned else Q(state__gt=place.state)


_PAGES: Final = ("The next ones", "The ones before")
LATEST_FIRST: Final = Order()
ORDERS: Final = {
    "said": Order("earliest first", on="Newer", back="Older", turned=True),
    "-said": LATEST_FIRST,
    "state": Order("by state, the latest of each first", *_PAGES, by_state=True),
    "-state": Order("by state, the earliest of each first", *_PAGES, by_state=True, turned=True),
}
"""The orders by what an address asks for, as heads of the table write it."""
