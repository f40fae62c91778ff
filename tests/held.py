"""Rows that a second connection holds, and how long the first one waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection, connections
from django.db.models import Model

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord


@contextmanager
def held_by_another(landlord: Landlord, record: Model) -> Iterator[None]:
    """Inside the block another connection has the row in hand and does not let go."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with landlord_scope(landlord), other.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {record._meta.db_table} WHERE id = %s FOR UPDATE",  # noqa: S608 -- the name of a model's table
                [record.pk],
            )
            assert cursor.fetchone() == (record.pk,)
        yield
    finally:
        other.close()


@contextmanager
def waits_for_locks(milliseconds: int) -> Iterator[None]:
    """Inside the block this thread's connection waits no longer for a row that is held."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {int(milliseconds)}")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


@contextmanager
def servers_wait_for_locks(milliseconds: int) -> Iterator[None]:
    """Inside the block connections that other threads open wait no longer for a row that is held."""
    options = connection.settings_dict["OPTIONS"]
    with mock.patch.dict(options, {"options": f"-c lock_timeout={int(milliseconds)}"}):
        yield
