"""The roles have the attributes that isolation rests on, and no more rights than they need."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from involvement.servers.manager import Servers, ensure_servers, forget_servers
from involvement.servers.places import Places
from involvement.servers.roles import prepare_roles


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    places = Places(base=tmp_path_factory.mktemp("roles") / "test", for_tests=True)
    yield ensure_servers(places)
    forget_servers(places)


def rows(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def test_no_role_may_bypass_row_security(servers: Servers) -> None:
    found = rows(
        servers.database_admin_url,
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreatedb, "
        "rolcreaterole FROM pg_roles WHERE rolname LIKE 'involvement_%' ORDER BY rolname",
    )

    assert found == [
        ("involvement_equality", False, False, False, True, False, False),
        ("involvement_owner", True, False, False, False, True, False),
        ("involvement_read", False, False, False, True, False, False),
        ("involvement_web", True, False, False, False, False, False),
    ]


def test_the_owner_owns_database_and_schema(servers: Servers) -> None:
    database = rows(
        servers.database_admin_url,
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'involvement'",
    )
    schema = rows(
        servers.database_owner_url,
        "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'",
    )

    assert database == schema == [("involvement_owner",)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "SET ROLE involvement_owner",
        "SET ROLE involvement_equality",
    ],
)
def test_the_web_role_may_make_nothing_and_become_nobody_bigger(
    servers: Servers, statement: str
) -> None:
    with (
        psycopg.connect(servers.database_url, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_the_web_role_takes_on_reading_rights_only_by_asking(servers: Servers) -> None:
    with psycopg.connect(servers.database_owner_url) as owner:
        owner.execute("CREATE TABLE figures (words text)")
        owner.execute("GRANT SELECT ON figures TO involvement_read")
    with psycopg.connect(servers.database_url) as web:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), web.transaction():
            web.execute("SELECT * FROM figures")
        with web.transaction():
            web.execute("SET LOCAL ROLE involvement_read")
            assert web.execute("SELECT * FROM figures").fetchall() == []


def test_the_keeper_of_equality_answers_lends_the_owner_nothing(servers: Servers) -> None:
    """The owner hands functions over to it, and must ask before it may do what it may."""
    with psycopg.connect(servers.database_owner_url) as owner:
        found = owner.execute(
            "SELECT pg_has_role('involvement_equality', 'MEMBER'), "
            "pg_has_role('involvement_equality', 'USAGE')"
        ).fetchone()
    assert found == (True, False)


def test_the_owner_may_make_a_database_for_tests_and_trusted_extensions(servers: Servers) -> None:
    with psycopg.connect(servers.database_owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE test_involvement")
        owner.execute("DROP DATABASE test_involvement")
        owner.execute("CREATE EXTENSION btree_gist")
        owner.execute("CREATE EXTENSION pg_trgm")


def test_preparing_again_puts_right_what_was_changed(servers: Servers) -> None:
    with psycopg.connect(servers.database_admin_url, autocommit=True) as admin:
        admin.execute("ALTER ROLE involvement_web BYPASSRLS INHERIT")
        admin.execute("GRANT CREATE ON DATABASE involvement TO PUBLIC")
        prepare_roles(admin, database="involvement", passwords={})

    assert rows(
        servers.database_url,
        "SELECT rolbypassrls, rolinherit, has_database_privilege('involvement', 'CREATE') "
        "FROM pg_roles WHERE rolname = current_user",
    ) == [(False, False, False)]


def test_an_administrator_of_a_managed_service_need_not_be_superuser(servers: Servers) -> None:
    with psycopg.connect(servers.database_admin_url, autocommit=True) as admin:
        admin.execute("CREATE ROLE landlord_host LOGIN CREATEROLE CREATEDB PASSWORD 'a-password'")
        admin.execute(
            "GRANT involvement_owner, involvement_web, involvement_read, involvement_equality "
            "TO landlord_host WITH ADMIN OPTION"
        )
    hosted = servers.database_admin_url.split("@")[1]
    with psycopg.connect(
        f"postgresql://landlord_host:a-password@{hosted}", autocommit=True
    ) as administrator:
        prepare_roles(administrator, database="hosted", passwords={})

    found = rows(
        servers.database_admin_url,
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'hosted'",
    )
    assert found == [("involvement_owner",)]
