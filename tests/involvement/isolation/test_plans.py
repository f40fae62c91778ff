"""Many rows are not checked by a plan that was made for a few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation.plans import plan_anew
from involvement.landlords.models import Landlord
from residents.demo.operations import settle
from residents.people import operations as people
from residents.people.models import Home, Person
from tests.residents.feeds.files import bring, one

MANY = 60
BY = job("a test")


@pytest.fixture
def walking(in_poole: Landlord) -> Landlord:
    """The session checks keys by walking through the whole table, as it does where it planned that
    while the table was all but empty."""
    people.found(by=BY, at=timezone.now())
    home = Home.objects.create(address="1 Drake Court", created_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        # The first five checks of a session are planned each for itself
        add_people([home] * 10)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = on")
    return in_poole


def add_people(homes: list[Home]) -> None:
    Person.objects.bulk_create(
        Person(
            name="Doreen Hackett (demo)",
            home=home,
            address=home.address,
            created_at=timezone.now(),
        )
        for home in homes
    )


def homes_walked_past(write: Callable[[], object]) -> int:
    """How many homes PostgreSQL reads one after the other while these rows' keys are checked."""
    write()
    with connection.cursor() as cursor:
        # However small the table is, whoever plans afresh goes by its index
        cursor.execute("SET LOCAL enable_seqscan = off")
        before = _read(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return _read(cursor) - before


def _read(cursor: Any) -> int:
    cursor.execute(
        "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'residents_home'"
    )
    return int(cursor.fetchone()[0])


@pytest.mark.parametrize("fresh", [False, True])
def test_rows_are_walked_past_for_each_row_unless_planned_anew(
    fresh: bool, walking: Landlord
) -> None:
    def write() -> None:
        add_people(
            Home.objects.bulk_create(
                Home(address=f"{number} Drake Court", created_at=timezone.now())
                for number in range(MANY)
            )
        )
        if fresh:
            plan_anew()

    walked = homes_walked_past(write)
    assert walked <= MANY if fresh else walked > MANY * MANY // 2


def test_an_invented_population_is_checked_by_a_fresh_plan(
    walking: Landlord, now: dt.datetime
) -> None:
    def write() -> None:
        settle(landlord=walking, homes=MANY, seed="7", by=BY, at=now)

    assert homes_walked_past(write) <= MANY


def test_a_list_of_the_housing_system_is_checked_by_a_fresh_plan(walking: Landlord) -> None:
    def write() -> None:
        bring(*(one(number) for number in range(1, MANY)))

    assert homes_walked_past(write) <= MANY
