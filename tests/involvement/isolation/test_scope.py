from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DataError

from involvement.isolation import NoLandlord, landlord_scope, no_scope
from involvement.isolation.backend.cursors import ScopeTampered
from involvement.landlords.models import Landlord, Place, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_units(poole: Landlord, oxford: Landlord) -> tuple[Unit, Unit]:
    with landlord_scope(poole):
        ours = Unit.objects.create(name="Hamworthy")
    with landlord_scope(oxford):
        theirs = Unit.objects.create(name="Blackbird Leys")
    return ours, theirs


@pytest.mark.parametrize("call", ["exists", "count", "first", "all"])
def test_without_a_landlord_every_question_is_refused(two_units: object, call: str) -> None:
    with no_scope(), pytest.raises(NoLandlord):
        list(getattr(Unit.objects.order_by("pk"), call)() or [])


def test_without_a_landlord_nothing_can_be_made(two_units: object) -> None:
    with no_scope(), pytest.raises(NoLandlord):
        Unit.objects.create(name="Nobody's")


def test_raw_sql_sees_one_landlords_rows_only(
    two_units: tuple[Unit, Unit], poole: Landlord
) -> None:
    with landlord_scope(poole), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM involvement_unit WHERE true OR true")
        assert cursor.fetchall() == [("Hamworthy",)]


def test_raw_sql_without_a_landlord_is_an_error(two_units: tuple[Unit, Unit]) -> None:
    refused = pytest.raises((ProgrammingError, DataError))
    with no_scope(), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("SELECT name FROM involvement_unit")


def test_the_base_manager_sees_one_landlords_rows_only(
    two_units: tuple[Unit, Unit], poole: Landlord
) -> None:
    with landlord_scope(poole):
        assert [unit.name for unit in Unit._base_manager.order_by("pk")] == ["Hamworthy"]


def test_a_row_of_another_landlord_cannot_be_written(
    two_units: tuple[Unit, Unit], poole: Landlord, oxford: Landlord
) -> None:
    with landlord_scope(poole), pytest.raises(ProgrammingError), transaction.atomic():
        Unit.objects.create(name="Smuggled", landlord_id=oxford.pk)


def test_a_key_to_another_landlords_row_is_refused(
    two_units: tuple[Unit, Unit], poole: Landlord
) -> None:
    _ours, theirs = two_units
    with landlord_scope(poole):
        Place.objects.create(name="Turlin Moor", unit_id=theirs.pk)
        with pytest.raises(IntegrityError):
            connection.check_constraints()


def test_sql_may_not_choose_its_landlord(two_units: tuple[Unit, Unit], oxford: Landlord) -> None:
    with connection.cursor() as cursor, pytest.raises(ScopeTampered):
        cursor.execute(f"SELECT set_config('app.landlord', '{oxford.pk}', true)")


def test_a_lazy_queryset_asks_for_the_landlord_when_it_runs(
    two_units: tuple[Unit, Unit], poole: Landlord, oxford: Landlord
) -> None:
    with landlord_scope(poole):
        units = Unit.objects.order_by("pk")
    with landlord_scope(oxford):
        assert [unit.name for unit in units] == ["Blackbird Leys"]
