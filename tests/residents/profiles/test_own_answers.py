"""Their own answers reach whoever asked by a link of their own, or on paper, and no officer."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.models import AuditEntry
from involvement.delivery.models import Message
from involvement.delivery.sending import send_due
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy import policies
from residents.privacy.models import AccessRequest
from residents.privacy.operations import own_answers, requests
from residents.privacy.queries import requests as queries
from residents.profiles import operations
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.people import make_person
from tests.residents.profiles.test_handing_over import WORDS, asked, card

pytestmark = pytest.mark.usefixtures("window")


@pytest.fixture
def doreen(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    """Somebody who has answered one question."""
    operations.begin_question_set(by=officer, at=now)
    person = make_person("Doreen Hackett (demo)")
    card(person, officer, now, ETHNIC_GROUP=("ASIAN_ANY", WORDS))
    return person


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents stay the text they are set from, so that a test can read them."""
    monkeypatch.setattr("residents.privacy.packing.render_pdf", lambda html, **_: html.encode())


class TestByALink:
    """Whoever has an e-mail address is sent a link that no page of ours shows."""

    def link_of(self, request: AccessRequest, by: Actor, at: dt.datetime) -> str:
        message = own_answers.send_link(request=request, by=by, at=at)
        return urlsplit(message.link).path.removeprefix(f"/at/{request.landlord.slug}")

    @pytest.fixture
    def request_of_doreen(self, doreen: Person, officer: Actor, now: dt.datetime) -> AccessRequest:
        Person.objects.filter(pk=doreen.pk).update(email="doreen@post.example")
        return asked(Person.objects.get(pk=doreen.pk), officer, now)

    def test_it_shows_them_their_answers_once_they_ask(
        self, request_of_doreen: AccessRequest, officer: Actor, now: dt.datetime, visitor: Client
    ) -> None:
        page = self.link_of(request_of_doreen, officer, now)
        opened = visitor.get(page)
        assert WORDS not in opened.text
        assert not AuditEntry.objects.filter(verb="equality.handed_over").exists()
        shown = visitor.post(page)
        assert WORDS in shown.text
        assert shown["Cache-Control"] == "no-store"
        line = AuditEntry.objects.get(verb="equality.handed_over")
        assert line.by_kind == ActorKind.RESIDENT

    def test_it_goes_when_the_pack_is_sent_and_no_officer_sees_it(
        self,
        request_of_doreen: AccessRequest,
        officer: Actor,
        now: dt.datetime,
        officer_client: Client,
        mailoutbox: list[EmailMessage],
    ) -> None:
        request = request_of_doreen
        requests.send(request=request, sent_on=now.date(), sent_how="POST", by=officer, at=now)
        message = Message.objects.get(key=f"own-answers:{request.pk}:1")
        link = message.link
        assert message.to_address == "doreen@post.example"
        outbox = officer_client.get("/desk/outbox/").text
        assert message.subject in outbox
        for page in (outbox, officer_client.get(f"/desk/privacy/access/{request.pk}/").text):
            assert link not in page
        send_due()
        message.refresh_from_db()
        assert link in mailoutbox[0].body
        assert (message.state, message.link) == ("SENT", "")
        officer_client.post(f"/desk/privacy/access/{request.pk}/answers/send/")
        assert Message.objects.filter(key=f"own-answers:{request.pk}:2").exists()

    @pytest.mark.parametrize("made_up", ["1", "1.x", "{pk}.made-up", "nonsense"])
    def test_nobody_makes_one_up(
        self, request_of_doreen: AccessRequest, visitor: Client, made_up: str
    ) -> None:
        token = made_up.format(pk=request_of_doreen.pk)
        assert visitor.post(f"/your-data/answers/{token}/").status_code == 404

    def test_it_opens_nothing_at_another_landlord_nor_once_the_pack_is_gone(
        self,
        request_of_doreen: AccessRequest,
        officer: Actor,
        now: dt.datetime,
        oxford: Landlord,
        visitor: Client,
    ) -> None:
        page = self.link_of(request_of_doreen, officer, now)
        token = page.rstrip("/").rpartition("/")[2]
        with landlord_scope(oxford):
            assert queries.behind(token) is None
        requests.forget_pack(request=request_of_doreen, by=officer, at=now)
        closed = visitor.post(page).text
        assert "This link is closed." in closed
        assert WORDS not in closed


class TestOnPaper:
    """Where no e-mail reaches them an administrator prints them for an envelope of their own."""

    @pytest.mark.usefixtures("unset")
    def test_an_administrator_prints_and_an_officer_does_not(
        self,
        doreen: Person,
        officer: Actor,
        now: dt.datetime,
        poole: Landlord,
        officer_client: Client,
    ) -> None:
        request = asked(doreen, officer, now)
        page = f"/desk/privacy/access/{request.pk}/"
        ada = make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR")
        client = client_for(poole, ada)
        assert "Print their answers" not in officer_client.get(page).text
        assert officer_client.post(f"{page}answers/print/").status_code == 403
        assert "Print their answers" in client.get(page).text
        printed = client.post(f"{page}answers/print/")
        assert WORDS in printed.text
        line = AuditEntry.objects.get(verb="equality.handed_over")
        assert line.by_name == "Ada Frost (demo)"

    def test_nobody_has_them_in_hand_where_an_e_mail_reaches_them(
        self, doreen: Person, officer: Actor, now: dt.datetime
    ) -> None:
        Person.objects.filter(pk=doreen.pk).update(email="doreen@post.example")
        request = asked(doreen, officer, now)
        with pytest.raises(policies.HasEmailAddress):
            own_answers.print_answers(request=request, by=officer, at=now)
        Person.objects.filter(pk=doreen.pk).update(email="")
        with pytest.raises(policies.NoEmailAddress):
            own_answers.send_link(request=request, by=officer, at=now)
