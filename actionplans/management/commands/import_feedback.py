from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from actionplans.feedback import operations
from actionplans.feedback.operations.import_rows import FIELDS
from actionplans.feedback.operations.importing import read_table_of_feedback
from involvement.auditing.actors import importer
from involvement.auditing.refusals import Refusal
from involvement.importing.headings import read_choices
from involvement.importing.readers import read_table
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord


class Command(LandlordCommand):
    """The same file again adds nothing; a file with problems adds nothing either."""

    help = "Bring a CSV or XLSX list of what was said into the log."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said besides the file."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--said-on", default="", help="for rows without a day: 2026-06-11")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=FIELD", help="may come often"
        )

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        """Read, report and, where nothing is wrong, write. Raises CommandError."""
        at = timezone.now()
        try:
            with options["file"].open("rb") as file, transaction.atomic():
                table = read_table(io.BytesIO(file.read()), name=options["file"].name)
                choices = read_choices(options["map"], headings=table.headings, fields=FIELDS)
                reading = read_table_of_feedback(
                    table,
                    choices={heading: list(keys) for heading, keys in choices.items()} or None,
                    options={"said_on": options["said_on"]},
                    today=timezone.localdate(at),
                )
                if reading.preview.confirmable and not options["dry_run"]:
                    by = importer("The command line")
                    operations.write_rows(reading=reading, by=by, at=at)
        except (Refusal, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._report(reading.preview, as_json=options["json"])
        if not reading.preview.confirmable:
            raise CommandError("Nothing was written. Put the problems right and try again.")

    def _report(self, preview: Any, *, as_json: bool) -> None:
        if as_json:
            counts = {
                name: getattr(preview, name)
                for name in ("rows_read", "created", "unchanged", "skipped")
            }
            problems = [str(problem) for problem in preview.problems]
            self.stdout.write(json.dumps({**counts, "problems": problems}, ensure_ascii=False))
            return
        self.stdout.write(preview.sentence)
        for problem in preview.problems:
            self.stdout.write(f"  {problem}")
