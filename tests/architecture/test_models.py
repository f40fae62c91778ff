"""What every model is held to. The schema itself is proved by `verify_isolation`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F

from involvement.isolation.models import LandlordOwned
from tests.architecture.source import FLOORS, settle

# Models whose rows belong to no one landlord → why.
SHARED = {
    "involvement.Landlord": "is the landlord",
    "involvement.Domain": "finds the landlord before one is in scope",
    "involvement.User": "one log-in may have several landlords",
}
# Fields whose name says something else than their kind → why.
NAMED_OTHERWISE = {
    "involvement.User.date_joined": "the name that allauth reads",
    "involvement.User.last_login": "Django's own",
    "involvement.AuditEntry.at": "the moment is what an entry is about",
    "involvement.ViewLogEntry.at": "likewise: the moment somebody looked",
    "actionplans.ThemeEntry.at": "likewise: when something was put into a theme",
    "actionplans.Theme.decision_due": "what is due is always a day, and is due by it",
}
# Constraints whose words are too few → why.
SHORT_NAMES: dict[str, str] = {}


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in FLOORS:
            yield model


def owned() -> Iterator[type[models.Model]]:
    return (model for model in ours() if issubclass(model, LandlordOwned))


def test_every_row_belongs_to_a_landlord() -> None:
    settle((model._meta.label for model in ours() if not issubclass(model, LandlordOwned)), SHARED)


def test_the_landlord_is_never_missing() -> None:
    for model in owned():
        landlord: Any = model._meta.get_field("landlord")
        assert not landlord.null, model._meta.label
        assert landlord.remote_field.on_delete is models.PROTECT, model._meta.label


def first_of(fields: Sequence[str], expressions: Sequence[Any]) -> str:
    """The column that comes first in a constraint or an index."""
    if fields:
        return fields[0].lstrip("-")
    first: Any = expressions[0] if expressions else None
    first = first[0] if isinstance(first, tuple | list) else first
    while first is not None and not isinstance(first, F):
        inner: list[Any] = getattr(first, "get_source_expressions", list)()
        first = inner[0] if inner else None
    return str(getattr(first, "name", first)) if first is not None else ""


def test_uniqueness_and_indexes_begin_with_the_landlord() -> None:
    found = {}
    for model in owned():
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                first = first_of(constraint.fields, constraint.expressions)
            elif isinstance(constraint, ExclusionConstraint):
                first = first_of((), constraint.expressions)
            else:
                continue
            if first != "landlord":
                found[f"{model._meta.label}: {constraint.name}"] = "does not begin with landlord"
        for index in model._meta.indexes:
            if first_of(index.fields, index.expressions) != "landlord":
                found[f"{model._meta.label}: {index.name}"] = "does not begin with landlord"
    settle(found, {})


def test_no_field_is_unique_across_landlords_and_no_order_is_hidden() -> None:
    found = {}
    for model in owned():
        if model._meta.ordering:
            found[model._meta.label] = "has Meta.ordering"
        if model._meta.unique_together:
            found[model._meta.label] = "has unique_together"
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                found[f"{model._meta.label}.{field.name}"] = "is unique across landlords"
    settle(found, {})


def test_no_key_is_generic_and_no_table_of_pairs_is_hidden() -> None:
    found = {}
    for model in ours():
        for relation in model._meta.local_many_to_many:
            if relation.remote_field.through._meta.auto_created:  # type: ignore[union-attr]  # set once apps are ready
                found[f"{model._meta.label}.{relation.name}"] = "names no through model"
        for field in model._meta.private_fields:
            found[f"{model._meta.label}.{field.name}"] = "is a generic key"
    settle(found, {})


def test_every_key_says_what_it_is_called_from_the_other_side() -> None:
    settle(
        (
            f"{model._meta.label}.{field.name}"
            for model in ours()
            for field in model._meta.local_fields
            if field.remote_field and not field.remote_field.related_name
        ),
        {},
    )


def test_moments_and_days_are_told_by_their_names() -> None:
    found = {}
    for model in ours():
        for field in model._meta.local_fields:
            is_moment = isinstance(field, models.DateTimeField)
            is_day = isinstance(field, models.DateField) and not is_moment
            says_moment = field.name.endswith("_at")
            says_day = field.name.endswith(("_on", "_date"))
            place = f"{model._meta.label}.{field.name}"
            if is_moment != says_moment:
                found[place] = "a moment ends _at, and nothing else does"
            elif is_day != says_day:
                found[place] = "a day ends _on or _date, and nothing else does"
    settle(found, NAMED_OTHERWISE)


def test_money_is_whole_pence() -> None:
    settle(
        (
            f"{model._meta.label}.{field.name}"
            for model in ours()
            for field in model._meta.local_fields
            if "pence" in field.name and not isinstance(field, models.IntegerField)
        ),
        {},
    )


def test_constraints_read_as_sentences() -> None:
    settle(
        {
            f"{model._meta.label}: {constraint.name}": "say it in three words or more"
            for model in ours()
            for constraint in model._meta.constraints
            if len(constraint.name.split("_")) < 3
        },
        SHORT_NAMES,
    )


def test_choices_are_upper_case_in_the_database() -> None:
    found = {
        f"{model._meta.label}.{field.name}": str(value)
        for model in ours()
        for field in model._meta.local_fields
        for value, _label in field.flatchoices
        if isinstance(value, str) and value != value.upper()
    }
    settle(found, {})
