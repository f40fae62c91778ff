"""Approving, publishing, withdrawing, restating."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from reporting.library import queries
from reporting.library.models import Report
from reporting.library.operations.making import make_soon
from reporting.library.policies import (
    NotApproved,
    check_can_approve,
    check_can_publish,
    check_can_restate,
    check_can_withdraw,
)


@transaction.atomic
def approve_report(*, report: Report, by: Actor, at: dt.datetime) -> Report:
    """Approve the draft: its words are closed, and its files are made for the last time.

    Approving twice does nothing twice. Returns it. Raises ReportIsClosed, NotReadyToApprove.
    """
    report = _locked(report)
    if report.state == Report.State.APPROVED:
        return report
    check_can_approve(report)
    report.state, report.approved_at, report.approved_by = (
        Report.State.APPROVED,
        at,
        by.name[:120],
    )
    # The date of approval stands on every page, so the files are made anew
    report.edition += 1
    report.attempts, report.progress_percent = 0, 0
    report.progress_words = "Waiting for its files to be made"
    report.save()
    auditing.record(verb="report.approved", record=report, sentence="approved it", by=by, at=at)
    make_soon(report)
    return report


@transaction.atomic
def take_back_approval(*, report: Report, by: Actor, at: dt.datetime) -> Report:
    """Make an approved report a draft again. Returns it. Raises NotApproved."""
    report = _locked(report)
    if report.state != Report.State.APPROVED:
        raise NotApproved
    report.state, report.approved_at, report.approved_by = Report.State.DRAFT, None, ""
    report.edition += 1
    report.save()
    auditing.record(
        verb="report.reopened", record=report, sentence="took its approval back", by=by, at=at
    )
    return report


@transaction.atomic
def publish_report(*, report: Report, by: Actor, at: dt.datetime, early: bool = False) -> Report:
    """Publish an approved report; an earlier version of it steps back.

    One that was counted before its period was over is published only where `early` says so.
    Publishing twice does nothing twice. Returns it. Raises NotApproved, FilesNotMade,
    FactsAreNotIntact, PeriodNotOver.
    """
    report = _locked(report)
    if report.state == Report.State.PUBLISHED:
        return report
    check_can_publish(report, intact=queries.is_intact(report), early=early)
    earlier = report.restates and _locked(report.restates)
    if earlier and earlier.state == Report.State.PUBLISHED:
        earlier.state = Report.State.REPLACED
        earlier.save(update_fields=["state"])
    report.state, report.published_at, report.published_by = (
        Report.State.PUBLISHED,
        at,
        by.name[:120],
    )
    report.save(update_fields=["state", "published_at", "published_by"])
    auditing.record(verb="report.published", record=report, sentence="published it", by=by, at=at)
    return report


@transaction.atomic
def withdraw_report(*, report: Report, because: str, by: Actor, at: dt.datetime) -> Report:
    """Take a published report off the pages; it is kept, with the reason.

    Returns it. Raises NothingPublished, ReasonMissing.
    """
    report = _locked(report)
    check_can_withdraw(report, because)
    report.state, report.withdrawn_at, report.withdrawn_because = (
        Report.State.WITHDRAWN,
        at,
        because.strip(),
    )
    report.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    auditing.record(
        verb="report.withdrawn",
        record=report,
        sentence=f"withdrew it: {report.withdrawn_because}",
        by=by,
        at=at,
    )
    return report


@transaction.atomic
def restate_report(
    *, report: Report, because: str, counted_at: dt.datetime, by: Actor, at: dt.datetime
) -> Report:
    """Begin a new version of a published report, counted up to `counted_at`; it prints why.

    Returns the new version. Raises NothingPublished, ReasonMissing, VersionIsBegun.
    """
    report = _locked(report)
    check_can_restate(report, because, queries.later_version_of(report))
    later = Report(
        kind=report.kind,
        audience=report.audience,
        period_code=report.period_code,
        period_label=report.period_label,
        period_start_on=report.period_start_on,
        period_end_on=report.period_end_on,
        version=report.version + 1,
        asked_at=at,
        counted_at=counted_at,
        progress_words="Waiting for its turn",
        restates=report,
        restated_because=because.strip()[:300],
        is_demo=report.is_demo,
        **by.columns(),
    )
    later.save(force_insert=True)
    auditing.record(
        verb="report.restated",
        record=later,
        sentence=f"began version {later.version}: {later.restated_because}",
        by=by,
        at=at,
    )
    make_soon(later)
    return later


def _locked(report: Report) -> Report:
    locked: Report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    return locked
