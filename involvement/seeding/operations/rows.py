"""Makes a valid row of any model, with what it needs, by reading the model alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q

from involvement.accounts.models import User
from involvement.isolation.models import LandlordOwned
from involvement.isolation.rules import kind_of
from involvement.seeding.operations.values import Values

MOST_TRIES = 600


class CannotMake(Exception):
    """No valid row could be found by trying; the capability registers a seeder of its own."""


class RowMaker:
    """Makes rows of the landlord in scope, one of each model unless asked for more.

    `user` is whose log-in rows point at. Values come from `rng`, and which of them and how many rows
    from `shape`: makers with equal shapes make equally many rows. With `first_id` rows are numbered from there, all models
    together, so that no key of one landlord is a key of another's.
    """

    def __init__(
        self,
        *,
        canary: str,
        rng: Random,
        shape: Random,
        at: dt.datetime,
        user: User,
        first_id: int | None = None,
    ) -> None:
        self.values = Values(canary=canary, rng=rng, at=at)
        self.shape = shape
        self.user = user
        self.next_id = first_id
        self.made: dict[type[models.Model], models.Model] = {}
        self.seconds: dict[type[models.Model], models.Model | None] = {}
        self._under_way: list[type[models.Model]] = []

    def row_of(self, model: type[models.Model]) -> models.Model:
        """The row made before, one that is there already, or a new one."""
        if model not in self.made:
            there = model._default_manager.order_by("pk").first()
            self.made[model] = there or self.make(model)
        return self.made[model]

    def make(self, model: type[models.Model], **given: Any) -> models.Model:
        """A new row of this model, valid and saved. Raises CannotMake."""
        self._under_way.append(model)
        try:
            row = model(**{**self._start(model), **given})
            self._put_right(row, kept=set(given))
            if self.next_id is not None:
                row.pk = self.next_id
                self.next_id += 1
            with transaction.atomic():
                row.save(force_insert=True)
                # What is checked only at the end is asked for now, where the model is known.
                connection.check_constraints()
        except (IntegrityError, TypeError) as error:
            raise CannotMake(f"{model._meta.label}: {error}") from error
        finally:
            self._under_way.pop()
        return row

    def _start(self, model: type[models.Model]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in fields_of(model):
            if field.is_relation:
                values[field.name] = self._parent(field)
            else:
                values[field.name] = self.values.first(field)
        for name in counted(model):
            values[name] = 2 if model in self.made else 1
        return values

    def _parent(self, field: Any) -> models.Model | None:
        """The row a key points at; nothing where it may be nothing and would go in a circle."""
        target = field.related_model
        if target is User:
            return self.user
        if target in self._under_way:
            if field.null:
                return None
            raise CannotMake(f"{field} needs a row of what is being made.")
        return self.row_of(target)

    def _put_right(self, row: models.Model, *, kept: set[str]) -> None:
        """Change fields that broken constraints speak of until none is broken."""
        by_name = {field.name: field for field in fields_of(type(row)) if field.name not in kept}
        broken = broken_constraints(row)
        for _ in range(MOST_TRIES):
            if not broken:
                return
            constraint = self.shape.choice(broken)
            spoken_of = sorted(set(names_in(constraint.condition)) & by_name.keys())
            if not spoken_of:
                break
            changed = self.shape.sample(
                spoken_of, k=min(len(spoken_of), self.shape.choice([1, 1, 2, 3]))
            )
            before = {name: getattr(row, name) for name in changed}
            for name in changed:
                setattr(row, name, self.shape.choice(self._candidates(by_name[name])))
            after = broken_constraints(row)
            if len(after) <= len(broken):
                broken = after
            else:
                for name, value in before.items():
                    setattr(row, name, value)
        names = ", ".join(constraint.name for constraint in broken)
        raise CannotMake(f"{row._meta.label}: {names}")

    def _candidates(self, field: Any) -> list[Any]:
        if not field.is_relation:
            return self.values.others(field)
        found = [self._parent(field), self._second(field.related_model)]
        return [row for row in found if row is not None] + ([None] if field.null else [])

    def _second(self, model: type[models.Model]) -> models.Model | None:
        """Another row, for what must not point twice at the same; None where there can be one."""
        if model is User or model in self._under_way:
            return None
        if model not in self.seconds:
            self.values.number += 1
            try:
                self.seconds[model] = self.make(model)
            except CannotMake:
                self.seconds[model] = None
        return self.seconds[model]


def fields_of(model: type[models.Model]) -> list[Any]:
    """The fields a row is filled with: not its landlord, its key or what the database works out."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name != "landlord" and not field.primary_key and not field.generated
    ]


def counted(model: type[models.Model]) -> set[str]:
    """Whole numbers of which there is one each: places in an order, versions."""
    unique = {
        name
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        for name in constraint.fields
    }
    return {
        field.name
        for field in fields_of(model)
        if field.name in unique
        and isinstance(field, models.IntegerField)
        and not field.is_relation
        and not field.choices
    }


def broken_constraints(row: models.Model) -> list[models.CheckConstraint]:
    """The check constraints that the database would refuse the row for."""
    broken = []
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            try:
                constraint.validate(type(row), row)
            except ValidationError:
                broken.append(constraint)
    return broken


def names_in(condition: Any) -> Iterator[str]:
    """The fields a condition speaks of."""
    if isinstance(condition, Q):
        for child in condition.children:
            yield from names_in(child)
    elif isinstance(condition, tuple):
        yield str(condition[0]).split("__")[0]
        yield from names_in(condition[1])
    elif isinstance(condition, F):
        yield str(vars(condition)["name"]).split("__")[0]
    elif hasattr(condition, "get_source_expressions"):
        for inner in condition.get_source_expressions():
            yield from names_in(inner)


def landlords_models() -> list[type[LandlordOwned]]:
    """Every model whose rows belong to a landlord and can be reached, by name."""
    from django.apps import apps  # noqa: PLC0415 -- once the models are there

    owned = [
        model
        for model in apps.get_models()
        if issubclass(model, LandlordOwned) and kind_of(model) != "sealed"
    ]
    return sorted(owned, key=lambda model: model._meta.label)
