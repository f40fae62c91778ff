"""psycopg cursors that make the transaction's settings equal the scope before each statement.

Hooked at psycopg's own cursors, so the ORM, raw cursors, COPY, server-side cursors and
`connection.connection.execute()` all pass. Settings are transaction-local: COMMIT and ROLLBACK
clear them, and a pooled connection has nothing to leak.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from involvement.isolation.scope import NOBODY, Scope, current

APPLY = "SELECT set_config('app.landlord', %s, true), set_config('role', %s, true)"
# What may change the settings behind our back: the next statement applies them again.
TRANSACTION_WORDS = re.compile(
    r"^\s*(rollback|commit|end|abort|savepoint|release|begin|start|prepare|reset|discard|set|show)\b",
    re.IGNORECASE,
)
TAMPERING = re.compile(
    r"set_config\s*\(\s*'app\.landlord|\bset\s+(local\s+|session\s+)?\"?app\.landlord",
    re.IGNORECASE,
)
UNKNOWN = object()


class ScopeTampered(Exception):
    """SQL may not set the landlord; use `with landlord_scope(landlord):`."""


def apply_scope(connection: Any) -> None:
    """Make the open transaction equal the scope. `connection` is psycopg's."""
    status = connection.pgconn.transaction_status
    if status == TransactionStatus.INERROR:  # only ROLLBACK is possible, and that reverts them
        return
    wanted: Scope | None = None if current() == NOBODY else current()
    applied = getattr(connection, "applied_scope", None)
    if status == TransactionStatus.IDLE:  # local settings died with the last transaction
        connection.applied_scope = applied = None
        if wanted is None:
            return
    if applied == wanted and status == TransactionStatus.INTRANS:
        return
    cursor = connection.cursor()
    cursor.applies_scope = False
    scope = wanted or NOBODY
    cursor.execute(APPLY, (str(scope.landlord or ""), scope.role))
    connection.applied_scope = wanted


class ScopedCursor:
    applies_scope = True

    def _guarded(self, run: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        connection = self.connection  # type: ignore[attr-defined]  # a mixin on psycopg's cursors
        if not self.applies_scope:
            return run(query, *args, **kwargs)
        text = query if isinstance(query, str) else None
        if text and TAMPERING.search(text):
            raise ScopeTampered(ScopeTampered.__doc__)
        if connection.pgconn.transaction_status == TransactionStatus.IDLE:
            connection.applied_scope = None
            if connection.autocommit:
                if current() == NOBODY or (text and TRANSACTION_WORDS.match(text)):
                    return run(query, *args, **kwargs)
                with connection.transaction():
                    apply_scope(connection)
                    return run(query, *args, **kwargs)
        apply_scope(connection)
        try:
            return run(query, *args, **kwargs)
        finally:
            if text is None or TRANSACTION_WORDS.match(text) or ";" in text:
                connection.applied_scope = UNKNOWN

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self._guarded(super().execute, query, *args, **kwargs)  # type: ignore[misc]  # mixin

    def executemany(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self._guarded(super().executemany, query, *args, **kwargs)  # type: ignore[misc]  # mixin

    def stream(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        apply_scope(self.connection)  # type: ignore[attr-defined]  # mixin
        return super().stream(query, *args, **kwargs)  # type: ignore[misc]  # mixin

    def copy(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        apply_scope(self.connection)  # type: ignore[attr-defined]  # mixin
        return super().copy(query, *args, **kwargs)  # type: ignore[misc]  # mixin


class Cursor(ScopedCursor, base.Cursor):
    pass


class ServerBindingCursor(ScopedCursor, base.ServerBindingCursor):
    pass


class ServerSideCursor(ScopedCursor, base.ServerSideCursor):
    pass
