from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.calendars.periods import read_period
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.library import making, operations
from reporting.library.models import Report
from tests.factories.reports import a_quarter

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _in_november(time_machine: Any) -> None:
    """The quarter from July to September is over, and so is the month in which it is counted."""
    time_machine.move_to("2026-11-12T09:30:00+00:00")


@pytest.fixture
def quarter(in_poole: Landlord) -> dict[str, Any]:
    return a_quarter(in_poole)


@pytest.fixture
def draft(in_poole: Landlord, quarter: dict[str, Any], officer: Actor) -> Report:
    """The draft of July to September, made."""
    return made(begun(officer), in_poole, officer)


@pytest.fixture
def published(draft: Report, in_poole: Landlord, officer: Actor) -> Report:
    now = timezone.now()
    approved = operations.approve_report(report=draft, by=officer, at=now)
    made(approved, in_poole, officer)
    return operations.publish_report(report=draft, by=officer, at=now)


def begun(by: Actor, kind: str = "you-said-we-did", period: str = "2026-Q3") -> Report:
    return operations.begin_report(
        kind=kind_named(kind), period=read_period(period), by=by, at=timezone.now()
    )


def made(report: Report, landlord: Landlord, by: Actor) -> Report:
    """The report as a worker makes it, without setting its PDFs."""
    with mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        assert making.make(report_id=report.pk, landlord=landlord, holder="worker 1", by=by)
    report.refresh_from_db()
    return report
