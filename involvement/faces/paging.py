"""Pages of a long list, led through as far as anybody looks."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property


class FirstRows(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Pages of the first `most` rows. Rows beyond are not counted, so that a page of a million is
    as quick as one of a thousand; `goes_on` says whether there are any."""

    def __init__(self, rows: QuerySet[Any], per_page: int, *, most: int) -> None:
        super().__init__(rows, per_page)
        self.most = most

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        return int(rows[: self.most + 1].count())

    @cached_property
    def count(self) -> int:
        """How many rows the pages lead through."""
        return min(self._found, self.most)

    @property
    def goes_on(self) -> bool:
        """Whether there are more rows than the pages lead through."""
        return self._found > self.most
