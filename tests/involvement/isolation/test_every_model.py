"""Of every model: another landlord's rows can neither be seen nor changed nor pointed at."""
# ruff: noqa: S608 -- names come quoted from the models

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, models
from django.db import transaction as db_transaction
from django.db.models import Exists, F, OuterRef, prefetch_related_objects

from involvement.isolation import NoLandlord, landlord_scope, no_scope
from involvement.isolation.models import LandlordOwned
from involvement.isolation.rules import kind_of
from involvement.seeding.operations.rows import landlords_models
from tests.involvement.isolation.conftest import World

MODELS = landlords_models()
every_model = pytest.mark.parametrize("model", MODELS, ids=[one._meta.label for one in MODELS])


@pytest.fixture(autouse=True)
def _something_could_leak(world: World, request: pytest.FixtureRequest) -> None:
    """The other landlord has a row of the model, and its own scope shows it."""
    model = request.getfixturevalue("model")
    theirs = world.their(model)
    assert theirs.landlord_id == world.theirs.landlord.pk
    assert theirs.pk not in world.ours.ids[model._meta.label_lower]


def count(sql: str, *params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0])


@every_model
def test_foreign_rows_cannot_be_seen(world: World, model: type[LandlordOwned]) -> None:
    key = world.their(model).pk
    own = set(world.ours.ids[model._meta.label_lower])
    with landlord_scope(world.ours.landlord):
        for manager in (model._default_manager, model._base_manager):
            assert not manager.filter(pk=key).exists()
            assert manager.in_bulk([key]) == {}
            seen = set(manager.order_by("pk").values_list("pk", flat=True))
            assert own <= seen
            assert key not in seen
        with pytest.raises(model.DoesNotExist):
            model._default_manager.get(pk=key)
        both = (
            model._base_manager.order_by()
            .values("pk")
            .union(model._base_manager.order_by().filter(pk=key).values("pk"), all=True)
        )
        assert key not in {row["pk"] for row in both}
        same = model._base_manager.filter(pk=OuterRef("pk"), landlord_id=world.theirs.landlord.pk)
        assert not model._base_manager.filter(Exists(same)).exists()


@every_model
def test_foreign_rows_cannot_be_seen_by_sql(world: World, model: type[LandlordOwned]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    theirs = world.theirs.landlord.pk
    with landlord_scope(world.ours.landlord):
        assert count(f"SELECT count(*) FROM {table} WHERE true OR landlord_id = %s", theirs) > 0
        for question in (
            f"SELECT count(*) FROM {table} WHERE landlord_id = %s OR landlord_id = %s + 0",
            (
                f"SELECT count(*) FROM (SELECT * FROM {table} UNION ALL SELECT * FROM {table}) AS twice "
                "WHERE landlord_id IN (%s, %s)"
            ),
            (
                f"WITH all_rows AS (SELECT landlord_id FROM {table}) "
                "SELECT count(*) FROM all_rows WHERE landlord_id IN (%s, %s)"
            ),
            (
                f"SELECT count(*) FROM involvement_landlord l WHERE l.id IN (%s, %s) AND EXISTS "
                f"(SELECT 1 FROM {table} t WHERE t.landlord_id = l.id)"
            ),
        ):
            assert count(question, theirs, theirs) == 0


def refused_or_nothing(change: Callable[[], Any]) -> None:
    """The database refuses, or nothing answers to the change."""
    try:
        with db_transaction.atomic():
            done = change()
    except (DatabaseError, ObjectDoesNotExist):
        return
    assert (done[0] if isinstance(done, tuple) else done) in (0, None)


@every_model
def test_foreign_rows_cannot_be_changed(world: World, model: type[LandlordOwned]) -> None:
    theirs = world.their(model)
    before = model_values(theirs)
    rows = model._base_manager.filter(pk=theirs.pk)
    with landlord_scope(world.ours.landlord):
        refused_or_nothing(lambda: rows.update(landlord=F("landlord")))
        refused_or_nothing(lambda: rows.update(landlord=world.ours.landlord.pk))
        refused_or_nothing(lambda: rows._raw_delete(rows.db))
        refused_or_nothing(lambda: model._base_manager.bulk_update([theirs], ["landlord"]))
        with pytest.raises(DatabaseError), db_transaction.atomic():
            copy.copy(theirs).save(force_update=True)
        with pytest.raises(DatabaseError), db_transaction.atomic():
            copy.copy(theirs).save()
        with pytest.raises(model.DoesNotExist):
            copy.copy(theirs).refresh_from_db()
    assert model_values(world.their(model)) == before


def model_values(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not isinstance(field, models.BinaryField)
    }


@every_model
def test_rows_cannot_be_planted_at_another_landlord(
    world: World, model: type[LandlordOwned]
) -> None:
    ours = world.our(model)
    ours.pk, ours.landlord_id = None, world.theirs.landlord.pk
    with landlord_scope(world.ours.landlord):
        with pytest.raises(ProgrammingError, match="row-level security"), db_transaction.atomic():
            model._base_manager.bulk_create([ours])
        with pytest.raises(ProgrammingError), db_transaction.atomic():
            copy.copy(ours).save(force_insert=True)
        if kind_of(model) != "append":
            own = model._base_manager.filter(pk=world.ours.ids[model._meta.label_lower][0])
            with pytest.raises(ProgrammingError, match="row-level"), db_transaction.atomic():
                own.update(landlord=world.theirs.landlord.pk)


@every_model
def test_keys_cannot_point_at_another_landlords_rows(
    world: World, model: type[LandlordOwned]
) -> None:
    """And what they point at cannot be read through them."""
    ours, theirs = world.our(model), world.their(model)
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(target, type) or not issubclass(target, LandlordOwned):
            continue
        if getattr(theirs, field.attname) is not None:
            with landlord_scope(world.ours.landlord), pytest.raises(ObjectDoesNotExist):
                getattr(copy.copy(theirs), field.name)
        if getattr(ours, field.attname) is None or kind_of(model) == "append":
            continue
        with (
            landlord_scope(world.ours.landlord),
            pytest.raises(IntegrityError, match="foreign key"),
            db_transaction.atomic(),
        ):
            point_elsewhere(model, ours.pk, field.attname, world.their(target).pk)


def point_elsewhere(model: type[models.Model], key: int, name: str, target: int) -> None:
    assert model._base_manager.filter(pk=key).update(**{name: target}) == 1
    connection.check_constraints()


@every_model
def test_managers_of_a_foreign_row_show_nothing(world: World, model: type[LandlordOwned]) -> None:
    theirs = world.their(model)
    for relation in model._meta.related_objects:
        name = relation.get_accessor_name()
        if not name or not issubclass(relation.related_model, LandlordOwned):
            continue
        with landlord_scope(world.ours.landlord):
            if relation.one_to_one:
                assert not hasattr(copy.copy(theirs), name)
                continue
            row = copy.deepcopy(theirs)
            assert list(getattr(row, name).order_by("pk")) == []
            prefetch_related_objects([row], name)
            assert list(getattr(row, name).all()) == []


@every_model
@pytest.mark.parametrize(
    "call",
    [
        lambda manager, row: list(manager.order_by("pk")),
        lambda manager, row: manager.get(pk=row.pk),
        lambda manager, row: manager.count(),
        lambda manager, row: manager.exists(),
        lambda manager, row: manager.exclude(pk=0).exists(),
        lambda manager, row: manager.filter(pk=row.pk).first(),
        lambda manager, row: manager.in_bulk([row.pk]),
        lambda manager, row: manager.order_by("pk").explain(),
        lambda manager, row: list(manager.order_by("pk").values_list("pk").iterator()),
        lambda manager, row: manager.aggregate(models.Max("pk")),
        lambda manager, row: manager.filter(pk=row.pk).update(landlord=F("landlord")),
        lambda manager, row: manager.filter(pk=row.pk).delete(),
    ],
    ids=[
        "list",
        "get",
        "count",
        "exists",
        "exclude-exists",
        "first",
        "in_bulk",
        "explain",
        "iterator",
        "aggregate",
        "update",
        "delete",
    ],
)
def test_with_no_landlord_every_call_of_the_manager_is_refused(
    world: World, model: type[LandlordOwned], call: Callable[[Any, Any], Any]
) -> None:
    row = world.their(model)
    with no_scope(), pytest.raises(NoLandlord), db_transaction.atomic():
        call(model._default_manager, row)


@every_model
def test_with_no_landlord_nothing_is_written(world: World, model: type[LandlordOwned]) -> None:
    row = world.their(model)
    with no_scope():
        with pytest.raises(NoLandlord):
            model()
        with pytest.raises(DatabaseError), db_transaction.atomic():
            row.save(force_update=True)
        with pytest.raises(DatabaseError), db_transaction.atomic():
            model._base_manager.bulk_create([row])
