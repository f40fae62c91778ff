"""Their own answers reach whoever asked by a link of their own, and nobody who works here."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.models import AuditEntry
from involvement.delivery.models import Message
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.duplicates.operations import merge_people, undo_merge
from residents.people.models import Person
from residents.people.operations import change_person
from residents.privacy import clocks, policies
from residents.privacy.models import AccessRequest
from residents.privacy.operations import own_answers, requests
from residents.privacy.queries import requests as queries
from residents.profiles import operations
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.people import make_person
from tests.residents.profiles.test_handing_over import WORDS, asked, card

# The store hands answers out in no transaction that has written, as a test's own would have
pytestmark = [pytest.mark.usefixtures("window"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def doreen(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    """Somebody who has answered one question."""
    operations.begin_question_set(by=officer, at=now)
    person = make_person("Doreen Hackett (demo)")
    card(person, officer, now, ETHNIC_GROUP=("ASIAN_ANY", WORDS))
    return person


@pytest.fixture
def colleague(in_poole: Landlord) -> Actor:
    """Somebody other than the officer who records requests."""
    return Actor(ActorKind.STAFF, "Ada Frost (demo)", key=4711)


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
        self, request_of_doreen: AccessRequest, colleague: Actor, now: dt.datetime, visitor: Client
    ) -> None:
        page = self.link_of(request_of_doreen, colleague, now)
        opened = visitor.get(page)
        assert WORDS not in opened.text
        assert not AuditEntry.objects.filter(verb="equality.handed_over").exists()
        shown = visitor.post(page)
        assert WORDS in shown.text
        assert shown["Cache-Control"] == "no-store"
        line = AuditEntry.objects.get(verb="equality.handed_over")
        assert line.by_kind == ActorKind.RESIDENT

    def test_a_colleague_lets_it_go_and_nobody_here_sees_it(
        self,
        request_of_doreen: AccessRequest,
        poole: Landlord,
        officer_client: Client,
        mailoutbox: list[EmailMessage],
    ) -> None:
        page = f"/desk/privacy/access/{request_of_doreen.pk}/"
        assert "You recorded this request." in officer_client.get(page).text
        officer_client.post(f"{page}answers/send/")
        assert not queries.links_sent(request_of_doreen).exists()
        ada = client_for(poole, make_member(poole, "Ada Frost (demo)", "OFFICER"))
        assert "Send them the link" in ada.get(page).text
        ada.post(f"{page}answers/send/")
        message = Message.objects.get(key=f"own-answers:{request_of_doreen.pk}:1")
        assert mailoutbox[0].to == ["doreen@post.example"]
        assert (message.state, message.link) == ("SENT", "")
        link = mailoutbox[0].body.partition("/your-data/answers/")[2].split("/")[0]
        outbox = ada.get("/desk/outbox/").text
        assert message.subject in outbox
        for shown in (outbox, ada.get(page).text):
            assert link not in shown

    def test_a_new_one_closes_the_one_before(
        self, request_of_doreen: AccessRequest, colleague: Actor, now: dt.datetime, visitor: Client
    ) -> None:
        first, second = (self.link_of(request_of_doreen, colleague, now) for _ in range(2))
        assert visitor.post(first).status_code == 404
        assert WORDS in visitor.post(second).text

    def test_it_opens_for_nobody_who_is_signed_in_here(
        self,
        request_of_doreen: AccessRequest,
        colleague: Actor,
        now: dt.datetime,
        officer_client: Client,
    ) -> None:
        page = self.link_of(request_of_doreen, colleague, now)
        shown = officer_client.post(page).text
        assert WORDS not in shown
        assert "for nobody who is signed in here" in shown
        assert not AuditEntry.objects.filter(verb="equality.handed_over").exists()

    def test_it_goes_to_no_address_that_is_new(
        self,
        request_of_doreen: AccessRequest,
        officer: Actor,
        colleague: Actor,
        now: dt.datetime,
    ) -> None:
        person = request_of_doreen.person
        change_person(person=person, email="me@elsewhere.example", by=officer, at=now)
        with pytest.raises(policies.AddressTooNew, match="Jean Marlow"):
            own_answers.send_link(request=request_of_doreen, by=colleague, at=now)
        stands = now + clocks.ADDRESS_STANDS
        sent = own_answers.send_link(request=request_of_doreen, by=colleague, at=stands)
        assert sent.to_address == Person.objects.get(pk=person.pk).email

    @pytest.mark.parametrize("taken", [["email"], []])
    def test_it_does_not_go_while_joining_with_another_can_be_undone(
        self,
        request_of_doreen: AccessRequest,
        officer: Actor,
        colleague: Actor,
        now: dt.datetime,
        taken: list[str],
    ) -> None:
        other = make_person("D Hackett (demo)", email="me@elsewhere.example")
        person = request_of_doreen.person
        merge = merge_people(kept=person, gone=other, taken=taken, by=officer, at=now)
        last_day = now + dt.timedelta(days=clocks.UNDO_DAYS)
        assert merge.can_be_undone(last_day.date())
        for moment in (now, last_day):
            with pytest.raises(policies.JoinedLately, match="Jean Marlow"):
                own_answers.send_link(request=request_of_doreen, by=colleague, at=moment)
        after = last_day + dt.timedelta(days=1)
        assert not merge.can_be_undone(after.date())
        sent = own_answers.send_link(request=request_of_doreen, by=colleague, at=after)
        assert sent.to_address == Person.objects.get(pk=person.pk).email

    @pytest.mark.parametrize("what", ["joined", "joined and parted", "address"])
    def test_it_closes_once_their_entry_is_another(
        self,
        request_of_doreen: AccessRequest,
        officer: Actor,
        colleague: Actor,
        now: dt.datetime,
        visitor: Client,
        what: str,
    ) -> None:
        page = self.link_of(request_of_doreen, colleague, now)
        assert WORDS in visitor.post(page).text
        person, later = request_of_doreen.person, now + dt.timedelta(minutes=1)
        victim = make_person("Walter Brooker (demo)")
        card(victim, officer, now, RELIGION=("MUSLIM", ""))
        if what == "address":
            change_person(person=person, email="new@elsewhere.example", by=officer, at=later)
        else:
            merge = merge_people(kept=person, gone=victim, taken=[], by=officer, at=later)
            if what == "joined and parted":
                undo_merge(merge=merge, by=officer, at=later)
        shown = visitor.post(page).text
        assert "This link is closed, because what we keep about you has changed" in shown
        assert "Muslim" not in shown
        assert WORDS not in shown

    def test_it_goes_nowhere_else(
        self, doreen: Person, officer: Actor, colleague: Actor, now: dt.datetime
    ) -> None:
        request = asked(doreen, officer, now)
        with pytest.raises(policies.NoEmailAddress):
            own_answers.send_link(request=request, by=colleague, at=now)

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
        colleague: Actor,
        now: dt.datetime,
        oxford: Landlord,
        visitor: Client,
    ) -> None:
        page = self.link_of(request_of_doreen, colleague, now)
        token = page.rstrip("/").rpartition("/")[2]
        with landlord_scope(oxford):
            assert queries.behind(token) is None
        requests.forget_pack(request=request_of_doreen, by=officer, at=now)
        closed = visitor.post(page).text
        assert "This link is closed." in closed
        assert WORDS not in closed
