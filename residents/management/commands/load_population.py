from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.calendars.words import say_date
from involvement.isolation.commands import LandlordCommand
from involvement.isolation.owner import as_owner
from involvement.landlords.models import Landlord
from residents.demo.operations import settle
from residents.representation.looking import taking
from residents.representation.queries import cuts
from residents.segments.operations import count_all_anew

TABLES = "residents_home, residents_person, residents_residency, residents_tenancy"


class Command(LandlordCommand):
    """Refuses in production and for a landlord that is real."""

    help = "Invent homes and whoever lives in them, the same ones for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many homes, from which seed."""
        super().add_arguments(parser)
        parser.add_argument("--homes", type=int, required=True, help="how many there shall be")
        parser.add_argument(
            "--seed", default="", help="a word or number; else the landlord's address"
        )

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        """Invent what is missing and say how much that was. Raises CommandError."""
        if settings.PRODUCTION:
            raise CommandError(
                "load_population invents people. It runs in a demo or in tests only; set "
                "DEMO_MODE=on where residents' data are not."
            )
        if options["homes"] < 1:
            raise CommandError("Say how many homes there shall be: --homes 350.")
        started = time.monotonic()
        made = settle(
            landlord=landlord,
            homes=options["homes"],
            seed=options["seed"] or landlord.slug,
            by=job("load_population"),
            at=timezone.now(),
        )
        if made.homes:
            count_all_anew(by=job("load_population"), at=timezone.now())
        seconds = time.monotonic() - started
        if not made.homes:
            self.stdout.write(f"{landlord.name} has as many invented homes already.")
            return
        self.stdout.write(f"{landlord.name}: {made} ({seconds:.1f} s)")
        figures = taking(cuts(), today=timezone.localdate())
        if figures.stands:
            self.stdout.write(
                "The figures of who takes part stand for this quarter. Whoever is new is in the "
                f"next, taken on {say_date(figures.next_on)}."
            )
        if settings.DATABASE_OWNER and not connection.in_atomic_block:
            # So that the planner knows at once what the server finds out by itself a minute later
            with as_owner(connection), connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {TABLES}")
