"""Nothing about a person is kept that nobody could show them, forget or move to a merged row."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from residents.people.models import Person
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import Holder, holders
from tests.architecture.source import settle

# Models with a key to a person that no holder answers for → why.
NO_HOLDER = {
    "residents.Person": "the person's own row, which `residents.privacy` shows, erases and merges",
}


def keys_to_person() -> Iterator[tuple[str, str]]:
    """(model, field) of every key to a person there is."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.remote_field and field.remote_field.model is Person:
                yield model._meta.label, field.name


def kept_by_key(holder: Holder) -> tuple[str, str] | None:
    """The one key of a plain holder; None for a holder that answers for whole models."""
    return (holder.model, holder.field) if isinstance(holder, KeyHolder) else None


def test_every_key_to_a_person_has_a_holder() -> None:
    whole = {label for one in holders() if kept_by_key(one) is None for label in one.models}
    single = {kept_by_key(one) for one in holders()}
    without = {
        label: f"has the key {field}, which no holder answers for"
        for label, field in keys_to_person()
        if label not in whole and (label, field) not in single
    }
    there = {label for label, _ in keys_to_person()}
    settle(without, {label: why for label, why in NO_HOLDER.items() if label in there})


def test_every_holder_names_models_there_are_and_no_key_has_two() -> None:
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert {label for holder in holders() for label in holder.models} <= there
    keys = [key for holder in holders() if (key := kept_by_key(holder)) and key[1]]
    assert len(keys) == len(set(keys)), sorted({one for one in keys if keys.count(one) > 1})
