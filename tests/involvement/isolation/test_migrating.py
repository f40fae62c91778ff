"""Migrations render little, and come to what Django's own way comes to."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState

from involvement.isolation.migrating import ThriftyState
from involvement.management.commands.migrate import Command

PACKAGES = {"involvement", "residents", "structures", "actionplans", "reporting"}


def facts(apps: Apps) -> dict[str, Any]:
    """What each model is, and what it knows of the others."""
    return {
        model._meta.label: (
            sorted(field.name for field in model._meta.get_fields(include_hidden=True)),
            [index.name for index in model._meta.indexes],
            [constraint.name for constraint in model._meta.constraints],
        )
        for model in apps.get_models(include_auto_created=True)
    }


def keys(apps: Apps) -> Iterable[models.Field[Any, Any]]:
    """The keys of our own models: those of others Django itself renders again at the end."""
    ours = (model for model in apps.get_models() if model._meta.app_label in PACKAGES)
    for model in ours:
        yield from (field for field in model._meta.local_fields if field.is_relation)


def test_all_migrations_come_to_the_models_django_would_render() -> None:
    loader = MigrationLoader(None)
    state = ThriftyState(real_apps=loader.unmigrated_apps)
    assert state.apps.get_models() is not None, "rendered from the first step on"
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        for step in migration.operations:
            step.state_forwards(migration.app_label, state)
    assert facts(state.apps) == facts(loader.project_state().apps)
    stray = [
        str(key)
        for key in keys(state.apps)
        if (to := key.related_model) and to is not state.apps.get_model(to._meta.label)
    ]
    assert stray == [], "keys that lead to a model rendered anew since"


def state_of(name: str, **fields: models.Field[Any, Any]) -> ModelState:
    return ModelState(
        "residents", name, [("id", models.BigAutoField(primary_key=True)), *fields.items()]
    )


def test_a_new_model_an_index_and_a_constraint_render_no_other_model_anew() -> None:
    heard = []
    state = ThriftyState()
    state.add_model(state_of("Home"))
    home = state.apps.get_model("residents.Home")
    state.told = lambda: heard.append("a model")
    key = models.ForeignKey("residents.Home", models.PROTECT, related_name="people")
    state.add_model(state_of("Person", home=key))
    assert state.apps.get_model("residents.Home") is home
    assert [field.name for field in home._meta.related_objects] == ["people"]
    person = state.apps.get_model("residents.Person")
    state.add_index("residents", "person", models.Index(fields=["home"], name="by_home"))
    whole = models.CheckConstraint(condition=models.Q(id__gt=0), name="id_is_positive")
    state.add_constraint("residents", "person", whole)
    assert state.apps.get_model("residents.Person") is person
    assert person._meta.indexes[0].name == "by_home"
    assert person._meta.constraints == [whole]
    assert heard == ["a model"]


@pytest.mark.parametrize(
    ("in_words", "made", "said"),
    [
        (True, 20, "Making the tables: 20 of 141\n"),
        (True, 141, "Making the tables: 141 of 141\n"),
        (True, 21, ""),
        (False, 20, ""),
    ],
)
def test_whoever_waits_is_told_how_many_tables_are_made(
    in_words: bool, made: int, said: str
) -> None:
    out = io.StringIO()
    command = Command(stdout=out)
    command.verbosity, command.in_words = 0, in_words
    command.migration_progress_callback("table_made", tables=(made, 141))
    assert out.getvalue() == said
