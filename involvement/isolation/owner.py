"""Signing in as the owner of the tables, for `migrate` and the tests' set-up alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@contextmanager
def as_owner(connection: Any) -> Iterator[None]:
    """Give the connection the owner's credentials inside the block; both ends reconnect.

    Raises ImproperlyConfigured where DATABASE_OWNER_URL is not set.
    """
    if not settings.DATABASE_OWNER:
        raise ImproperlyConfigured(
            "DATABASE_OWNER_URL is not set. Migrations need the role that owns the tables."
        )
    kept = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "OPTIONS")}
    options = {key: value for key, value in kept["OPTIONS"].items() if key != "pool"}
    options["options"] = "-c app.migrating=on -c lock_timeout=10000"
    connection.close()
    connection.settings_dict.update(
        USER=settings.DATABASE_OWNER["USER"],
        PASSWORD=settings.DATABASE_OWNER["PASSWORD"],
        OPTIONS=options,
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)
