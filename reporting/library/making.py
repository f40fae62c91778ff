"""Makes a report from beginning to end under a lease: count, freeze, write each file."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.calendars.words import say_date
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.rendering.documents import Cut
from involvement.rendering.pdf import DocumentTooDeep, DocumentTooLong, render_pdf
from reporting.catalogue.queries import kind_named
from reporting.library import operations, queries
from reporting.library.models import Report, ReportFile
from reporting.library.papers import Issue, frame_of, paper_html, paper_text
from reporting.library.texts import Worded, worded

Form = ReportFile.Form
PATIENCE_SECONDS = 180
STEPS = (
    (Form.PDF, 25, "Setting the PDF"),
    (Form.LARGE_PRINT, 50, "Setting the large print"),
    (Form.TEXT, 90, "Writing it as plain text"),
)


def make(*, report_id: int, landlord: Landlord, holder: str, by: Actor) -> bool:
    """Make a report, if nobody has it in hand. Returns whether this call made it.

    What is done already (frozen facts, kept files) is not done again. Serves the landlord in scope.
    """
    report = operations.take_lease(report_id=report_id, holder=holder, by=by, at=timezone.now())
    if report is None:
        return False
    try:
        with heartbeat(report_id, landlord, holder, by):
            _make(report, landlord, holder, by)
    except operations.LeaseLost:
        return False
    except (DocumentTooDeep, DocumentTooLong) as refused:
        operations.note_failure(
            report_id=report_id,
            holder=holder,
            sentence=str(refused),
            by=by,
            at=timezone.now(),
        )
        return False
    return True


def _make(report: Report, landlord: Landlord, holder: str, by: Actor) -> None:
    def say(percent: int, words: str) -> None:
        operations.note_progress(
            report_id=report.pk,
            holder=holder,
            percent=percent,
            words=words,
            by=by,
            at=timezone.now(),
        )

    say(5, "Counting what was said and done")
    report = operations.freeze_facts(
        report_id=report.pk, holder=holder, landlord=landlord, by=by, at=timezone.now()
    )
    told = told_of(report)
    kept = {each.form for each in queries.files_of(report)}
    for form, percent, words in STEPS:
        if form in kept:
            continue
        say(percent, words)
        operations.keep_file(
            report_id=report.pk,
            holder=holder,
            form=form,
            name=file_name(report, landlord, form),
            data=written(told, issue_of(report), form, report.counted_at),
            by=by,
            at=timezone.now(),
        )
    operations.finish_making(
        report_id=report.pk, holder=holder, edition=report.edition, by=by, at=timezone.now()
    )


def told_of(report: Report) -> Worded:
    """The report's facts with its wording."""
    return worded(queries.facts_of(report), queries.wording_of(report))


def issue_of(report: Report) -> Issue:
    """Which version it is and where it stands, as its foot says."""
    stands = "draft, not approved"
    if report.approved_at is not None:
        stands = f"approved {say_date(timezone.localdate(report.approved_at))}"
    return Issue(report.version, stands, report.restated_because)


def written(told: Worded, issue: Issue, form: str, moment: datetime) -> bytes:
    """The bytes of one file. `moment` is the date the PDF carries inside.

    The plain text begins with a byte-order mark, so that every editor shows its dashes and pounds.
    """
    if form == Form.TEXT:
        return paper_text(told, issue).encode("utf-8-sig")
    cut = Cut.LARGE if form == Form.LARGE_PRINT else Cut.PAPER
    frame = frame_of(told.facts, issue)
    html = paper_html(told, issue, cut)
    return render_pdf(html, title=f"{frame.title}: {frame.period}", lang=frame.lang, moment=moment)


def file_name(report: Report, landlord: Landlord, form: str) -> str:
    """What the file is called when it is downloaded: "poole-you-said-we-did-2026-27-Q2.pdf"."""
    kind = kind_named(report.kind).slug
    period = report.period_code.replace("/", "-").replace(":", "-to-")
    large = "-large-print" if form == Form.LARGE_PRINT else ""
    version = f"-version-{report.version}" if report.version > 1 else ""
    ending = "txt" if form == Form.TEXT else "pdf"
    return f"{landlord.slug}-{kind}-{period}{version}{large}.{ending}"


@contextmanager
def heartbeat(report_id: int, landlord: Landlord, holder: str, by: Actor) -> Iterator[None]:
    """Renew the lease in the background while the block works: a page may take a while to set."""
    done = threading.Event()

    def beat() -> None:
        try:
            with landlord_scope(landlord):
                while not done.wait(settings.REPORT_LEASE_SECONDS / 3):
                    # One beat that a lock or the network held up is not the last one
                    with suppress(OperationalError):
                        operations.renew_lease(
                            report_id=report_id, holder=holder, by=by, at=timezone.now()
                        )
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"lease-{report_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def make_or_wait(*, report_id: int, landlord: Landlord, holder: str, by: Actor) -> bool:
    """Make a report, or wait while another makes it. Returns whether it is made in the end."""
    for _ in range(PATIENCE_SECONDS):
        if make(report_id=report_id, landlord=landlord, holder=holder, by=by):
            return True
        report = queries.reports().get(pk=report_id)
        if report.failure:
            return False
        if report.has_files:
            return True
        time.sleep(1)
    return False
