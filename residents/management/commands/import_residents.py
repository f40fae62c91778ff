from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from involvement.auditing.actors import importer
from involvement.auditing.refusals import Refusal
from involvement.importing.headings import read_choices
from involvement.importing.readers import read_table
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord
from residents.feeds import operations, queries
from residents.feeds.models import Intake, Mode
from residents.feeds.operations.intakes import MOST_ROWS
from residents.feeds.policies import NothingToRead, check_something

BY = importer("import_residents")
COUNTS = ("rows_read", "created", "changed", "unchanged", "leavers", "refused")


class Command(LandlordCommand):
    """All of a file or nothing; the same file again changes nothing."""

    help = "Bring the housing system's list of people and homes (CSV or XLSX) in."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said besides the file."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--mode", choices=["full", "delta"], help="else as the source says")
        parser.add_argument("--source", default="", help="the system the file is from")
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=FIELD", help="may come often"
        )
        parser.add_argument("--allow-leavers", action="store_true", help="however many leave")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        """Read, compare and write. Raises CommandError, having changed nobody; where every row is
        refused only once they are told, and, unless it is a dry run, kept on the page of the list."""
        try:
            with transaction.atomic():
                intake = self._bring_in(**options)
                refused = [f"row {row.number:,}: {row.why}" for row in queries.refused(intake)[:50]]
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except (Refusal, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            counts = {name: getattr(intake, name) for name in COUNTS}
            said = {**counts, "problems": refused, "notes": intake.notes}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            lines = [*refused, *intake.notes]
            self.stdout.write("\n  ".join([operations.in_words(intake), *lines]))
        try:
            check_something(intake)
        except NothingToRead as nothing:
            raise CommandError(str(nothing)) from nothing

    def _bring_in(self, **options: Any) -> Intake:
        at, data, path = timezone.now(), options["file"].read_bytes(), options["file"]
        source = operations.the_source(name=options["source"], by=BY, at=at)
        intake = operations.start_intake(
            source=source,
            name=path.name,
            data=data,
            how=Intake.How.COMMAND,
            mode=Mode(options["mode"].upper()) if options["mode"] else source.mode,
            keep=False,
            by=BY,
            at=at,
        )
        if options["map"]:
            self._map(intake, options["map"], path)
        if options["dry_run"]:
            operations.stage_intake(intake=intake, data=data, by=BY, at=at)
            return intake
        return operations.bring_in_unseen(
            intake=intake, data=data, allow_leavers=options["allow_leavers"], by=BY, at=at
        )

    def _map(self, intake: Intake, said: list[str], path: Path) -> None:
        with path.open("rb") as file:
            headings = read_table(file, name=path.name, most=MOST_ROWS).headings
        choices = read_choices(said, headings=headings, fields=queries.FIELDS)
        operations.choose_fields(intake=intake, choices=choices, by=BY, at=intake.arrived_at)
