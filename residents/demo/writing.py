"""Writes many invented rows of one kind, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection, models

BATCH: Final = 5000
# Neither stands in anything invented
_NEXT, _NOTHING = "\x1e", "\x1f"


def write(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model whose values are plain (words, numbers, days, truths) and give them
    their keys, in the landlord's scope.

    As `bulk_create` does, in a fifth of its time: a column goes to the database as one text. What
    the rows point at has been written before.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not (field.generated or field.primary_key)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    columns = ", ".join(
        # An empty text would be no value at all, and is one empty value
        f"coalesce(nullif(string_to_array(%s, '{_NEXT}', '{_NOTHING}'), '{{}}'), '{{\"\"}}')::{_kind(field)}[]"
        for field in fields
    )
    statement = (
        f"INSERT INTO {quote(meta.db_table)} ({names}) SELECT * FROM unnest({columns}) RETURNING id"  # noqa: S608 -- of names of models alone
    )
    with connection.cursor() as cursor:
        for first in range(0, len(rows), BATCH):
            some = rows[first : first + BATCH]
            cursor.execute(statement, [_column(some, field) for field in fields])
            for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = key


def _kind(field: models.Field[Any, Any]) -> str:
    """The type of a column. That of words has no length here, or too long ones would be cut."""
    words = {"CharField", "TextField"}
    return "text" if field.get_internal_type() in words else str(field.db_type(connection))


def _column(rows: Iterable[models.Model], field: models.Field[Any, Any]) -> str:
    values: Iterable[Any] = (row.__dict__[field.attname] for row in rows)
    if isinstance(field, models.ForeignKey):
        values = (_key(row, field) for row in rows)
    return _NEXT.join(_NOTHING if value is None else str(value) for value in values)


def _key(row: models.Model, to: models.ForeignKey[Any, Any]) -> Any:
    """The key of what a row points at, which may not have been known when the row was made."""
    key = row.__dict__[to.attname]
    return key if key is not None else getattr(to.get_cached_value(row, None), "pk", None)
