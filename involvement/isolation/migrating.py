"""Migrations as `migrate` runs them: rendering little, and telling how far they are.

Through their landlord all tables are related to each other. Django, which keeps models ready
between steps, renders a step's related models anew after it, and so rendered all of them for
every table, index and constraint.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState, ProjectState


class ThriftyState(ProjectState):
    """A state whose models are rendered anew only where a step changes what they are.

    A new model joins those that are there, as models of a running site do; an index or a
    constraint changes nothing another model knows of.
    """

    told: Callable[[], None] | None = None
    """Called after each new model."""

    def add_model(self, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        if "apps" not in self.__dict__ or key in self.models:
            super().add_model(model_state)
            return
        self.models[key] = model_state
        if self._relations is not None:  # type: ignore[attr-defined]  # private
            self.resolve_model_relations(key)
        self.apps.render_multiple([model_state])
        if self.told:
            self.told()

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        options = self.models[app_label, model_name].options
        options[option_name] = [*options[option_name], obj]
        if "apps" in self.__dict__:
            meta = self.apps.get_model(app_label, model_name)._meta
            setattr(meta, option_name, options[option_name])
            meta.__dict__.pop("total_unique_constraints", None)

    def clone(self) -> ThriftyState:
        copy = super().clone()
        copy.__class__ = ThriftyState
        return copy  # type: ignore[return-value]  # it is one since the line above


class Executor(MigrationExecutor):
    """Runs migrations on a thrifty state, and tells its callback of each table as it is made."""

    def _create_project_state(self, *args: Any, **kwargs: Any) -> ThriftyState:
        state: ProjectState = super()._create_project_state(*args, **kwargs)  # type: ignore[misc]  # private
        state.__class__ = ThriftyState
        return state  # type: ignore[return-value]  # it is one since the line above

    def _migrate_all_forwards(
        self, state: ThriftyState, plan: Any, *args: Any, **kwargs: Any
    ) -> Any:
        steps = [step for migration, _ in plan for step in migration.operations]
        total = sum(isinstance(step, CreateModel) for step in steps)
        made = itertools.count(1)
        tell: Any = self.progress_callback
        if tell:
            state.told = lambda: tell("table_made", tables=(next(made), total))
        return super()._migrate_all_forwards(state, plan, *args, **kwargs)  # type: ignore[misc]  # private
