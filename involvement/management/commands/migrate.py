from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from involvement.isolation.owner import as_owner


class Command(migrate.Command):
    """`migrate`, signed in as the owner of the tables, which the web role is not."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with as_owner(connection):
            super().handle(*args, **options)
