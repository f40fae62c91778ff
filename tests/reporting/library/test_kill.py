"""A worker that is killed leaves nothing double and loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.documents.models import StoredFile
from involvement.env import BASE_DIR
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from reporting.library import making, queries
from reporting.library.models import Report, ReportFile
from tests.factories.landlords import make_landlord
from tests.factories.reports import a_quarter
from tests.reporting.conftest import PDF, begun

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.full,
]
LEASE = 2
BY = job("A test")
# A worker that gets as far as the PDF and then takes its time over it.
WORKER = """
import sys, time
from unittest import mock
import django, time_machine
django.setup()
time_machine.travel(time.time() + float(sys.argv[2]), tick=True).start()
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from reporting.library import making

def setting(*args, **kwargs):
    print("setting", flush=True)
    time.sleep(120)

landlord = Landlord.objects.get(slug="poole")
with landlord_scope(landlord), mock.patch("reporting.library.making.render_pdf", setting):
    making.make(report_id=int(sys.argv[1]), landlord=landlord, holder="the one", by=job("It"))
"""


@pytest.fixture
def poole() -> Landlord:
    return make_landlord("poole")


@pytest.fixture
def worker(poole: Landlord) -> Iterator[tuple[subprocess.Popen[str], Report]]:
    """A process that has a report in hand and has begun its PDF."""
    with landlord_scope(poole), mock.patch("reporting.library.tasks.make_report.delay_on_commit"):
        a_quarter(poole)
        report = begun(BY)
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(report.pk), str(ahead())],
        env=environment(),
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "setting\n"
        yield process, report
    finally:
        process.kill()
        process.communicate()


def ahead() -> float:
    """How many seconds the test's clock is ahead of the machine's."""
    return time.time() - time_machine.escape_hatch.time.time()


def environment() -> dict[str, str]:
    """The test's own database, for a process of its own."""
    there: dict[str, Any] = connection.settings_dict
    who = f"{there['USER']}:{there['PASSWORD']}" if there["PASSWORD"] else there["USER"]
    host = str(there["HOST"] or there["OPTIONS"].get("host", ""))
    where = (
        f"/{there['NAME']}?host={quote(host, safe='')}"
        if host.startswith("/")
        else (f"{host}:{there['PORT'] or 5432}/{there['NAME']}")
    )
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "involvement.settings",
        "DATABASE_URL": f"postgresql://{who}@{where}",
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "DEMO_MODE": "on",
        "REPORT_LEASE_SECONDS": str(LEASE),
    }


def test_a_killed_workers_report_is_taken_over_and_nothing_is_double(
    poole: Landlord, worker: tuple[subprocess.Popen[str], Report]
) -> None:
    process, report = worker
    with landlord_scope(poole), mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        time.sleep(LEASE * 2)  # longer than the lease, which the heartbeat keeps alive
        assert not making.make(report_id=report.pk, landlord=poole, holder="two", by=BY)
        report.refresh_from_db()
        frozen = (report.checksum, report.frozen_at)
        assert frozen[0]
        os.kill(process.pid, signal.SIGKILL)
        killed = time.monotonic()
        while not making.make(report_id=report.pk, landlord=poole, holder="two", by=BY):
            assert time.monotonic() - killed < 60
            time.sleep(0.2)
        report.refresh_from_db()
        assert report.state == Report.State.DRAFT
        assert (report.checksum, report.frozen_at) == frozen
        assert Report.objects.count() == 1
        assert ReportFile.objects.count() == StoredFile.objects.count() == 3
        assert not queries.unfinished(timezone.now()).exists()
