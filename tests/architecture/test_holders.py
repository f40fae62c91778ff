"""Nothing about a person is kept that nobody could show them, forget or move to a merged row."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from residents.people.models import Person
from residents.privacy.ports import holders
from tests.architecture.source import settle

# Models with a key to a person that no holder answers for → why.
NO_HOLDER = {
    "residents.Person": "the person's own row, which `residents.privacy` shows, erases and merges",
}


def keys_to_person() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.remote_field and field.remote_field.model is Person:
                yield model._meta.label


def test_every_model_with_a_key_to_a_person_has_a_holder() -> None:
    named = {label for holder in holders() for label in holder.models}
    without = {label: "is named by no holder" for label in keys_to_person() if label not in named}
    allowed = {label: why for label, why in NO_HOLDER.items() if label in {*keys_to_person()}}
    settle(without, allowed)


def test_every_holder_names_models_there_are_and_each_model_one_holder() -> None:
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    named = [label for holder in holders() for label in holder.models]
    assert set(named) <= there
    assert len(named) == len(set(named)), sorted({one for one in named if named.count(one) > 1})
