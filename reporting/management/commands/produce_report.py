"""`manage.py produce_report you-said-we-did --landlord poole --period 2026-Q3 --format pdf --out F`."""

from __future__ import annotations

import datetime as dt
import json
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from involvement.auditing.actors import Actor, job
from involvement.auditing.refusals import Refusal
from involvement.calendars.periods import NotAPeriodError, Period, read_period
from involvement.calendars.words import say_date
from involvement.documents.queries import content
from involvement.isolation.commands import LandlordCommand
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import Format, Kind, kind_named
from reporting.library import making, operations, policies, queries
from reporting.library.models import Report, ReportFile
from reporting.library.standalone import standalone_html

FORMS = {
    Format.PDF: ReportFile.Form.PDF,
    Format.LARGE_PRINT: ReportFile.Form.LARGE_PRINT,
    Format.TEXT: ReportFile.Form.TEXT,
}


class Command(LandlordCommand):
    help = (
        "Make a report, or take the one that is there, and write it to a file. Periods: 2026-Q3 "
        "(calendar quarter), 2026/27-Q2 (financial), 2026/27, 2026-07, 2026-04-01:2026-09-30."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("kind", help="the kind of report; list_reports names them")
        parser.add_argument("--period", required=True, help="such as 2026-Q3 or 2026/27-Q2")
        parser.add_argument(
            "--format", required=True, metavar="FORMAT", help="pdf, large-print, html or text"
        )
        parser.add_argument("--out", required=True, metavar="FILE", help="where to write it")
        parser.add_argument("--audience", default="", help="residents or staff")
        parser.add_argument(
            "--counted-on",
            default="",
            metavar="DAY",
            help="count what was recorded up to this day, such as 2026-11-22, where the report is "
            "not there yet or is a draft",
        )
        parser.add_argument(
            "--because",
            default="",
            metavar="WHY",
            help="where the report is published: write a new version of it, which prints this",
        )
        parser.add_argument("--json", action="store_true", help="say what was made as JSON")

    def handle_landlord(self, landlord: Landlord, **options: Any) -> None:
        kind, period, form = self._read(landlord, options)
        out = _file_to_write(options["out"])
        by = Actor(job("").kind, "The command produce_report")
        counted_on, because = _day(options["counted_on"]), options["because"].strip()
        report = self._report(kind, period, counted_on, because, by)
        report = _made(report, landlord, by)
        _write(out, _data(report, landlord, form))
        self._say(report, form, out, as_json=options["json"])

    def _read(self, landlord: Landlord, options: dict[str, Any]) -> tuple[Kind, Period, Format]:
        try:
            kind = kind_named(options["kind"], options["audience"])
            period = read_period(options["period"], year_start_month=landlord.year_start_month)
        except (Refusal, NotAPeriodError) as wrong:
            raise CommandError(str(wrong)) from wrong
        try:
            return kind, period, Format(options["format"].lower())
        except ValueError as wrong:
            raise CommandError(
                f"There is no format “{options['format']}”. There are: {', '.join(Format)}."
            ) from wrong

    def _report(
        self, kind: Kind, period: Period, counted_on: dt.date | None, because: str, by: Actor
    ) -> Report:
        now = timezone.now()
        counted_at = min(now, _end_of(counted_on)) if counted_on else None
        try:
            report = operations.begin_report(
                kind=kind, period=period, by=by, at=now, counted_at=counted_at
            )
            if because:
                return operations.restate_report(
                    report=report, because=because, counted_at=counted_at or now, by=by, at=now
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if counted_at is None and policies.can_recount(report, now):
            counted_at = queries.counting_moment(kind, period, now)
        if counted_at is None or counted_at == report.counted_at or report.facts is None:
            return report
        return _recounted(report, counted_at, by, now)

    def _say(self, report: Report, form: Format, out: Path, *, as_json: bool) -> None:
        facts, early = queries.facts_of(report), policies.was_counted_early(report)
        if early:
            self.stderr.write(policies.early_words(report))
        if as_json:
            answer = {
                "kind": report.kind,
                "period": report.period_code,
                "version": report.version,
                "state": report.state.lower(),
                "counted_on": facts.counted_on,
                "counted_early": early,
                "recorded_later": facts.late,
                "checksum": report.checksum,
                "format": str(form),
                "out": str(out),
                "bytes": out.stat().st_size,
                "numbers": facts.numbers,
                "pairs": len(facts.pairs),
            }
            self.stdout.write(json.dumps(answer, indent=2))
            return
        self.stdout.write(
            f"Wrote {out}: {facts.title}, {report.period_label}, version {report.version}, "
            f"{report.get_state_display().lower()}, counted up to {facts.counted_words}."
        )
        if facts.late:
            today = timezone.localdate()
            self.stderr.write(
                f"{facts.late:,} said in this period and recorded after {facts.counted_words} "
                f"did not count. To count what is recorded by now, add --counted-on {today} "
                f"(today, {say_date(today)}) while it is a draft."
            )


def _file_to_write(out: str) -> Path:
    path = Path(out)
    if path.is_dir():
        raise CommandError(f"{path} is a folder. Name the file to write.")
    if not path.absolute().parent.is_dir():
        raise CommandError(f"There is no folder {path.absolute().parent}. Make it first.")
    return path


def _write(out: Path, data: bytes) -> None:
    """Write beside the file and then in its place, so that no half report is left."""
    beside = out.with_name(f".{out.name}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_bytes(data)
        beside.replace(out)
    except OSError as failure:
        beside.unlink(missing_ok=True)
        raise CommandError(f"{out} cannot be written: {failure.strerror}.") from failure


def _day(words: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError as wrong:
        raise CommandError(f"“{words}” is not a day. Write it like 2026-11-22.") from wrong


def _end_of(day: dt.date) -> dt.datetime:
    morning = dt.datetime.combine(
        day + dt.timedelta(days=1), dt.time(), timezone.get_default_timezone()
    )
    return morning - dt.timedelta(microseconds=1)


def _recounted(report: Report, counted_at: dt.datetime, by: Actor, at: dt.datetime) -> Report:
    try:
        return operations.recount_draft(report=report, counted_at=counted_at, by=by, at=at)
    except policies.ReportIsClosed as refusal:
        raise CommandError(
            f"Version {report.version} is published, and nothing changes it any more. To write a "
            'new version of it, say why: --because "…".'
        ) from refusal
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal


def _made(report: Report, landlord: Landlord, by: Actor) -> Report:
    """The report once it is made: by this command, or by the worker that has it in hand."""
    report.refresh_from_db()
    if report.failure:
        report = operations.ask_again(report=report, by=by, at=timezone.now())
    holder = f"command {os.getpid()} {uuid.uuid4()}"
    waits = report.facts is None or not report.has_files
    if waits and not making.make_or_wait(
        report_id=report.pk, landlord=landlord, holder=holder, by=by
    ):
        raise CommandError("The report could not be made. Its page on the desk says why.")
    report.refresh_from_db()
    return report


def _data(report: Report, landlord: Landlord, form: Format) -> bytes:
    if form is Format.HTML:
        return standalone_html(making.told_of(report), making.issue_of(report)).encode()
    files = {each.form: each.file for each in queries.files_of(report)}
    return content(files[FORMS[form]])
