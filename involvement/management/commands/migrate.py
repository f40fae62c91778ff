from __future__ import annotations

from typing import Any, Final

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from involvement.isolation.migrating import Executor
from involvement.isolation.owner import as_owner

TOLD_EVERY: Final = 20

# Django's command takes the executor from its module, and has no setting for another
migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # the stubs leave it out


class Command(migrate.Command):
    """`migrate`, signed in as the owner of the tables, which the web role is not."""

    in_words = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--in-words", action="store_true", help="say how many tables are made, and little else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.in_words = options.pop("in_words", False)
        if self.in_words:
            options["verbosity"] = 0
        connection = connections[options["database"]]
        with as_owner(connection):
            super().handle(*args, **options)

    def migration_progress_callback(self, action: str, *args: Any, **kwargs: Any) -> None:
        """Django's own words on migrations; for people who wait, one line for twenty tables."""
        if action != "table_made":
            super().migration_progress_callback(action, *args, **kwargs)
            return
        made, total = kwargs["tables"]
        if self.in_words and (made % TOLD_EVERY == 0 or made == total):
            self.stdout.write(f"Making the tables: {made} of {total}")
            self.stdout.flush()
