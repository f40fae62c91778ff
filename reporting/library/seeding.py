"""What a seeded landlord's library holds: a draft, and a report published with its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from random import Random
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import Actor, job
from involvement.calendars.periods import financial_quarter
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.library import making, operations
from reporting.library.models import Report, ReportFile

HOLDER = "seeding"
Form = ReportFile.Form


def seed(landlord: Landlord, canary: str, rng: Random) -> dict[str, Any]:
    """Plant two reports on the last quarter of `landlord`, which is in scope: first a draft, whose
    words were changed, then one that is published.

    Returns nothing more to know. Only one PDF is set, since setting one takes seconds.
    """
    by, now = job(f"{canary} actor"), timezone.now()
    draft = _begun("they-said-we-did", landlord, by, now)
    _finish(draft, landlord, [Form.TEXT], by, now)
    operations.word_text(report=draft, key="opening", words=f"{canary} words", by=by, at=now)
    report = _begun("you-said-we-did", landlord, by, now)
    _finish(report, landlord, [], by, now)
    report = operations.approve_report(report=report, by=by, at=now)
    operations.take_lease(report_id=report.pk, holder=HOLDER, by=by, at=now)
    _finish(report, landlord, [Form.PDF, Form.TEXT], by, now)
    operations.publish_report(report=report, by=by, at=now)
    return {}


def _begun(kind: str, landlord: Landlord, by: Actor, at: dt.datetime) -> Report:
    """The report in hand, with its facts frozen."""
    period = financial_quarter(timezone.localdate(at), landlord.year_start_month).previous()
    report = operations.begin_report(kind=kind_named(kind), period=period, by=by, at=at)
    operations.take_lease(report_id=report.pk, holder=HOLDER, by=by, at=at)
    return operations.freeze_facts(
        report_id=report.pk, holder=HOLDER, landlord=landlord, by=by, at=at
    )


def _finish(
    report: Report, landlord: Landlord, forms: Iterable[Form], by: Actor, at: dt.datetime
) -> None:
    """Keep the files of these forms and lay the report down."""
    told, issue = making.told_of(report), making.issue_of(report)
    for form in forms:
        operations.keep_file(
            report_id=report.pk,
            holder=HOLDER,
            form=form,
            name=making.file_name(report, landlord, form),
            data=making.written(told, issue, form, report.counted_at),
            by=by,
            at=at,
        )
    operations.finish_making(
        report_id=report.pk, holder=HOLDER, edition=report.edition, by=by, at=at
    )
