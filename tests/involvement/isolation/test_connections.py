"""Whatever happens on a connection, the next statement serves the landlord in scope."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from psycopg.errors import FeatureNotSupported

from involvement.isolation import NoLandlord, for_each, landlord_scope, no_scope
from involvement.isolation.backend.base import DatabaseWrapper
from involvement.isolation.scope import LandlordSwitched, current
from involvement.landlords.models import Landlord, Unit
from tests.factories.landlords import make_landlord

NAMES = "SELECT name FROM involvement_unit ORDER BY id"


def plant() -> tuple[Landlord, Landlord]:
    landlords = make_landlord("poole"), make_landlord("oxford")
    for landlord in landlords:
        with landlord_scope(landlord):
            Unit.objects.create(name=f"Unit of {landlord.slug}")
    return landlords


@pytest.fixture
def two(db: None) -> tuple[Landlord, Landlord]:
    """Poole and Oxford with a unit each, inside the test's transaction."""
    return plant()


@pytest.fixture
def committed(transactional_db: None) -> tuple[Landlord, Landlord]:
    """The same, committed, so that other connections see them."""
    return plant()


def names(on: Any = connection) -> list[str]:
    with on.cursor() as cursor:
        cursor.execute(NAMES)
        return [row[0] for row in cursor.fetchall()]


def test_a_rolled_back_savepoint_does_not_bring_another_landlord_back(
    two: tuple[Landlord, Landlord],
) -> None:
    poole, oxford = two
    with landlord_scope(poole):
        assert names() == ["Unit of poole"]
        with pytest.raises(ZeroDivisionError), transaction.atomic(), landlord_scope(oxford):
            assert names() == ["Unit of oxford"]
            raise ZeroDivisionError
        assert names() == ["Unit of poole"]


def test_a_failed_statement_leaves_the_scope_as_it_was(two: tuple[Landlord, Landlord]) -> None:
    poole, oxford = two
    with landlord_scope(poole):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM involvement_unit")
        assert names() == ["Unit of poole"]
    with landlord_scope(oxford):
        assert names() == ["Unit of oxford"]


def test_nested_scopes_end_where_they_began(two: tuple[Landlord, Landlord]) -> None:
    poole, oxford = two
    with landlord_scope(poole):
        with landlord_scope(oxford):
            with no_scope(), pytest.raises(NoLandlord):
                Unit.objects.count()
            assert names() == ["Unit of oxford"]
        assert names() == ["Unit of poole"]


def test_a_generator_keeps_no_landlord_for_whoever_comes_next(
    two: tuple[Landlord, Landlord],
) -> None:
    poole, oxford = two

    def rows() -> Iterator[str]:
        yield from Unit.objects.order_by("pk").values_list("name", flat=True).iterator()

    with landlord_scope(poole):
        lazy = rows()
    with landlord_scope(oxford):
        assert list(lazy) == ["Unit of oxford"]
    with no_scope(), pytest.raises(NoLandlord):
        list(rows())


def test_copy_out_shows_one_landlords_rows(two: tuple[Landlord, Landlord]) -> None:
    poole, _oxford = two
    sql = "COPY (SELECT name FROM involvement_unit) TO STDOUT"
    with landlord_scope(poole), connection.cursor() as cursor, cursor.copy(sql) as copied:
        assert b"".join(copied) == b"Unit of poole\n"


def test_copy_in_is_refused_where_rows_belong_to_landlords(two: tuple[Landlord, Landlord]) -> None:
    poole, _oxford = two
    with (
        landlord_scope(poole),
        pytest.raises(FeatureNotSupported, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy("COPY involvement_unit (landlord_id, name) FROM STDIN"),
    ):
        pass


def test_a_server_side_cursor_reads_one_landlords_rows(two: tuple[Landlord, Landlord]) -> None:
    poole, _oxford = two
    with landlord_scope(poole), transaction.atomic():
        cursor = connection.create_cursor(name="units")
        try:
            cursor.execute(NAMES)
            assert cursor.fetchall() == [("Unit of poole",)]
        finally:
            cursor.close()


def test_psycopgs_own_execute_is_no_way_round(two: tuple[Landlord, Landlord]) -> None:
    poole, _oxford = two
    with landlord_scope(poole):
        connection.ensure_connection()
        assert connection.connection.execute(NAMES).fetchall() == [("Unit of poole",)]
        with connection.cursor() as cursor:
            cursor.cursor.executemany("SELECT name FROM involvement_unit WHERE id > %s", [(0,)])


def test_a_reading_scope_cannot_write(two: tuple[Landlord, Landlord]) -> None:
    poole, _oxford = two
    with landlord_scope(poole, read_only=True):
        assert names() == ["Unit of poole"]
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Unit.objects.create(name="Written while reading")
    with landlord_scope(poole):
        Unit.objects.create(name="Written while writing")
        assert names() == ["Unit of poole", "Written while writing"]


def test_a_question_to_each_landlord_is_answered_by_its_rows_alone(
    two: tuple[Landlord, Landlord],
) -> None:
    answers = {landlord.slug: found for landlord, found in for_each(two, lambda landlord: names())}
    assert answers == {"poole": ["Unit of poole"], "oxford": ["Unit of oxford"]}


def test_a_thread_begins_with_nobody(two: tuple[Landlord, Landlord]) -> None:
    poole, _oxford = two
    with landlord_scope(poole), ThreadPoolExecutor(1) as pool:
        assert current().landlord == poole.pk
        assert pool.submit(lambda: current().landlord).result() is None


def test_a_copied_context_keeps_its_own_landlord(two: tuple[Landlord, Landlord]) -> None:
    poole, oxford = two
    with landlord_scope(poole):
        copied = contextvars.copy_context()
    with landlord_scope(oxford):
        assert copied.run(names) == ["Unit of poole"]
        assert names() == ["Unit of oxford"]


@pytest.mark.parametrize("inner", ["landlord", "nobody"])
def test_one_transaction_serves_one_landlord(
    committed: tuple[Landlord, Landlord], settings: Any, inner: str
) -> None:
    settings.SCOPE_MAY_SWITCH_IN_TRANSACTION = False
    poole, oxford = committed
    with landlord_scope(poole), transaction.atomic():
        assert names() == ["Unit of poole"]
        scope = landlord_scope(oxford) if inner == "landlord" else no_scope()
        with pytest.raises(LandlordSwitched), scope:
            pass
        assert names() == ["Unit of poole"]
    with landlord_scope(oxford), transaction.atomic():
        assert names() == ["Unit of oxford"]


def test_a_persistent_connection_forgets_after_an_exception(
    committed: tuple[Landlord, Landlord],
) -> None:
    poole, oxford = committed
    with pytest.raises(ZeroDivisionError), landlord_scope(poole), transaction.atomic():
        assert names() == ["Unit of poole"]
        raise ZeroDivisionError
    with no_scope(), pytest.raises(DatabaseError):
        names()
    with landlord_scope(oxford):
        assert names() == ["Unit of oxford"]


def test_a_stray_session_setting_is_undone_before_the_next_request(
    committed: tuple[Landlord, Landlord],
) -> None:
    poole, _oxford = committed
    with no_scope():
        raw = connection.connection.cursor()
        raw.applies_scope = False
        raw.execute("SELECT set_config('app.landlord', %s, false)", [str(poole.pk)])
        connection.close_if_unusable_or_obsolete()
        with pytest.raises(DatabaseError):
            names()


def in_threads(work: Callable[[int], None], count: int) -> None:
    """Run the work in so many threads at once; the first failure is raised here."""
    with ThreadPoolExecutor(count) as pool:
        for done in [pool.submit(work, number) for number in range(count)]:
            done.result()


def test_threads_serve_their_own_landlords_only(committed: tuple[Landlord, Landlord]) -> None:
    start = threading.Barrier(4)

    def work(number: int) -> None:
        landlord = committed[number % 2]
        try:
            start.wait(timeout=10)
            for _ in range(20):
                with landlord_scope(landlord):
                    assert names() == [f"Unit of {landlord.slug}"]
        finally:
            connections.close_all()

    in_threads(work, 4)


def test_a_pooled_connection_is_handed_on_clean(committed: tuple[Landlord, Landlord]) -> None:
    """Two connections for four threads, some of whose work breaks half-way."""
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 2}}
    pooled = {**connection.settings_dict, "OPTIONS": options, "CONN_MAX_AGE": 0}

    def work(number: int) -> None:
        landlord = committed[number % 2]
        for turn in range(15):
            borrowed: Any = DatabaseWrapper(pooled, alias="pooled")
            try:
                with landlord_scope(landlord):
                    assert names(borrowed) == [f"Unit of {landlord.slug}"]
                    if turn % 3 == 0:
                        with pytest.raises(DatabaseError), borrowed.cursor() as cursor:
                            cursor.execute("SELECT 1 / 0")
                with no_scope(), pytest.raises(DatabaseError):
                    names(borrowed)
            finally:
                borrowed.close()

    try:
        in_threads(work, 4)
    finally:
        DatabaseWrapper(pooled, alias="pooled").close_pool()
