"""Beginning a report, freezing its facts, keeping its files."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.periods import Period
from involvement.calendars.words import say_date
from involvement.documents.operations import store_file
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import Kind, kind_named
from reporting.figures import frozen
from reporting.figures.queries import facts_of
from reporting.library import queries
from reporting.library.models import Report, ReportFile
from reporting.library.operations.lease import held, in_hand
from reporting.library.policies import NotADraft, ReportIsClosed, check_can_begin


@transaction.atomic
def begin_report(
    *,
    kind: Kind,
    period: Period,
    by: Actor,
    at: dt.datetime,
    counted_at: dt.datetime | None = None,
    is_demo: bool = False,
) -> Report:
    """The latest version of a report, begun where there is none; a worker makes it after that.

    The same kind and period again give the same report, whatever the period's code. `counted_at`
    is up to when it counts, the cut-off unless told. Raises PeriodHasNotBegun.
    """
    check_can_begin(period, timezone.localdate(at))
    known = queries.versions_of(kind, period).first()
    if known is not None:
        return known
    report = Report(
        kind=kind.slug,
        audience=kind.audience,
        period_code=period.code,
        period_label=period.label,
        period_start_on=period.start,
        period_end_on=period.end,
        asked_at=at,
        counted_at=counted_at or queries.counting_moment(kind, period, at),
        progress_words="Waiting for its turn",
        is_demo=is_demo,
        **by.columns(),
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        # Somebody began it in the same moment and was first
        return queries.versions_of(kind, period).get(version=1)
    auditing.record(
        verb="report.begun",
        record=report,
        sentence=f"began “{kind.title}” for {period.label}",
        by=by,
        at=at,
    )
    make_soon(report)
    return report


@transaction.atomic
def freeze_facts(
    *, report_id: int, holder: str, landlord: Landlord, by: Actor, at: dt.datetime
) -> Report:
    """Count once and keep the facts with their checksum. What is frozen already stays.

    Returns the report. Raises LeaseLost.
    """
    report = in_hand(report_id, holder)
    if report.frozen_at is not None:
        return report
    # Counting may take a while: the row is locked only after it, so that the heartbeat goes on
    kind = kind_named(report.kind)
    period = queries.period_of(report, landlord)
    facts = facts_of(
        kind=kind,
        landlord=landlord,
        period=period,
        moment=report.counted_at,
        before=queries.numbers_before(kind, period, at),
        elsewhere=queries.counted_elsewhere(kind, period, at),
    )
    report = held(report_id, holder)
    report.facts = frozen.to_json(facts)
    report.checksum = frozen.checksum(report.facts)
    report.frozen_at = at
    report.save(update_fields=["facts", "checksum", "frozen_at"])
    counted = say_date(timezone.localdate(report.counted_at))
    auditing.record(
        verb="report.frozen",
        record=report,
        sentence=f"froze its figures, counted up to {counted} ({report.checksum[:12]})",
        by=by,
        at=at,
    )
    return report


@transaction.atomic
def keep_file(
    *, report_id: int, holder: str, form: str, name: str, data: bytes, by: Actor, at: dt.datetime
) -> ReportFile:
    """Keep one file of the present edition; one that is there already stays. Raises LeaseLost."""
    report = held(report_id, holder)
    known: ReportFile | None = (
        ReportFile.objects.filter(report=report, form=form, edition=report.edition)
        .order_by("pk")
        .first()
    )
    if known is not None:
        return known
    file = store_file(name=name, data=data, by=by, at=at)
    made: ReportFile = ReportFile.objects.create(
        report=report, form=form, edition=report.edition, file=file
    )
    return made


@transaction.atomic
def finish_making(
    *, report_id: int, holder: str, edition: int, by: Actor, at: dt.datetime
) -> Report:
    """Every file of `edition` is kept: a draft is there, or an approved report has its files.

    Where the wording changed meanwhile, the files stay marked as out of date. Raises LeaseLost.
    """
    report = held(report_id, holder)
    if report.state == Report.State.MAKING:
        report.state = Report.State.DRAFT
        auditing.record(
            verb="report.drafted", record=report, sentence="made the draft", by=by, at=at
        )
    if report.edition == edition:
        report.files_edition = edition
    report.leased_by, report.lease_ends_at, report.attempts = "", None, 0
    report.progress_percent, report.progress_words = 100, "Made"
    report.save(
        update_fields=[
            "state",
            "files_edition",
            "leased_by",
            "lease_ends_at",
            "attempts",
            "progress_percent",
            "progress_words",
        ]
    )
    return report


@transaction.atomic
def recount_draft(*, report: Report, counted_at: dt.datetime, by: Actor, at: dt.datetime) -> Report:
    """Count a draft anew, up to another moment; our own words that were changed stay.

    Returns the report, which a worker makes after that. Raises ReportIsClosed, NotADraft.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.is_out:
        raise ReportIsClosed
    if report.state != Report.State.DRAFT:
        raise NotADraft
    report.counted_at, report.frozen_at = counted_at, None
    report.state, report.edition = Report.State.MAKING, report.edition + 1
    report.progress_percent, report.progress_words = 0, "Waiting to be counted again"
    report.save()
    counted = say_date(timezone.localdate(counted_at))
    auditing.record(
        verb="report.recounted",
        record=report,
        sentence=f"had it counted again, up to {counted}",
        by=by,
        at=at,
    )
    make_soon(report)
    return report


@transaction.atomic
def ask_again(*, report: Report, by: Actor, at: dt.datetime) -> Report:
    """Have it made again after a failure, or have its files made again after a change of words.

    Returns the report. Raises ReportIsClosed.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.is_out:
        raise ReportIsClosed
    report.failure, report.attempts = "", 0
    report.progress_percent, report.progress_words = 0, "Waiting for its turn"
    report.save(update_fields=["failure", "attempts", "progress_percent", "progress_words"])
    auditing.record(
        verb="report.asked_again", record=report, sentence="had it made again", by=by, at=at
    )
    make_soon(report)
    return report


def make_soon(report: Report) -> None:
    """Have a worker make it once this transaction is done."""
    from reporting.library.tasks import make_report  # noqa: PLC0415 -- the task calls this module

    make_report.delay_on_commit(report_id=report.pk)
