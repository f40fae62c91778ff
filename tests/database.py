"""Makes the test database as the owner of its tables and tests as the web role, as in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from involvement.isolation.owner import as_owner


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    with django_db_blocker.unblock(), as_owner(connection):
        made = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=django_db_keepdb and not django_db_createdb,
            serialized_aliases=set(),
        )
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _flush_as_owner)
        yield
        if not django_db_keepdb:
            with as_owner(connection):
                teardown_databases(made, verbosity=0)


def _flush_as_owner(self: TransactionTestCase) -> None:
    """Flushing truncates, which the web role may not."""
    with as_owner(connection):
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


@contextmanager
def committed(blocker: Any) -> Iterator[None]:
    """For tests that share rows written once, outside of any test's transaction: everything
    written inside the block is committed, and gone after it."""
    with blocker.unblock():
        try:
            yield
        finally:
            with as_owner(connection):
                call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


@contextmanager
def never_tidied(blocker: Any, *tables: str) -> Iterator[None]:
    """Every table empty as on the first day, and these left alone by the server inside the block.

    Tidying up after rows that were taken back within a transaction still open, the server cannot
    shorten a table: it notes many pages and no row, and plans by that as it never would where rows
    stay.
    """
    with blocker.unblock():
        _set_tidying(tables, "SET (autovacuum_enabled = off)")
        try:
            yield
        finally:
            _set_tidying(tables, "RESET (autovacuum_enabled)")


def _set_tidying(tables: tuple[str, ...], how: str) -> None:
    with as_owner(connection):
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {how}")


def analyse() -> None:
    """Bring the planner's knowledge up to date, as the server does by itself a minute later."""
    with as_owner(connection), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
