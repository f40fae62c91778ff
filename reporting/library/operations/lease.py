"""The lease: one worker at a time, and another when it is gone."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from reporting.library.models import Report

MOST_ATTEMPTS = 5


class LeaseLost(Refusal):
    """Another worker has taken this report over, so this one stops."""


@transaction.atomic
def take_lease(*, report_id: int, holder: str, by: Actor, at: dt.datetime) -> Report | None:
    """Take a report in hand. Returns it, or None where there is nothing to do or somebody has it."""
    report: Report | None = (
        Report.objects.select_for_update(of=("self",)).filter(pk=report_id).order_by("pk").first()
    )
    if report is None or not _is_free(report, at):
        return None
    taken_over = bool(report.leased_by)
    report.leased_by = holder[:120]
    report.lease_ends_at = at + dt.timedelta(seconds=settings.REPORT_LEASE_SECONDS)
    report.attempts += 1
    if report.attempts > MOST_ATTEMPTS:
        report.failure = f"It was begun {MOST_ATTEMPTS} times and never finished."
        report.leased_by, report.lease_ends_at = "", None
    elif report.state == Report.State.DUE:
        report.state = Report.State.MAKING
    report.save(update_fields=["leased_by", "lease_ends_at", "attempts", "state", "failure"])
    if taken_over:
        auditing.record(
            verb="report.taken_over",
            record=report,
            sentence="took the making of it over from a worker that had gone",
            by=by,
            at=at,
        )
    return None if report.failure else report


def in_hand(report_id: int, holder: str) -> Report:
    """The report while `holder` has it in hand. Raises LeaseLost."""
    report: Report | None = (
        Report.objects.filter(pk=report_id, leased_by=holder[:120]).order_by("pk").first()
    )
    if report is None:
        raise LeaseLost
    return report


def held(report_id: int, holder: str) -> Report:
    """The report, locked, while `holder` has it in hand. Raises LeaseLost."""
    report: Report | None = (
        Report.objects.select_for_update(of=("self",))
        .filter(pk=report_id, leased_by=holder[:120])
        .order_by("pk")
        .first()
    )
    if report is None:
        raise LeaseLost
    return report


@transaction.atomic
def renew_lease(*, report_id: int, holder: str, by: Actor, at: dt.datetime) -> bool:
    """The heartbeat. Returns whether the lease is still the holder's."""
    ends = at + dt.timedelta(seconds=settings.REPORT_LEASE_SECONDS)
    renewed = (
        Report.objects.filter(pk=report_id, leased_by=holder[:120])
        .order_by()
        .update(lease_ends_at=ends)
    )
    return bool(renewed)


@transaction.atomic
def note_progress(
    *, report_id: int, holder: str, percent: int, words: str, by: Actor, at: dt.datetime
) -> None:
    """Say how far it is; a heartbeat as well. Raises LeaseLost."""
    report = held(report_id, holder)
    report.progress_percent, report.progress_words = percent, words[:120]
    report.lease_ends_at = at + dt.timedelta(seconds=settings.REPORT_LEASE_SECONDS)
    report.save(update_fields=["progress_percent", "progress_words", "lease_ends_at"])


@transaction.atomic
def note_failure(*, report_id: int, holder: str, sentence: str, by: Actor, at: dt.datetime) -> None:
    """It could not be made: keep why, and give it back. Raises LeaseLost."""
    report = held(report_id, holder)
    report.failure = sentence[:300]
    report.leased_by, report.lease_ends_at = "", None
    report.save(update_fields=["failure", "leased_by", "lease_ends_at"])
    auditing.record(verb="report.failed", record=report, sentence="could not make it", by=by, at=at)


def _is_free(report: Report, at: dt.datetime) -> bool:
    wanted = report.state in {Report.State.DUE, Report.State.MAKING} or not report.has_files
    ended = report.lease_ends_at is None or report.lease_ends_at <= at
    return wanted and ended and not report.is_out and not report.failure
