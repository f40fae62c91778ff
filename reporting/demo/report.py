from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from involvement.calendars.periods import Period, financial_quarter
from involvement.calendars.words import count
from involvement.demo.moments import moment
from involvement.demo.queries import officer
from involvement.demo.sources import source
from involvement.isolation.tasks import enqueue
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.library.models import Report
from reporting.library.operations import begin_report

KIND = "you-said-we-did"
REPORTS = 2
# After the cut-off, when an officer would have read the draft.
READ_AFTER = dt.timedelta(days=36)


def load(landlord: Landlord, *, full: bool) -> str:
    """Begin the reports of the last quarters, once, and have a worker see them published."""
    told = source("actionplans", f"threads/{landlord.slug}.toml").is_file()
    if not told or Report.objects.filter(is_demo=True).exists():
        return ""
    for period in last_quarters(landlord, timezone.localdate()):
        begin_report(
            kind=kind_named(KIND),
            period=period,
            by=officer(),
            at=moment(period.end + READ_AFTER),
            is_demo=True,
        )
    enqueue("reporting.demo.tasks.see_reports_published")
    return count(REPORTS, "report") + " begun"


def last_quarters(landlord: Landlord, today: dt.date) -> Iterator[Period]:
    """The latest quarters whose report has had time to be read, the earlier first."""
    period = financial_quarter(today, landlord.year_start_month)
    while period.end + READ_AFTER >= today:
        period = period.previous()
    yield period.previous()
    yield period
