"""The database engine: `ENGINE = "involvement.isolation.backend"`."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base, features
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import Format, TransactionStatus

from involvement.isolation.backend import cursors
from involvement.isolation.backend.schema import DatabaseSchemaEditor
from involvement.isolation.rules import is_owned


class DatabaseFeatures(features.DatabaseFeatures):
    def allows_group_by_selected_pks_on_model(self, model: Any) -> bool:
        """PostgreSQL knows the key as (landlord_id, id), so `GROUP BY id` alone is not enough."""
        return not is_owned(model) and bool(super().allows_group_by_selected_pks_on_model(model))


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        binding = params["cursor_factory"] is base.ServerBindingCursor
        params["cursor_factory"] = cursors.ServerBindingCursor if binding else cursors.Cursor
        return params

    def create_cursor(self, name: str | None = None) -> Any:
        if name is None:
            return super().create_cursor(name)
        cursor = cursors.ServerSideCursor(
            self.connection,
            name=name,  # type: ignore[call-arg]  # stubs know psycopg 2's cursor here
            scrollable=False,
            withhold=self.connection.autocommit,
        )
        loader = self.connection.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
        if self.timezone != loader.timezone:
            register_tzloader(self.timezone, cursor)
        return cursor

    def connect(self) -> None:
        super().connect()
        if self.pool:
            self.clean_scope()

    def close_if_unusable_or_obsolete(self) -> None:
        """Called at both ends of a request and of a task."""
        super().close_if_unusable_or_obsolete()
        if not self.in_atomic_block:
            self.clean_scope()

    def clean_scope(self) -> None:
        """Undo a stray session-level SET, which a pool would otherwise hand to the next request."""
        if self.connection is None or self.connection.closed or not self.get_autocommit():
            return
        cursor = self.connection.cursor()
        cursor.applies_scope = False
        cursor.execute(
            "SELECT set_config('app.landlord', '', false), set_config('role', 'none', false)"
        )
        self.connection.applied_scope = None

    def sync_scope(self) -> None:
        if self.connection is None or self.connection.closed:
            return
        status = self.connection.pgconn.transaction_status
        if self.in_atomic_block and status == TransactionStatus.INTRANS and not self.needs_rollback:
            cursors.apply_scope(self.connection)

    def bound_landlord(self) -> int | None:
        """The landlord the open transaction has served, if any."""
        scope = getattr(self.connection, "applied_scope", None)
        return getattr(scope, "landlord", None)
