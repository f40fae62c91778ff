from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from actionplans.plans.operations import bringing_in
from actionplans.plans.queries import columns
from actionplans.plans.queries.drafts import PlanDraft
from involvement.auditing.actors import importer
from involvement.auditing.refusals import Refusal
from involvement.importing.readers import read_table
from involvement.importing.tables import Table
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord


class Command(LandlordCommand):
    help = "Bring a landlord's action plan in from a CSV or XLSX file, under its own headings."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        fields = ", ".join(field.key for field in columns.FIELDS)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--title", help="what the plan is called; the file's name without it")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADING=FIELD",
            help=f"which field a heading feeds, where it is not known: {fields}; "
            "“-” keeps it as extra text",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        path: Path = options["file"]
        title = options["title"] or path.stem
        at = timezone.now()
        try:
            table = _read(path)
            chosen = columns.read_choices(options["map"], table.headings)
            draft = bringing_in.read_plan(table, landlord=landlord, at=at, saved=chosen)
            answer = _answer(draft, title, dry_run=options["dry_run"]) | {
                "notes": list(table.notes)
            }
            if not options["dry_run"] and not answer["problems"]:
                done = bringing_in.bring_in_plan(
                    table=table,
                    draft=draft,
                    title=title,
                    file_name=path.name,
                    by=importer("import_action_plan"),
                    at=at,
                )
                answer |= {"changed": done.changed, "message": done.sentence}
                answer["lines_created"] = len(draft.lines) if done.changed else 0
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print(answer, as_json=options["json"])
        if answer["problems"]:
            raise CommandError("Nothing was brought in. Put the problems right and try again.")

    def _print(self, answer: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        self.stdout.write(answer["message"])
        for problem in answer["problems"]:
            self.stdout.write(f"  Row {problem['row']}: {problem['words']}")
        for flagged in answer["deadlines"]["flagged"]:
            words = flagged["words"].replace("\n", " / ")
            self.stdout.write(f"  Row {flagged['row']}, deadline “{words}”: {flagged['problem']}")


def _read(path: Path) -> Table:
    try:
        with path.open("rb") as file:
            return read_table(file, name=path.name)
    except FileNotFoundError as missing:
        raise CommandError(f"There is no file “{path}”.") from missing
    except IsADirectoryError as folder:
        raise CommandError(f"“{path}” is a folder. Name the file.") from folder


def _answer(draft: PlanDraft, title: str, *, dry_run: bool) -> dict[str, Any]:
    return {
        "title": title,
        "rows_read": draft.rows_read,
        "lines": len(draft.lines),
        "lines_created": 0,
        "changed": False,
        "dry_run": dry_run,
        "message": "Nothing was written: this was a dry run."
        if dry_run
        else "Nothing was brought in.",
        "problems": [bringing_in.problem_as_json(problem) for problem in draft.problems],
        "deadlines": {
            "understood": draft.understood,
            "flagged": [
                {"row": f.row, "words": f.words, "problem": f.problem} for f in draft.flagged
            ],
        },
        "columns": [{"heading": c.heading, "fields": list(c.fields)} for c in draft.columns],
        "extra_columns": [c.heading for c in draft.columns if not c.fields],
    }
