from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.calendars.periods import read_period
from involvement.celery import app
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.library import tasks
from reporting.library.models import Report
from reporting.schedule import operations, queries
from reporting.schedule.models import ReportSchedule
from tests.factories.reports import a_quarter
from tests.reporting.conftest import PDF, begun

pytestmark = pytest.mark.django_db
KIND = kind_named("you-said-we-did")


def run_the_timer() -> None:
    with mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        tasks.make_due_reports.delay()
        # What was put off until after the commit waits for it here; the sweep does not
        tasks.take_up_reports.delay()


def choose(by: Actor, **values: Any) -> ReportSchedule:
    given = {"every": "QUARTER", "cutoff_days": 31, **values}
    return operations.choose_schedule(kind=KIND, by=by, at=timezone.now(), **given)


def test_a_quarter_is_due_when_its_month_of_counting_is_over(in_poole: Landlord) -> None:
    before = queries.due_on(in_poole, dt.date(2026, 10, 31))[0]
    after = queries.due_on(in_poole, dt.date(2026, 11, 1))[0]
    assert before.last == read_period("2026/27-Q1")
    assert before.next_on == dt.date(2026, 11, 1)
    assert after.last == read_period("2026/27-Q2")
    assert after.next_on == dt.date(2027, 2, 1)


def test_each_landlord_has_its_own_calendar(in_poole: Landlord) -> None:
    in_poole.year_start_month = 5
    due = queries.due_on(in_poole, dt.date(2026, 11, 12))[0]
    assert due.last is not None
    assert (due.last.start, due.last.end) == (dt.date(2026, 5, 1), dt.date(2026, 7, 31))


def test_a_landlord_chooses_a_year_or_never(in_poole: Landlord, officer: Actor) -> None:
    choose(officer, every="YEAR", cutoff_days=60)
    due = queries.due_on(in_poole, dt.date(2026, 11, 12))[0]
    assert due.last == read_period("2025/26")
    choose(officer, every="NEVER")
    assert queries.due_on(in_poole, dt.date(2026, 11, 12))[0].last is None
    assert ReportSchedule.objects.count() == 1


def test_counting_ends_at_midnight_in_britain(in_poole: Landlord) -> None:
    moment = queries.counted_until(read_period("2026-Q2"), 0)
    assert moment.isoformat() == "2026-06-30T23:59:59.999999+01:00"


def test_postgresql_keeps_the_cut_off_within_a_quarter(in_poole: Landlord, officer: Actor) -> None:
    choose(officer)
    for change, name in (({"cutoff_days": 93}, "counts_within_a_quarter"),):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ReportSchedule.objects.order_by().update(**change)


def test_the_timer_makes_each_draft_once_however_often_it_runs(
    poole: Landlord, oxford: Landlord
) -> None:
    for landlord in (poole, oxford):
        with landlord_scope(landlord):
            a_quarter(landlord)
    run_the_timer()
    run_the_timer()
    for landlord in (poole, oxford):
        with landlord_scope(landlord):
            found = list(Report.objects.order_by("kind"))
            assert [each.kind for each in found] == ["they-said-we-did", "you-said-we-did"]
            assert {each.state for each in found} == {"DRAFT"}
            assert {each.files.count() for each in found} == {3}


def test_the_timer_counts_a_draft_again_that_was_begun_before_its_quarter_was_over(
    poole: Landlord, officer: Actor, time_machine: Any
) -> None:
    with landlord_scope(poole), mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        a_quarter(poole)
        early = begun(officer, period="2026-Q4")
        tasks.take_up_reports.delay()
    time_machine.move_to("2027-02-02T09:30:00+00:00")
    run_the_timer()
    run_the_timer()
    with landlord_scope(poole):
        early.refresh_from_db()
        assert timezone.localdate(early.counted_at) == dt.date(2027, 1, 31)
        assert (early.state, early.files_edition) == ("DRAFT", 2)


def test_the_timer_makes_nothing_of_a_time_before_the_landlord_was_here(poole: Landlord) -> None:
    run_the_timer()
    with landlord_scope(poole):
        assert not Report.objects.exists()


def test_the_sweep_takes_up_what_nobody_has_in_hand(
    in_poole: Landlord, quarter: dict[str, Any], officer: Actor
) -> None:

    report = begun(officer)
    assert report.state == "DUE"
    with mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        tasks.take_up_reports.delay()
    report.refresh_from_db()
    assert report.state == "DRAFT"


def test_beat_knows_the_jobs() -> None:
    app.loader.import_default_modules()
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    ours = {name for name in planned if name.startswith("reporting.")}
    assert len(ours) == 3
    assert ours <= app.tasks.keys()
