"""The order of an officer's table, chosen at the head of a column and kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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

    `columns` are heads, as the table has them, with the fields they sort by. Where a table says a
    head in other words, `names` has them; the address says the head all the same.
    """

    columns: Mapping[str, Sequence[str]]
    query: QueryDict
    key: str = ""
    descending: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        query: QueryDict,
        columns: Mapping[str, Sequence[str]],
        *,
        names: Mapping[str, str] | None = None,
    ) -> Sorting:
        """What an address asks for: `?sort=due`, `?sort=-due`. Nonsense is the list's own order."""
        asked = query.get(PARAMETER, "")
        key = asked.removeprefix("-")
        known = key in {slugify(head) for head in columns}
        descending = known and asked.startswith("-")
        return cls(columns, query, key if known else "", descending, names or {})

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
            F(by).desc(nulls_last=True) if self.descending else F(by).asc(nulls_last=True)
            for by in fields
        ]
        return rows.order_by(*order, "pk")

    def head(self, words: str) -> Head | None:
        """The head of a column of these words; None where rows cannot be sorted by it."""
        named = (head for head in self.columns if self.names.get(head, head) == words)
        head = next(named, None)
        if head is None:
            return None
        key = slugify(head)
        here = key == self.key
        turned = here and not self.descending
        query = self.query.copy()
        query.pop("page", None)
        query[PARAMETER] = f"-{key}" if turned else key
        direction = ("descending" if self.descending else "ascending") if here else ""
        return Head(f"?{query.urlencode()}", direction)
