"""Queries that work by luck fail: rows in no order come shuffled, a moment is not taken for a day,
and a lock says which table it locks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler


class Shuffled(Random):
    """Random order that does not split the groups of GROUP BY."""

    def get_group_by_cols(self) -> list[Any]:
        return []


def has_no_order(compiler: SQLCompiler) -> bool:
    """Whether the query gives rows in no order that anybody asked for."""
    query: Any = compiler.query
    return not (
        query.subquery
        or query.distinct
        or query.combinator
        or query.extra_order_by
        or query.order_by
        or (query.default_ordering and query.get_meta() and query.get_meta().ordering)
    )


@pytest.fixture(autouse=True, scope="session")
def _queries_are_strict() -> Iterator[None]:
    ordered = vars(SQLCompiler)["_order_by_pairs"]
    prepared = SQLCompiler.pre_sql_setup
    as_date = models.DateField.to_python

    def order_by_pairs(self: Any) -> Iterator[Any]:
        if has_no_order(self):
            yield OrderBy(Shuffled()), False
        else:
            yield from ordered(self)

    def pre_sql_setup(self: Any, *args: Any, **kwargs: Any) -> Any:
        query = self.query
        if query.select_for_update and query.select_related and not query.select_for_update_of:
            pytest.fail(
                f"select_for_update() on {query.model._meta.label} with select_related() locks the "
                'joined rows too; say which with of=("self",).'
            )
        return prepared(self, *args, **kwargs)

    def to_python(self: Any, value: Any) -> Any:
        if isinstance(value, dt.datetime) and not isinstance(self, models.DateTimeField):
            pytest.fail(
                f"{self} holds a day and was given the moment {value!r}; say which day is meant "
                "with timezone.localdate()."
            )
        return as_date(self, value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "_order_by_pairs", order_by_pairs)
        patch.setattr(SQLCompiler, "pre_sql_setup", pre_sql_setup)
        patch.setattr(models.DateField, "to_python", to_python)
        yield
