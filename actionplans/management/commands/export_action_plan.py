from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from actionplans.plans.queries import documents, plans
from involvement.auditing.refusals import Refusal
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord


class Command(LandlordCommand):
    help = "Write an action plan in the landlord's own columns, as CSV, XLSX or PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--plan", required=True, metavar="TITLE")
        parser.add_argument("--format", choices=sorted(documents.WRITERS), default="csv")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        plan = plans.plan_by_title(options["plan"])
        if plan is None:
            known = ", ".join(f"“{p.title}”" for p in plans.all_plans()) or "none yet"
            raise CommandError(f"There is no plan “{options['plan']}”. Known: {known}.")
        out: Path = options["out"]
        try:
            content = documents.write(plan, options["format"], landlord=landlord)
            out.write_bytes(content)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as failure:
            raise CommandError(f"“{out}” cannot be written: {failure.strerror}.") from failure
        self.stdout.write(f"“{plan.title}” is in {out}.")
