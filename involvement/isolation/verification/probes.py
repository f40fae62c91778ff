"""Tries, as the web role, to read and write another landlord's rows. Everything is rolled back."""
# ruff: noqa: S608 -- names come quoted from the catalogue, and keys are integers

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import Error, transaction

from involvement.isolation.rules import READ, WEB
from involvement.isolation.scope import landlord_scope, no_scope
from involvement.isolation.verification.faults import Fault, Fenced, rows

REFUSED = "42501"  # insufficient privilege, which is what a policy answers
# A landlord's key that no installation reaches: where there are not two to try with.
NOBODYS = 2**62
# Rows of so many landlords are looked for in each table.
LANDLORDS_TRIED = 20


@dataclass
class Tried:
    """How many attempts were made, and what got through."""

    count: int = 0
    tables_with_foreign_rows: int = 0
    faults: list[Fault] = field(default_factory=list)


class UndoneError(Exception):
    """Leaves a transaction without keeping anything."""


def try_everything(connection: Any, fenced: list[Fenced]) -> Tried:
    """Try each table that holds landlords' rows. Returns how often, and what got through."""
    owned = [table for table in fenced if table.oid is not None and table.kind != "root"]
    tried = Tried()
    landlords = [
        key for (key,) in rows(connection, "SELECT id FROM involvement_landlord ORDER BY id")
    ]
    owners = _owners_of_rows(connection, owned, landlords[:LANDLORDS_TRIED])
    everybody = [*landlords, NOBODYS, NOBODYS + 1]
    for table in owned:
        theirs = owners.get(table.name, everybody[0])
        ours = next(key for key in everybody if key != theirs)
        tried.tables_with_foreign_rows += table.name in owners
        for wrong in _attempts(connection, table, ours, theirs, tried):
            tried.faults.append(Fault(table.name, wrong))
    return tried


def _owners_of_rows(connection: Any, owned: list[Fenced], landlords: list[int]) -> dict[str, int]:
    """For each table a landlord that has a row in it, the last made first."""
    owners: dict[str, int] = {}
    for landlord in reversed(landlords):
        with landlord_scope(landlord), transaction.atomic(using=connection.alias):
            for table in owned:
                if table.name not in owners and _answer(
                    connection,
                    f"SELECT EXISTS (SELECT 1 FROM {table.quoted} WHERE landlord_id = {landlord})",
                ):
                    owners[table.name] = landlord
    return owners


def _attempts(
    connection: Any, table: Fenced, ours: int, theirs: int, tried: Tried
) -> Iterator[str]:
    name = table.quoted
    first = f"(SELECT ctid FROM {name} WHERE landlord_id = {theirs} LIMIT 1)"
    tried.count += 6
    with no_scope():
        if _outcome(connection, f"SELECT count(*) FROM {name}") is None:
            yield "can be read while no landlord is served"
        if _outcome(connection, f"INSERT INTO {name} (landlord_id) VALUES ({theirs})") is None:
            yield "can be written while no landlord is served"
    with landlord_scope(ours):
        if _seen(connection, f"SELECT count(*) FROM {name} WHERE landlord_id <> {ours}"):
            yield f"shows another landlord's rows to {WEB}"
        if _outcome(connection, f"INSERT INTO {name} (landlord_id) VALUES ({theirs})") != REFUSED:
            yield f"lets {WEB} write a row of another landlord"
        if _changed(
            connection, f"UPDATE {name} SET landlord_id = landlord_id WHERE ctid = {first}"
        ):
            yield f"lets {WEB} change another landlord's row"
        if _changed(connection, f"DELETE FROM {name} WHERE ctid = {first}"):
            yield f"lets {WEB} remove another landlord's row"
    if table.kind == "sealed":
        tried.count += 5
        yield from _attempts_on_sealed(connection, table, theirs)
    if table.kind == "append":
        tried.count += 2
        yield from _attempts_on_append_only(connection, name, theirs)


def _attempts_on_append_only(connection: Any, name: str, theirs: int) -> Iterator[str]:
    with landlord_scope(theirs):
        if _outcome(connection, f"UPDATE {name} SET id = id WHERE false") != REFUSED:
            yield f"is append-only, and {WEB} may change it"
        if _outcome(connection, f"DELETE FROM {name} WHERE false") != REFUSED:
            yield f"is append-only, and {WEB} may remove from it"


def _attempts_on_sealed(connection: Any, table: Fenced, landlord: int) -> Iterator[str]:
    """Even for the landlord in scope a sealed table is opened by functions alone."""
    name = table.quoted
    with landlord_scope(landlord):
        for verb, statement in (
            ("read", f"SELECT 1 FROM {name} WHERE false"),
            ("write to", f"INSERT INTO {name} (landlord_id) VALUES ({landlord})"),
            ("change", f"UPDATE {name} SET landlord_id = landlord_id WHERE false"),
            ("remove from", f"DELETE FROM {name} WHERE false"),
        ):
            if _outcome(connection, statement) != REFUSED:
                yield f"is sealed, and {WEB} may {verb} it"
    with landlord_scope(landlord, read_only=True):
        if _outcome(connection, f"SELECT 1 FROM {name} WHERE false") != REFUSED:
            yield f"is sealed, and {READ} may read it"


def _answer(connection: Any, sql: str) -> Any:
    """What the question answers, or None where it is refused."""
    try:
        with transaction.atomic(using=connection.alias):
            return rows(connection, sql)[0][0]
    except Error:
        return None


def _seen(connection: Any, sql: str) -> bool:
    return bool(_answer(connection, sql))


def _outcome(connection: Any, sql: str) -> str | None:
    """PostgreSQL's code for the refusal, or None where the statement went through."""
    _count, code = _run(connection, sql)
    return code


def _changed(connection: Any, sql: str) -> bool:
    count, code = _run(connection, sql)
    return code is None and count > 0


def _run(connection: Any, sql: str) -> tuple[int, str | None]:
    count = 0
    try:
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                cursor.execute(sql)
                count = cursor.rowcount
            raise UndoneError  # noqa: TRY301 -- leaving the block by an exception is what undoes it
    except UndoneError:
        return count, None
    except Error as error:
        return 0, str(getattr(error.__cause__, "sqlstate", "")) or "unknown"
