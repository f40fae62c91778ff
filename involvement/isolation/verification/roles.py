"""Whether the roles that serve pages own nothing, bypass nothing and may do no more than agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from involvement.isolation.rules import EQUALITY, OWNER, READ, VERBS, WEB
from involvement.isolation.verification.faults import Fault, Fenced, rows

REACHABLE = """
SELECT r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication
FROM pg_roles r WHERE pg_has_role(%s, r.oid, 'MEMBER') ORDER BY r.rolname
"""
OWNERS = """
SELECT c.oid, r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE c.oid = ANY(%s)
"""
POWERS = {
    1: "is a superuser",
    2: "bypasses row-level security",
    3: "may make roles",
    4: "may make databases",
    5: "may read everything by replication",
}
# The equality functions' owner: nobody signs in as it, and only the tables' owner is in it.
EQUALITY_ROLE = """
SELECT r.rolcanlogin, r.rolsuper OR r.rolbypassrls, has_schema_privilege(r.oid, 'public', 'CREATE'),
  ARRAY(SELECT m.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
        WHERE a.roleid = r.oid AND NOT m.rolsuper ORDER BY m.rolname)
FROM pg_roles r WHERE r.rolname = %s
"""
ROLES = (WEB, READ, EQUALITY)
TABLE_VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# A right may be granted for a single column, too.
GRANTS = """
SELECT wanted.oid, role.name, verb.name FROM unnest(%s::oid[]) AS wanted (oid)
CROSS JOIN unnest(%s::text[]) AS role (name) CROSS JOIN unnest(%s::text[]) AS verb (name)
WHERE has_table_privilege(role.name, wanted.oid, verb.name)
  OR CASE WHEN verb.name IN ('INSERT', 'UPDATE', 'REFERENCES')
     THEN has_any_column_privilege(role.name, wanted.oid, verb.name) ELSE false END
"""


def faults(connection: Any, fenced: list[Fenced]) -> Iterator[Fault]:
    """What is wrong with the roles, their powers and their grants."""
    signed_in = rows(connection, "SELECT session_user")[0][0]
    if signed_in != WEB:
        yield Fault(signed_in, f"the product signs in as this role and not as {WEB}")
    for role in sorted({WEB, signed_in}):
        yield from _powers(connection, role)
    there = [table for table in fenced if table.oid is not None]
    oids = [table.oid for table in there]
    owners = dict(rows(connection, OWNERS, oids))
    granted = set(rows(connection, GRANTS, oids, list(ROLES), list(TABLE_VERBS)))
    yield from _equality(connection)
    for table in there:
        if owners[table.oid] != OWNER:
            yield Fault(table.name, f"belongs to {owners[table.oid]} and not to {OWNER}")
        yield from _grants(table, granted)


def _equality(connection: Any) -> Iterator[Fault]:
    """The role that owns the equality functions stays out of everybody's reach."""
    found = rows(connection, EQUALITY_ROLE, EQUALITY)
    if not found:
        yield Fault(EQUALITY, "does not exist, so the equality answers have no keeper")
        return
    signs_in, bypasses, makes, members = found[0]
    if signs_in:
        yield Fault(EQUALITY, "may sign in")
    if bypasses:
        yield Fault(EQUALITY, "is not held by row-level security")
    if makes:
        yield Fault(EQUALITY, "may make tables and functions")
    for member in members:
        if member != OWNER and not _administers(connection, member):
            yield Fault(EQUALITY, f"{member} may become it")


def _administers(connection: Any, role: str) -> bool:
    """On a managed service whoever made the roles is in them, and is no process of ours."""
    return bool(
        rows(connection, "SELECT rolcreaterole FROM pg_roles WHERE rolname = %s", role)[0][0]
    )


def _powers(connection: Any, role: str) -> Iterator[Fault]:
    """What the role has, or may take on by SET ROLE."""
    for found in rows(connection, REACHABLE, role):
        name = found[0]
        who = "" if name == role else f"may become {name}, which "
        for place, power in POWERS.items():
            if found[place]:
                yield Fault(role, who + power)
        if name == OWNER and role != OWNER:
            yield Fault(role, f"may become {OWNER}, which owns the tables")


def _grants(table: Fenced, granted: set[tuple[Any, ...]]) -> Iterator[Fault]:
    for role in ROLES:
        allowed = VERBS[table.kind].get(role, ())
        for verb in TABLE_VERBS:
            may = (table.oid, role, verb) in granted
            if may and verb not in allowed:
                yield Fault(table.name, f"{role} may {verb} it")
            if not may and verb in allowed:
                yield Fault(table.name, f"{role} may not {verb} it, which the product needs")
