"""Whether keys carry the landlord: primary, unique and foreign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from involvement.isolation.rules import is_owned
from involvement.isolation.verification.faults import Fault, Fenced, rows

INDEXES = """
SELECT i.indrelid, c.relname, i.indisprimary, i.indisexclusion,
  ARRAY(SELECT COALESCE(a.attname, '') FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE k.place <= i.indnkeyatts ORDER BY k.place)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s) AND (i.indisunique OR i.indisexclusion)
"""
FOREIGN_KEYS = """
SELECT f.conrelid, f.confrelid, f.conname, f.convalidated,
  ARRAY(SELECT a.attname FROM unnest(f.conkey) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum ORDER BY k.place),
  ARRAY(SELECT a.attname FROM unnest(f.confkey) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum ORDER BY k.place)
FROM pg_constraint f WHERE f.contype = 'f' AND (f.conrelid = ANY(%s) OR f.confrelid = ANY(%s))
"""
NULLABLE = """
SELECT attrelid FROM pg_attribute
WHERE attrelid = ANY(%s) AND attname = 'landlord_id' AND NOT attnotnull
"""
ROOT = "involvement_landlord"


@dataclass(frozen=True)
class ForeignKey:
    table: int
    target: int
    name: str
    validated: bool
    columns: tuple[str, ...]
    target_columns: tuple[str, ...]

    @property
    def carries_the_landlord(self) -> bool:
        pairs = zip(self.columns, self.target_columns, strict=True)
        return ("landlord_id", "landlord_id") in pairs


def foreign_keys(connection: Any, fenced: list[Fenced]) -> list[ForeignKey]:
    """Every key that leaves a fenced table, with the columns of both its ends."""
    oids = _oids(fenced)
    return [
        ForeignKey(table, target, name, valid, tuple(columns), tuple(target_columns))
        for table, target, name, valid, columns, target_columns in rows(
            connection, FOREIGN_KEYS, oids, oids
        )
    ]


def composite_keys(connection: Any, fenced: list[Fenced]) -> list[ForeignKey]:
    """The foreign keys that carry the landlord."""
    return [key for key in foreign_keys(connection, fenced) if key.carries_the_landlord]


def faults(connection: Any, fenced: list[Fenced]) -> Iterator[Fault]:
    """What is wrong with the keys of each table."""
    owned = [table for table in fenced if table.oid is not None and table.name != ROOT]
    names = {table.oid: table.name for table in fenced if table.oid is not None}
    for (oid,) in rows(connection, NULLABLE, _oids(owned)):
        yield Fault(names[oid], "a row may be without a landlord")
    yield from _index_faults(connection, owned)
    yield from _foreign_key_faults(connection, fenced, names)
    yield from _missing_foreign_keys(connection, owned)


def _index_faults(connection: Any, owned: list[Fenced]) -> Iterator[Fault]:
    names = {table.oid: table.name for table in owned}
    primary = set()
    for oid, index, is_primary, excludes, columns in rows(connection, INDEXES, _oids(owned)):
        first = columns[0] if columns else ""
        if is_primary:
            primary.add(oid)
            if first != "landlord_id" or len(columns) < 2:
                yield Fault(names[oid], f"its key is ({', '.join(columns)}) without the landlord")
        elif first != "landlord_id":
            kind = "exclusion" if excludes else "unique index"
            yield Fault(names[oid], f"the {kind} {index} does not begin with the landlord")
    for table in owned:
        if table.oid not in primary:
            yield Fault(table.name, "has no primary key")


def _foreign_key_faults(
    connection: Any, fenced: list[Fenced], names: dict[int, str]
) -> Iterator[Fault]:
    root = {table.oid for table in fenced if table.name == ROOT}
    for key in foreign_keys(connection, fenced):
        if key.table not in names or key.table in root:
            if key.target in names and key.target not in root:
                yield Fault(names[key.target], f"a table of nobody's points at it: {key.name}")
            continue
        if not key.validated:
            yield Fault(names[key.table], f"the key {key.name} was never checked")
        if key.target in names and key.target not in root and not key.carries_the_landlord:
            yield Fault(
                names[key.table],
                f"the key {key.name} ({', '.join(key.columns)}) can point at another landlord's "
                f"{names[key.target]}",
            )


def _missing_foreign_keys(connection: Any, owned: list[Fenced]) -> Iterator[Fault]:
    """Every relation of every model must be kept by the database."""
    by_name = {table.name: table.oid for table in owned}
    there = {(key.table, key.target, key.columns) for key in foreign_keys(connection, owned)}
    composite = {(table, target, columns) for table, target, columns in there if len(columns) > 1}
    for model in apps.get_models(include_auto_created=True):
        table = by_name.get(model._meta.db_table)
        if table is None or not is_owned(model):
            continue
        for field in model._meta.local_concrete_fields:
            target = field.related_model
            if not isinstance(target, type):
                continue
            if is_owned(target):
                wanted = (table, by_name.get(target._meta.db_table), ("landlord_id", field.column))
                if wanted not in composite:
                    yield Fault(
                        model._meta.db_table,
                        f"no composite key keeps {field.column} within the landlord",
                    )
            elif not any(key[0] == table and key[2] == (field.column,) for key in there):
                yield Fault(model._meta.db_table, f"no key keeps {field.column}")


def _oids(fenced: list[Fenced]) -> list[int]:
    return [table.oid for table in fenced if table.oid is not None]
