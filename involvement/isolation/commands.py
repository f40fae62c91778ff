"""Commands that serve one landlord, or nobody."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from involvement.isolation.scope import landlord_scope
from involvement.landlords import queries
from involvement.landlords.models import Landlord


class LandlordCommand(BaseCommand):
    """Brings `--landlord SLUG` and runs `handle_landlord` inside its scope.

    Raises CommandError naming the landlords there are, where the slug is not one of them.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--landlord", required=True, metavar="SLUG", help="whose data to use")

    def handle(self, *args: Any, **options: Any) -> str | None:
        slug = options.pop("landlord")
        landlord = queries.landlord_by_slug(slug)
        if landlord is None:
            known = ", ".join(queries.all_landlords().values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no landlord “{slug}”. Known: {known}.")
        with landlord_scope(landlord):
            return self.handle_landlord(landlord, **options)

    def handle_landlord(self, landlord: Landlord, **options: Any) -> str | None:
        raise NotImplementedError
