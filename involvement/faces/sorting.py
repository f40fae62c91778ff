"""The order of an officer's table, chosen at the head of a column and kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import F, Model, QuerySet
from django.http import QueryDict
from django.utils.text import slugify

PARAMETER: Final = "sort"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Head:
    """What a sortable column's head says: where it leads, and how the rows stand by it now."""

    url: str
    direction: str
    """"ascending" or "descending" where the rows are in this column's order, else ""."""


@dataclass(frozen=True)
class Sorting:
    """By which column rows stand and which way; nothing chosen is the list's own order.

    `columns` are heads, as the table has them, with the fields they sort by.
    """

    columns: Mapping[str, Sequence[str]]
    query: QueryDict
    key: str = ""
    descending: bool = False

    @classmethod
    def read(cls, query: QueryDict, columns: Mapping[str, Sequence[str]]) -> Sorting:
        """What an address asks for: `?sort=due`, `?sort=-due`. Nonsense is the list's own order."""
        asked = query.get(PARAMETER, "")
        key = asked.removeprefix("-")
        known = key in {slugify(head) for head in columns}
        return cls(columns, query, key if known else "", known and asked.startswith("-"))

    @property
    def asked(self) -> str:
        """What the address asks for, as it stands there: "due", "-due", "" for the list's own order."""
        return f"-{self.key}" if self.descending else self.key

    def put_in_order(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """The rows in the order asked for, those without a value last, or as they were."""
        fields = next((by for head, by in self.columns.items() if slugify(head) == self.key), ())
        if not fields:
            return rows
        order: list[Any] = [
            F(field).desc(nulls_last=True) if self.descending else F(field).asc(nulls_last=True)
            for field in fields
        ]
        return rows.order_by(*order, "pk")

    def head(self, words: str) -> Head | None:
        """The head of a column of these words; None where rows cannot be sorted by it."""
        if words not in self.columns:
            return None
        key = slugify(words)
        here = key == self.key
        turned = here and not self.descending
        query = self.query.copy()
        query.pop("page", None)
        query[PARAMETER] = f"-{key}" if turned else key
        direction = ("descending" if self.descending else "ascending") if here else ""
        return Head(f"?{query.urlencode()}", direction)
