from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from involvement.isolation.rules import Kind


@dataclass(frozen=True)
class Fault:
    """`what` is a table, view, function or role by name; `wrong` completes the sentence."""

    what: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.what}: {self.wrong}"


@dataclass(frozen=True)
class Fenced:
    """A table that must be fenced. `oid` is None where a model has no table in the database."""

    name: str
    schema: str
    kind: Kind
    oid: int | None

    @property
    def quoted(self) -> str:
        return f'"{self.schema}"."{self.name}"'


def rows(connection: Any, sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """What a question to the catalogues answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
