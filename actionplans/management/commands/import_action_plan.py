from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from actionplans.plans.models import Plan, PlanFile
from actionplans.plans.operations import bringing_in, updating
from actionplans.plans.queries import columns, comparing, plans
from actionplans.plans.queries.drafts import PlanDraft
from actionplans.plans.queries.kept import KIND, kept_choices
from involvement.auditing.actors import importer
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import say_date
from involvement.importing.operations import save_mapping
from involvement.importing.readers import read_table
from involvement.importing.tables import Table
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord

_DRY: Final = "Nothing was written: this was a dry run."
_TITLE_IT: Final = "To have a plan of its own made of it, give that plan a title with --title."


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
            help=f"which field a heading feeds, where it is not known: {fields}, or "
            "owner+deadline where one cell holds both; “-” keeps it as extra text; remembered for "
            "the next file with the same headings, here and on the page",
        )
        parser.add_argument("--sheet", default="", help="which sheet of a workbook; else the first")
        parser.add_argument(
            "--update",
            action="store_true",
            help="where a plan of this title exists, take over what is new or changed in the file",
        )
        parser.add_argument(
            "--drop-gone",
            default="",
            metavar="REASON",
            help="with --update: take out the lines that are gone from the file, for this reason; "
            "without it they stay",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        path: Path = options["file"]
        title = options["title"] or path.stem
        at = timezone.now()
        try:
            table = _read(path, options["sheet"])
            chosen = columns.read_choices(options["map"], table.headings)
            saved = kept_choices(table.headings) | chosen
            draft = bringing_in.read_plan(table, landlord=landlord, at=at, saved=saved)
            answer = _answer(draft, title, dry_run=options["dry_run"]) | {
                "notes": list(table.notes)
            }
            if not answer["problems"]:
                answer |= self._bring_in(table, draft, title, at, options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print(answer, as_json=options["json"])
        if answer["problems"]:
            raise CommandError("Nothing was brought in. Put the problems right and try again.")

    def _bring_in(
        self, table: Table, draft: PlanDraft, title: str, at: dt.datetime, options: dict[str, Any]
    ) -> dict[str, Any]:
        """What changes in the answer. It is written, unless it is a dry run or stands there.

        A file that stands as a plan already comes in again only under a title that was given.
        """
        there = plans.plan_by_title(title)
        elsewhere = comparing.files_like(table, but=there)
        answer: dict[str, Any] = {"stands_already_as": [file.plan.title for file in elsewhere]}
        if there is None and elsewhere and not options["title"]:
            return answer | {"message": f"{_known_as(elsewhere)} Nothing was changed. {_TITLE_IT}"}
        if there is not None and not options["update"]:
            return answer | {"message": bringing_in.same_again(there, table).sentence}
        answer |= _beside(there, table, draft, at) if there else {}
        gone = answer.pop("gone_keys", [])
        if options["dry_run"]:
            return answer | {"message": _also(_DRY, elsewhere, becomes="would make")}
        name, drop = options["file"].name, options["drop_gone"]
        done = _write(
            there,
            table=table,
            draft=draft,
            title=title,
            name=name,
            drop=gone if drop else [],
            reason=drop,
            at=at,
        )
        if done.changed and options["map"]:
            _remember(draft, title, at)
        created = len(answer.get("new", draft.lines)) if done.changed else 0
        said = _also(done.sentence, elsewhere if done.changed else [], becomes="makes")
        return answer | {"changed": done.changed, "message": said, "lines_created": created}

    def _print(self, answer: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        self.stdout.write(answer["message"])
        for problem in answer["problems"]:
            self.stdout.write(f"  {_place(problem)}{problem['words']}")
        for one in answer.get("changed_lines", []):
            self.stdout.write(f"  Row {one['row']}, {one['line']}:")
            for change in one["changes"]:
                self.stdout.write(f"    {change['field']}: “{change['old']}” → “{change['new']}”")
        for one in answer.get("gone", []):
            self.stdout.write(f"  Gone from the file: {one['line']}")
        for flagged in answer["deadlines"]["flagged"]:
            words = flagged["words"].replace("\n", " / ")
            self.stdout.write(f"  Row {flagged['row']}, deadline “{words}”: {flagged['problem']}")


def _known_as(files: Sequence[PlanFile]) -> str:
    """That the very same file stands as a plan already, and under which titles."""
    names = (
        f"“{file.plan.title}” (brought in on {say_date(timezone.localdate(file.brought_in_at))})"
        for file in files
    )
    return f"This very file stands already as {' and as '.join(names)}."


def _also(sentence: str, files: Sequence[PlanFile], *, becomes: str) -> str:
    """The sentence, and that this is one more plan of the same lines where it is."""
    if not files:
        return sentence
    return f"{sentence} {_known_as(files)} This {becomes} one more plan of the same lines."


def _write(
    there: Plan | None,
    *,
    table: Table,
    draft: PlanDraft,
    title: str,
    name: str,
    drop: Sequence[int],
    reason: str,
    at: dt.datetime,
) -> bringing_in.BroughtIn:
    """Make the plan, or take the file over into the one that is `there`."""
    by = importer("The command line")
    if there is None:
        return bringing_in.bring_in_plan(
            table=table, draft=draft, title=title, file_name=name, by=by, at=at
        )
    return updating.update_plan(
        plan=there,
        table=table,
        draft=draft,
        file_name=name,
        drop=drop,
        reason=reason,
        by=by,
        at=at,
    )


def _remember(draft: PlanDraft, title: str, at: dt.datetime) -> None:
    """Keep what the headings mean for the next file that has them."""
    save_mapping(
        kind=KIND,
        name=title[:120],
        choices={column.heading: column.fields for column in draft.columns},
        by=importer("The command line"),
        at=at,
    )


def _place(problem: Mapping[str, Any]) -> str:
    """Where a problem is; of the headings themselves, how to put them right from here."""
    if problem["row"] is None:
        needed = next(field.key for field in columns.FIELDS if field.required)
        return f'Say which column it is, such as --map "Your heading={needed}". '
    return f"Row {problem['row']}: "


def _beside(plan: Plan, table: Table, draft: PlanDraft, at: dt.datetime) -> dict[str, Any]:
    """How the file differs from the plan, as JSON keys; nothing where it says the same."""
    if comparing.says_the_same(plan, table):
        same = {"new": [], "changed_lines": [], "gone": [], "kept": [], "only_here": 0}
        return same | {"unchanged": len(draft.lines), "gone_keys": []}
    found = updating.comparison(plan, draft, at=at)
    return comparing.as_json(found) | {"gone_keys": [line.pk for line in found.gone]}


def _read(path: Path, sheet: str) -> Table:
    try:
        with path.open("rb") as file:
            return read_table(file, name=path.name, sheet=sheet)
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
        "message": _DRY if dry_run else "Nothing was brought in.",
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
