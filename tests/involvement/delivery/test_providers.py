"""The settings page of who carries messages; what is secret stays so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.models import AuditEntry
from involvement.delivery import queries, sealing, sending
from involvement.delivery.models import Provider
from involvement.delivery.transports import TryLater
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.involvement.delivery.scripted import Scripted, queue

pytestmark = pytest.mark.django_db
LIST = reverse("delivery:provider_list")
SECRET = "correct-horse-battery"
SMTP = {
    "name": "Our mail server",
    "sender_name": "Poole Housing",
    "sender_address": "involve@poole.example",
    "per_minute": "120",
    "host": "smtp.poole.example",
    "port": "587",
    "security": "STARTTLS",
    "username": "involve",
    "password": SECRET,
}


@pytest.fixture
def administrator(poole: Landlord) -> Membership:
    cache.clear()
    return make_member(poole, "Ruth Amos (demo)", "ADMINISTRATOR", initials="RA")


@pytest.fixture
def client(poole: Landlord, administrator: Membership) -> Client:
    return client_for(poole, administrator)


@pytest.fixture
def ruth(administrator: Membership) -> Actor:
    return Actor(ActorKind.STAFF, str(administrator.user), key=administrator.pk)


def added(client: Client, kind: str = "smtp", **given: str) -> Provider:
    answer = client.post(reverse("delivery:provider_add", args=[kind]), {**SMTP, **given})
    assert answer.status_code == 302, answer.content.decode()
    provider: Provider = Provider.objects.order_by("-pk")[0]
    return provider


def put(client: Client, provider: Provider, act: str) -> None:
    client.post(reverse("delivery:provider_put", args=[provider.pk, act]))
    provider.refresh_from_db()


def test_a_mail_server_is_added_tried_and_used(
    in_poole: Landlord, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = added(client)
    assert (provider.kind, provider.per_minute, provider.is_active) == ("SMTP", 120, False)
    assert provider.settings == {
        "host": "smtp.poole.example",
        "port": 587,
        "security": "STARTTLS",
        "username": "involve",
    }
    assert sealing.unseal(provider) == {"password": SECRET}
    transport = Scripted(opens=TryLater("The mail server cannot be reached.", "timed out"))
    monkeypatch.setattr(sending, "for_provider", lambda provider: transport)
    tried = reverse("delivery:provider_try", args=[provider.pk])
    page = client.post(tried, follow=True).content.decode()
    assert "The mail server cannot be reached. (timed out)" in page
    transport.opens = None
    page = client.post(tried, follow=True).content.decode()
    assert "Look whether it arrived." in page
    assert [sent.to_address for sent in transport.took] == [
        Membership.objects.get(role="ADMINISTRATOR").user.email
    ]
    put(client, provider, "on")
    assert queries.provider_in_use() == provider
    assert "E-mail goes by <b>Our mail server</b>" in client.get(LIST).content.decode()


def test_what_is_secret_is_told_nowhere(
    in_poole: Landlord, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    provider = added(client)
    detail = reverse("delivery:provider_detail", args=[provider.pk])
    seen = [client.get(page).content.decode() for page in (LIST, detail)]
    bad = client.post(detail, {**SMTP, "host": "nonsense", "password": SECRET})
    assert "Error" in bad.content.decode()
    new = "another-horse-battery"
    client.post(detail, {**SMTP, "password": new})
    provider.refresh_from_db()
    assert sealing.unseal(provider) == {"password": new}
    seen += [bad.content.decode(), client.get(detail).content.decode()]
    entries = AuditEntry.objects.filter(record_kind="involvement.provider").order_by("pk")
    seen += [f"{entry.sentence} {entry.changes}" for entry in entries]
    assert "changed the password of “Our mail server”" in seen[-1]
    seen += [repr(provider), str(provider), repr(vars(provider)), caplog.text]
    for secret in (SECRET, new):
        assert not [one for one in seen if secret in one]
        assert secret.encode() not in bytes(provider.sealed)


def test_an_empty_password_keeps_the_one_there_is(in_poole: Landlord, client: Client) -> None:
    provider = added(client)
    detail = reverse("delivery:provider_detail", args=[provider.pk])
    client.post(detail, {**SMTP, "password": "", "host": "mx.poole.example", "per_minute": "60"})
    provider.refresh_from_db()
    assert (provider.settings["host"], provider.per_minute) == ("mx.poole.example", 60)
    assert sealing.unseal(provider) == {"password": SECRET}
    [entry] = AuditEntry.objects.filter(verb="provider.changed")
    assert {(one["old"], one["new"]) for one in entry.changes} == {
        ("smtp.poole.example", "mx.poole.example"),
        ("120", "60"),
    }


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("smtp", {"host": "localhost"}, "server’s name"),
        ("smtp", {"host": "10.0.0.1"}, "server’s name"),
        ("smtp", {"password": ""}, "password that belongs"),
        ("smtp", {"port": "6379"}, "port"),
        ("smtp", {"per_minute": "0"}, "per_minute"),
        ("smtp", {"sender_address": ""}, "sender_address"),
        ("api", {"service": "POSTMARK", "key": ""}, "Copy the key"),
        ("api", {"service": "MAILGUN_EU", "key": "k", "domain": ""}, "domain you registered"),
    ],
)
def test_what_cannot_work_is_not_kept(
    in_poole: Landlord, client: Client, kind: str, given: dict[str, str], words: str
) -> None:
    page = client.post(reverse("delivery:provider_add", args=[kind]), {**SMTP, **given})
    assert words in page.content.decode()
    assert not Provider.objects.exists()


def test_a_name_is_given_once(in_poole: Landlord, client: Client) -> None:
    added(client)
    page = client.post(reverse("delivery:provider_add", args=["smtp"]), SMTP).content.decode()
    assert "Choose another name." in page
    added(client, "api", name="Postmark", service="POSTMARK", key="k")
    assert client.get(reverse("delivery:provider_add", args=["pigeon"])).status_code == 404


def test_one_is_in_use_and_the_other_makes_room(in_poole: Landlord, client: Client) -> None:
    first, second = added(client), added(client, "installation", name="The installation’s")
    put(client, first, "on")
    put(client, second, "on")
    first.refresh_from_db()
    assert (first.is_active, second.is_active) == (False, True)
    put(client, second, "off")
    assert queries.provider_in_use() is None
    assert "No way for e-mail is switched on." in client.get(LIST).content.decode()
    with pytest.raises(IntegrityError, match="provider_in_use"), transaction.atomic():
        Provider.objects.update(is_active=True)


def test_a_password_that_opens_no_more_says_so_and_holds_what_waits(
    in_poole: Landlord, client: Client, ruth: Actor, now: dt.datetime, settings: Any
) -> None:
    provider = added(client)
    put(client, provider, "on")
    queue(ruth, now)
    settings.SEALING_KEYS = ["another"]
    sending.send_due()
    page = client.get(reverse("delivery:provider_detail", args=[provider.pk])).content.decode()
    assert "Enter it again." in page
    tried = client.post(reverse("delivery:provider_try", args=[provider.pk]), follow=True)
    assert "cannot be opened" in tried.content.decode()
    detail = reverse("delivery:provider_detail", args=[provider.pk])
    client.post(detail, {**SMTP, "password": "new"})
    provider.refresh_from_db()
    assert sealing.unseal(provider) == {"password": "new"}
    assert provider.held_until_at is None


def test_tests_too_keep_to_what_the_provider_takes(in_poole: Landlord, client: Client) -> None:
    provider = added(client, "installation", per_minute="1")
    tried = reverse("delivery:provider_try", args=[provider.pk])
    client.post(tried)
    assert "Try it again in a minute." in client.post(tried, follow=True).content.decode()
    assert len(mail.outbox) == 1


def test_the_list_says_what_went_what_failed_and_what_waits(
    in_poole: Landlord, client: Client, ruth: Actor, now: dt.datetime
) -> None:
    queue(ruth, now, key="reply:1")
    queue(ruth, now, key="reply:2", to_address="no address")
    sending.send_due()
    provider = Provider.objects.get()
    found = queries.health(now + dt.timedelta(minutes=5))[provider.pk]
    assert (found.went_hour, found.failed_hour, found.went_day) == (1, 1, 1)
    later = queries.health(now + dt.timedelta(hours=2))[provider.pk]
    assert (later.went_hour, later.failed_hour, later.went_day, later.failed_day) == (0, 0, 1, 1)
    queue(ruth, now, key="reply:3")
    page = client.get(LIST).content.decode()
    assert "<b>1 e-mail</b> waits to go, the oldest since" in page


def test_pages_ask_as_often_for_three_providers_as_for_one(
    in_poole: Landlord, client: Client, django_assert_num_queries: Any
) -> None:
    for names in (("One",), ("Two", "Three")):
        for name in names:
            provider = added(client, name=name)
        with django_assert_num_queries(15):
            client.get(LIST)
        with django_assert_num_queries(9):
            client.get(reverse("delivery:provider_detail", args=[provider.pk]))


def test_the_settings_lead_there_and_officers_may_not_change_it(
    in_poole: Landlord, client: Client, officer_client: Client, stranger_client: Client
) -> None:
    assert LIST in client.get(reverse("landlords:settings")).content.decode()
    assert LIST in client.get(reverse("delivery:outbox")).content.decode()
    assert LIST not in officer_client.get(reverse("delivery:outbox")).content.decode()
    assert officer_client.get(LIST).status_code == 403
    assert stranger_client.get(LIST).status_code == 404
