"""`manage.py list_reports`: the kinds of report there are."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reporting.catalogue.queries import Format, kinds


class Command(BaseCommand):
    help = "List the kinds of report: what each says, for whom, how often, in which formats."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [
            {
                "kind": kind.slug,
                "title": kind.title,
                "audience": kind.audience.lower(),
                "every": str(kind.every.label),
                "counts_for_days_after": kind.cutoff_days,
                "formats": [str(form) for form in Format],
                "what": kind.what,
            }
            for kind in kinds()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['kind']}: {row['title']} (for {row['audience']})")
            self.stdout.write(f"  {row['what']}")
            self.stdout.write(
                f"  {row['every']}, counting what is recorded up to "
                f"{row['counts_for_days_after']} days after. Formats: {', '.join(Format)}."
            )
