from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from involvement.demo.loading import load_demo


class Command(BaseCommand):
    help = "Load the demonstration's landlords, people and records. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help="every home instead of one in ten")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "Invented landlords do not belong into production. Set DEMO_MODE=on to show them."
            )
        if not load_demo(full=options["full"], say=self.stdout.write):
            self.stdout.write("The demonstration is there already. Nothing was changed.")
