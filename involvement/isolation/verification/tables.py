"""Which tables must be fenced, and whether row-level security and its policies stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from involvement.isolation.rules import POLICIES, Kind, Policy, is_owned, kind_of
from involvement.isolation.verification.faults import Fault, Fenced, rows

OWNED_TABLES = """
SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'
  AND (c.relname = 'involvement_landlord' OR EXISTS (
    SELECT 1 FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attname = 'landlord_id' AND NOT a.attisdropped))
ORDER BY c.relname
"""
SECURITY = "SELECT oid, relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = ANY(%s)"
POLICIES_FOUND = """
SELECT polrelid, polname, polcmd, polpermissive,
  ARRAY(SELECT COALESCE(r.rolname, 'public') FROM unnest(polroles) AS role_oid
        LEFT JOIN pg_roles r ON r.oid = role_oid ORDER BY 1),
  pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
FROM pg_policy WHERE polrelid = ANY(%s)
"""
COMMANDS = {"*": "ALL", "r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}


def fenced_tables(connection: Any) -> list[Fenced]:
    """Every table that holds a landlord's rows, known by its model or by its columns alone."""
    by_model: dict[str, Kind] = {
        model._meta.db_table: kind_of(model)
        for model in apps.get_models(include_auto_created=True)
        if kind_of(model) != "shared" and model._meta.managed
    }
    fenced = [
        Fenced(name, schema, by_model.get(name, "normal"), oid)
        for oid, schema, name in rows(connection, OWNED_TABLES)
    ]
    there = {table.name for table in fenced}
    missing = sorted(by_model.keys() - there)
    return fenced + [Fenced(name, "public", by_model[name], None) for name in missing]


def faults(connection: Any, fenced: list[Fenced]) -> Iterator[Fault]:
    """What is wrong with the fence of each table."""
    oids = [table.oid for table in fenced if table.oid is not None]
    security = {oid: (on, forced) for oid, on, forced in rows(connection, SECURITY, oids)}
    policies: dict[int, dict[str, tuple[Any, ...]]] = {}
    for oid, name, *rest in rows(connection, POLICIES_FOUND, oids):
        policies.setdefault(oid, {})[name] = tuple(rest)
    for table in fenced:
        if table.oid is None:
            yield Fault(table.name, "has a model with a landlord, but no such table with one")
            continue
        on, forced = security[table.oid]
        if not on:
            yield Fault(table.name, "row-level security is switched off")
        if not forced:
            yield Fault(table.name, "row-level security is not forced on the table's owner")
        yield from _policy_faults(table, policies.get(table.oid, {}))
    yield from _unmarked_models(fenced)


def _policy_faults(table: Fenced, found: dict[str, tuple[Any, ...]]) -> Iterator[Fault]:
    for wanted in POLICIES[table.kind]:
        if wanted.name not in found:
            yield Fault(table.name, f"the policy {wanted.name} is missing")
        elif _as_found(found[wanted.name]) != _as_wanted(wanted):
            yield Fault(table.name, f"the policy {wanted.name} is not the one that was agreed")
    for name in sorted(found.keys() - {policy.name for policy in POLICIES[table.kind]}):
        yield Fault(table.name, f"has a policy that nobody agreed on: {name}")


def _as_wanted(policy: Policy) -> tuple[Any, ...]:
    roles = tuple(sorted(policy.roles))
    return (policy.command, True, roles, _bare(policy.using), _bare(policy.check))


def _as_found(found: tuple[Any, ...]) -> tuple[Any, ...]:
    command, permissive, roles, using, check = found
    return (COMMANDS[command], permissive, tuple(sorted(roles)), _bare(using), _bare(check))


def _bare(expression: str | None) -> str | None:
    """PostgreSQL puts a whole comparison in brackets when it gives it back."""
    if expression is None:
        return None
    compared = expression.startswith(("(landlord_id", "(id"))
    return expression[1:-1] if compared and expression.endswith(")") else expression


def _unmarked_models(fenced: list[Fenced]) -> Iterator[Fault]:
    """A table with a landlord that no model declares was made by hand, past the fence."""
    declared = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if is_owned(model)
    } | {"involvement_landlord"}
    for table in fenced:
        if table.oid is not None and table.name not in declared:
            yield Fault(table.name, "holds a landlord's rows but belongs to no model")
