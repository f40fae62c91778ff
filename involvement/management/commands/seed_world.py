from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.auditing.refusals import Refusal
from involvement.seeding.operations import CannotMake, seed_world


class Command(BaseCommand):
    help = "Found two invented landlords of the same shape, for tests that come from outside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, required=True, help="the same seed, the same words")
        parser.add_argument("--json", action="store_true", help="everything a test needs to know")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "seed_world makes log-ins whose passwords can be guessed. It runs in a demo or in "
                "tests only; set DEMO_MODE=on where residents' data are not."
            )
        try:
            world = seed_world(seed=options["seed"], by=job("seed_world"), at=timezone.now())
        except Refusal as refusal:
            raise CommandError(
                f"The world of seed {options['seed']} is here already. Its tokens are kept as hashes, "
                "so they cannot be said again: keep what the first run printed, or take another seed."
            ) from refusal
        except CannotMake as error:
            raise CommandError(f"No row could be made. {error}") from error
        found = [landlord.as_dict() for landlord in world]
        if options["json"]:
            self.stdout.write(json.dumps({"seed": options["seed"], "landlords": found}, indent=2))
            return
        for landlord in found:
            rows = sum(map(len, landlord["ids"].values()))
            self.stdout.write(
                f"{landlord['name']}: {landlord['path']}, canary {landlord['canary']}, {rows} rows."
            )
