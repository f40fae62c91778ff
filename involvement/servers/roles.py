"""The database's roles: who may do what, said once for the demo, the tests and production.

- `involvement_owner` owns the database and everything in it, and migrates. Row-level security is
  forced on it too, and it cannot bypass it. It may make databases, so that tests can.
- `involvement_web` is what web and worker processes sign in as. It owns nothing, may make nothing
  and inherits nothing; it takes on the next one for a single transaction, by `SET ROLE`.
- `involvement_read` only reads (group viewers, exports).
- `involvement_equality` owns the functions that alone reach the equality answers. Nobody signs in
  as it and no process may become it; the owner of the tables is in it only to hand functions over.

Nothing beyond PostgreSQL 15. Every statement may be run again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg import sql

OWNER = "involvement_owner"
WEB = "involvement_web"
READ = "involvement_read"
EQUALITY = "involvement_equality"

# NOBYPASSRLS is spelt out although it is the default: a role that has lost it gets it back
ATTRIBUTES: dict[str, LiteralString] = {
    # NOINHERIT: being in the equality role must not make its policies the owner's
    OWNER: "LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE CREATEDB NOINHERIT",
    WEB: "LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB NOINHERIT",
    READ: "NOLOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB",
    EQUALITY: "NOLOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB",
}
# A role with CREATEROLE on a managed service may not even mention these
ONLY_A_SUPERUSER_SAYS = ("NOSUPERUSER ", "NOBYPASSRLS ", "NOREPLICATION ")


def prepare_roles(
    connection: psycopg.Connection, *, database: str, passwords: Mapping[str, str]
) -> None:
    """Make the roles and the database, or put them right where they are there already.

    `connection` belongs to an administrator (superuser, or CREATEROLE and CREATEDB on a managed
    service), in autocommit, to any database of the server. `passwords` are keyed by role name;
    a role that is not in it keeps the password it has. Raises psycopg.errors.InsufficientPrivilege
    when the administrator may not.
    """
    is_superuser = connection.info.parameter_status("is_superuser") == "on"
    for role, attributes in ATTRIBUTES.items():
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
        wording: LiteralString = attributes
        if not is_superuser:
            for phrase in ONLY_A_SUPERUSER_SAYS:
                wording = wording.replace(phrase, "")
        statement = sql.SQL("{} {} {}").format(verb, sql.Identifier(role), sql.SQL(wording))
        if role in passwords:
            statement += sql.SQL(" PASSWORD {}").format(sql.Literal(passwords[role]))
        connection.execute(statement)
    if not is_superuser:  # who gives a database to a role must be in it
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
    # Both are NOINHERIT, so a grant lets them SET ROLE and gives them nothing by itself
    for role, member in ((READ, WEB), (EQUALITY, OWNER)):
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member))
        )
    connection.execute(
        sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(EQUALITY), sql.Identifier(WEB))
    )
    _prepare_database(connection, database)


def _prepare_database(connection: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    known = connection.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if not known:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))
    # info.dsn leaves the password out, and the same administrator must look inside the new database
    inside = psycopg.connect(
        connection.info.dsn,
        password=connection.info.password,
        dbname=database,
        autocommit=True,
    )
    with inside:
        inside.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
        for statement in closing_statements(database):
            inside.execute(statement)


def closing_statements(database: str) -> list[sql.Composed]:
    """Return what closes a database to everybody but its roles, to be run inside it.

    The owner may run them, so a test database, which Django makes by itself, gets the same.
    """
    name = sql.Identifier(database)
    web, read, equality = map(sql.Identifier, (WEB, READ, EQUALITY))
    return [
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, web),
        sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(sql.SQL("PUBLIC")),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}, {}").format(web, read, equality),
    ]
