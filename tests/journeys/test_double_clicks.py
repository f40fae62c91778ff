"""Two clicks at the same moment, on two connections: one result, a sentence each, no error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.replies.models import Reply
from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.delivery.models import Message
from involvement.importing.models import Upload
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from reporting.library import operations as library
from reporting.library.models import Report
from tests.conftest import client_for
from tests.factories.decisions import make_body, make_decision, theme_of
from tests.factories.reports import a_quarter
from tests.reporting.conftest import PDF, begun

pytestmark = pytest.mark.django_db(transaction=True)

Press = Callable[[Client, int], Any]


def clicked_twice(landlord: Landlord, member: Membership, press: Press) -> list[str]:
    """The pages two clicks at the same moment end on, as text. Neither may be an error."""
    clients = [client_for(landlord, member) for _ in range(2)]
    start = threading.Barrier(2)

    def click(which: int) -> Any:
        try:
            start.wait(timeout=20)
            return press(clients[which], which)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = [done.result() for done in [pool.submit(click, which) for which in range(2)]]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.content.decode() for answer in answers]


def pages_with(words: str, pages: list[str]) -> int:
    return sum(words in page for page in pages)


def lines(verb: str) -> int:
    number: int = AuditEntry.objects.filter(verb=verb).count()
    return number


def upload_of(client: Client, name: str, content: bytes) -> int:
    client.post(
        "/desk/said/import/", {"file": SimpleUploadedFile(name, content), "source_kind": "PHONE"}
    )
    key: int = Upload.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return key


def test_a_report_is_published_once(
    poole: Landlord,
    jean: Membership,
    officer: Actor,
    time_machine: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time_machine.move_to("2026-11-12T09:30:00+00:00")
    monkeypatch.setattr("reporting.library.making.render_pdf", lambda *_, **__: PDF)
    with landlord_scope(poole):
        a_quarter(poole)
        report = begun(officer)  # its worker makes it as soon as it is committed
        library.approve_report(report=report, by=officer, at=timezone.now())
    address = f"/desk/reports/{report.pk}/publish/"
    pages = clicked_twice(poole, jean, lambda client, _: client.post(address, follow=True))
    with landlord_scope(poole):
        assert Report.objects.get().state == Report.State.PUBLISHED
        assert lines("report.published") == 1
    assert pages_with("The report is published.", pages) == 2


def test_a_report_is_approved_once_and_written_anew_once(
    poole: Landlord,
    jean: Membership,
    officer: Actor,
    time_machine: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time_machine.move_to("2026-11-12T09:30:00+00:00")
    monkeypatch.setattr("reporting.library.making.render_pdf", lambda *_, **__: PDF)
    with landlord_scope(poole):
        a_quarter(poole)
        report = begun(officer)
    desk = f"/desk/reports/{report.pk}/"
    pages = clicked_twice(
        poole, jean, lambda client, _: client.post(f"{desk}approve/", follow=True)
    )
    assert pages_with("The report is approved.", pages) == 2
    with landlord_scope(poole):
        assert lines("report.approved") == 1
        report.refresh_from_db()
        library.publish_report(report=report, by=officer, at=timezone.now())
    why = {"because": "A decision was missing."}
    pages = clicked_twice(
        poole, jean, lambda client, _: client.post(f"{desk}new-version/", why, follow=True)
    )
    assert pages_with("A new version is begun.", pages) == 1
    assert pages_with("A later version of this report is there already.", pages) == 1
    with landlord_scope(poole):
        assert [each.version for each in Report.objects.order_by("version")] == [1, 2]


def test_a_list_is_imported_once(poole: Landlord, jean: Membership) -> None:
    rows = "".join(f"The lift at number {n} is out.,11/06/2026,Telephone\n" for n in range(30))
    with landlord_scope(poole):
        key = upload_of(
            client_for(poole, jean), "list.csv", f"Comments,Date,Channel\n{rows}".encode()
        )
    address = f"/desk/said/import/{key}/confirm/"
    pages = clicked_twice(poole, jean, lambda client, _: client.post(address, follow=True))
    with landlord_scope(poole):
        assert Feedback.objects.count() == 30
        assert lines("upload.confirmed") == 1
    assert pages_with("30 pieces from", pages) == 1
    assert pages_with("has been imported already, so nothing was changed again.", pages) == 1


def test_one_list_uploaded_by_two_is_imported_once(poole: Landlord, jean: Membership) -> None:
    content = b"Comments,Date,Channel\nThe lift is out.,11/06/2026,Telephone\n"
    with landlord_scope(poole):
        client = client_for(poole, jean)
        keys = [upload_of(client, "list.csv", content), upload_of(client, "again.csv", content)]
    pages = clicked_twice(
        poole,
        jean,
        lambda client, which: client.post(f"/desk/said/import/{keys[which]}/confirm/", follow=True),
    )
    with landlord_scope(poole):
        assert Feedback.objects.count() == 1
    assert pages_with("1 piece from", pages) == 1


@pytest.mark.parametrize("forms", [1, 2])
def test_a_theme_gets_one_decision(poole: Landlord, jean: Membership, forms: int) -> None:
    """One form sent twice, or two officers who answer the same theme."""
    with landlord_scope(poole):
        theme, body = theme_of(), make_body()
    form = {
        "result": "AGREED",
        "what": "We will mend the lifts.",
        "body": body.pk,
        "decided_on": timezone.localdate().isoformat(),
    }
    address = f"/desk/said/themes/{theme.pk}/decide/"
    pages = clicked_twice(
        poole,
        jean,
        lambda client, which: client.post(
            address, form | {"form_token": f"{which % forms:032x}"}, follow=True
        ),
    )
    with landlord_scope(poole):
        assert Decision.objects.count() == 1
        assert lines("decision.recorded") == 1
    assert pages_with("is recorded. Now tell people.", pages) == (2 if forms == 1 else 1)
    assert pages_with("has a decision already", pages) == (0 if forms == 1 else 1)


def test_everybody_is_told_once(poole: Landlord, jean: Membership) -> None:
    with landlord_scope(poole):
        decision = make_decision(theme_of(3))
        Landlord.objects.filter(pk=poole.pk).update(
            contact_name="Jean Marlow (demo)", contact_phone="01632 960 017"
        )
    form = {"subject": "The lifts", "words": "We are mending both lifts in May."}
    address = f"/desk/decisions/{decision.pk}/tell/"
    pages = clicked_twice(poole, jean, lambda client, _: client.post(address, form, follow=True))
    with landlord_scope(poole):
        assert Reply.objects.count() == 3
        assert Message.objects.count() == 3
        assert lines("decision.replied") == 1
    assert pages_with("3 replies are on the way.", pages) == 1
    assert pages_with("Everybody in this theme has been told already", pages) == 1
