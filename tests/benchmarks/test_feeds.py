"""A housing system's whole list beside plain SQL that moves the same rows into the same tables, and
beside the package most projects bring files in with."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from involvement.auditing.actors import importer, job
from involvement.isolation.plans import plan_anew
from involvement.landlords.models import Landlord
from residents.feeds import operations
from residents.feeds.models import Intake, Mode
from residents.people import operations as people
from tests.residents.feeds.files import HEADINGS, one

BY = importer("A bench")
MANY = 100_000
MOST_TIMES = 2.5
MOST_SECONDS = 90


def file_of(rows: int) -> bytes:
    """A list of so many people, each in a home of their own."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for number in range(1, rows + 1):
        said = one(number)
        said["UPRN"] = str(100_000_000_000 + number)
        writer.writerow([said.get(heading, "") for heading in HEADINGS])
    return out.getvalue().encode()


def bring(data: bytes) -> Intake:
    at = timezone.now()
    intake = operations.start_intake(
        source=operations.the_source(by=BY, at=at),
        name="people.csv",
        data=data,
        how=Intake.How.COMMAND,
        mode=Mode.FULL,
        keep=False,
        by=BY,
        at=at,
    )
    return operations.bring_in(intake=intake, data=data, by=BY, at=at)


def moved_by_sql(data: bytes, landlord: Landlord) -> None:
    """The same rows into the same tables, with a line of history each, and nothing looked at."""
    rows = list(csv.reader(io.StringIO(data.decode())))[1:]
    columns = {f"c{index}": list(column) for index, column in enumerate(zip(*rows, strict=True))}
    given = ", ".join(f"%({name})s::text[]" for name in columns)
    names = ", ".join(columns)
    scope: dict[str, Any] = {"l": landlord.pk, "at": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH given AS MATERIALIZED (SELECT * FROM unnest({given}) AS given ({names})),
            homes AS (
                INSERT INTO residents_home (landlord_id, reference, uprn, parent_uprn, address,
                    postcode, tenure, stock, feed_source, is_demo, created_at)
                SELECT %(l)s, c5, c6, '', c7, c8, 'GENERAL', 'LCRA', 'Plain', false, %(at)s
                FROM given RETURNING id, reference, address
            ),
            tenancies AS (
                INSERT INTO residents_tenancy (landlord_id, home_id, reference, tenure, started_on,
                    is_demo)
                SELECT %(l)s, homes.id, c10, 'GENERAL', c11::date, false
                FROM given JOIN homes ON homes.reference = c5 RETURNING id, reference
            ),
            people AS (
                INSERT INTO residents_person (landlord_id, reference, title, name, born_on,
                    born_precision, customer_type_id, status, home_id, preferred_channel, email,
                    phone, address, large_print, feed_source, is_demo, created_at)
                SELECT %(l)s, c0, c1, c2, c3::date, 'DAY', type.id, 'CURRENT', homes.id, 'POST',
                    c13, c14, c7, false, 'Plain', false, %(at)s
                FROM given JOIN homes ON homes.reference = c5
                JOIN residents_customertype AS type ON type.name = c4 RETURNING id, reference, name
            ),
            living AS (
                INSERT INTO residents_residency (landlord_id, person_id, home_id, tenancy_id,
                    capacity, started_on)
                SELECT %(l)s, people.id, homes.id, tenancies.id, 'TENANT', c11::date
                FROM given JOIN homes ON homes.reference = c5
                JOIN people ON people.reference = c0 JOIN tenancies ON tenancies.reference = c10
            ),
            told AS (
                SELECT 'home' AS kind, id, address AS name FROM homes
                UNION ALL SELECT 'person', id, name FROM people
            )
            INSERT INTO involvement_auditentry (landlord_id, by_kind, by_name, by_behalf,
                by_channel, by_clerk, at, verb, record_kind, record_id, record_name, sentence,
                changes)
            SELECT %(l)s, 'JOB', 'plain', '', 'IMPORT', '', %(at)s, kind || '.added',
                'residents.' || kind, id, name, 'added it', '[]' FROM told
            """,  # noqa: S608 -- put together from this file alone
            {**columns, **scope},
        )


@pytest.fixture
def with_types(empty_register: None, in_poole: Landlord) -> Landlord:
    people.found(by=job("a bench"), at=timezone.now())
    return in_poole


def undone(do: object, *arguments: object) -> float:
    """The seconds something takes, its keys checked as where a transaction ends, its rows taken
    back afterwards."""
    with transaction.atomic():
        begun = time.perf_counter()
        do(*arguments)  # type: ignore[operator]  # a function
        plan_anew()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        taken = time.perf_counter() - begun
        transaction.set_rollback(True)
    return taken


def test_100_000_rows_take_at_most_two_and_a_half_times_plain_sql(with_types: Landlord) -> None:
    data = file_of(MANY)
    undone(bring, file_of(200))
    plain = min(undone(moved_by_sql, data, with_types) for _ in range(2))
    ours = min(undone(bring, data) for _ in range(2))
    print(f"\n{MANY:,} rows: {ours:.1f} s beside {plain:.1f} s, {ours / plain:.2f} times")
    assert ours < MOST_SECONDS
    assert ours <= MOST_TIMES * plain


def test_the_second_time_changes_nothing(with_types: Landlord) -> None:
    data = file_of(MANY)
    assert bring(data).created == MANY
    begun = time.perf_counter()
    again = bring(data)
    print(f"\n{MANY:,} rows again: {time.perf_counter() - begun:.1f} s")
    assert (again.created, again.changed, again.unchanged, again.leavers) == (0, 0, MANY, 0)
