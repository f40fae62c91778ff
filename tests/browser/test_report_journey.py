"""The timer makes the quarter's draft, an officer words and publishes it, and a visitor without
script reads it and takes it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import time_machine
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.rendering.checks import pdf_findings
from reporting.catalogue.queries import Every, kind_named
from reporting.library.models import Report
from reporting.library.tasks import begin_due_reports
from reporting.schedule.operations import choose_schedule
from tests.browser.journeys import Window
from tests.factories.reports import a_quarter, noon

OURS = "A text goes out the evening before, and again when the fitter sets off."
WHEN_DUE = noon(dt.date(2026, 11, 2))


def test_a_report_is_made_worded_published_and_read_without_script(
    window: Callable[..., Window], housing: Landlord, jo: Membership, tmp_path: Path
) -> None:
    report = drafted_by_the_timer(housing, Actor(ActorKind.STAFF, str(jo.user), key=jo.pk))
    words_and_publishes(window(jo), report)
    reads_and_takes_away(window(script=False), tmp_path)
    with landlord_scope(housing):
        report.refresh_from_db()
        assert report.state == Report.State.PUBLISHED
        assert report.published_by == "Jo Field (demo)"


def drafted_by_the_timer(housing: Landlord, officer: Actor) -> Report:
    """The draft for residents of July to September 2026; staff have chosen to have none."""
    with landlord_scope(housing):
        a_quarter(housing)
        choose_schedule(
            kind=kind_named("they-said-we-did"),
            every=Every.NEVER,
            cutoff_days=31,
            by=officer,
            at=timezone.now(),
        )
    with time_machine.travel(WHEN_DUE, tick=True), landlord_scope(housing):
        begin_due_reports.delay()
    with landlord_scope(housing):
        report: Report = Report.objects.get()
        assert (report.state, report.period_code) == (Report.State.DRAFT, "2026/27-Q2")
        assert report.has_files
        return report


def words_and_publishes(here: Window, report: Report) -> None:
    here.open(f"/desk/reports/{report.pk}/")
    here.is_sound()
    here.page.get_by_role("link", name="Put our words right").click()
    here.page.get_by_role("link", name="Change what we did").first.click()
    here.page.locator("textarea").fill(OURS)
    here.is_sound()
    here.page.get_by_role("button", name="Keep the words").click()
    assert OURS in here.words
    here.open(f"/desk/reports/{report.pk}/")
    here.page.get_by_role("button", name="Approve the report").click()
    here.open(f"/desk/reports/{report.pk}/")
    here.page.get_by_role("button", name="Publish the report").click()
    assert "Nothing changes it any more." in here.words


def reads_and_takes_away(here: Window, folder: Path) -> None:
    here.open("/you-said-we-did/")
    assert here.heading == "You said, we did"
    assert "What you told us in July to September 2026" in here.words
    assert OURS in here.words
    assert taken(here, "text", folder).read_text("utf-8-sig").count(OURS) == 1
    for form in ("pdf", "large-print"):
        assert pdf_findings(taken(here, form, folder).read_bytes()) == []


def taken(here: Window, form: str, folder: Path) -> Path:
    """The report's file in one form, as it lies on the visitor's telephone."""
    file = folder / form
    with here.page.expect_download() as coming:
        here.page.locator(f"a[href$='/{form}/']").click()
    coming.value.save_as(file)
    return file
