"""Fences every landlord's table inside the migration that makes it, so nobody can forget to."""

from __future__ import annotations

from typing import Any

from django.db.backends.ddl_references import Columns, Statement
from django.db.backends.postgresql import schema
from django.db.models import Field, Model

from involvement.isolation.rules import is_owned, kind_of, protection_sql


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    # An inline key cannot be composite; the deferred one below is.
    sql_create_column_inline_fk = None  # type: ignore[assignment]  # typed as a template

    def create_model(self, model: type[Model]) -> None:
        super().create_model(model)
        table = self.quote_name(model._meta.db_table)
        if is_owned(model):
            key = self.quote_name(f"{model._meta.db_table}_pkey")
            pk = self.quote_name(str(model._meta.pk.column))
            self.execute(
                f"ALTER TABLE {table} DROP CONSTRAINT {key}, ADD PRIMARY KEY (landlord_id, {pk})"
            )
        for statement in protection_sql(table, kind_of(model)):
            self.execute(statement)

    def _create_fk_sql(self, model: type[Model], field: Any, suffix: str) -> Statement:
        statement: Statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]  # private
        target = field.target_field.model
        if is_owned(model) and is_owned(target):
            statement.parts["column"] = Columns(
                model._meta.db_table, ["landlord_id", field.column], self.quote_name
            )
            statement.parts["to_column"] = Columns(
                target._meta.db_table, ["landlord_id", field.target_field.column], self.quote_name
            )
        return statement

    def _field_indexes_sql(self, model: type[Model], field: Field[Any, Any]) -> list[Any]:
        if is_owned(model) and field.remote_field and self._field_should_be_indexed(model, field):  # type: ignore[attr-defined]  # private
            landlord = model._meta.get_field("landlord")
            return [self._create_index_sql(model, fields=[landlord, field])]  # type: ignore[attr-defined]  # private
        return list(super()._field_indexes_sql(model, field))  # type: ignore[misc]  # private

    def _constraint_names(
        self, model: type[Model], column_names: list[str] | None = None, **kwargs: Any
    ) -> list[str]:
        """Find composite keys, too, when a field is altered or removed."""
        names: list[str] = super()._constraint_names(model, column_names, **kwargs)  # type: ignore[misc]  # private
        wanted = kwargs.get("foreign_key") or kwargs.get("index")
        if column_names and len(column_names) == 1 and is_owned(model) and wanted:
            names += super()._constraint_names(  # type: ignore[misc]  # private
                model, ["landlord_id", *column_names], **kwargs
            )
        return names
