"""The settings page of who carries texts: GOV.UK Notify for councils and ALMOs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from involvement.accounts.models import Membership
from involvement.auditing.models import AuditEntry
from involvement.delivery import queries, sealing, sending
from involvement.delivery.models import Provider
from involvement.delivery.transports import TryLater
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.involvement.delivery.notify_stand_in import KEY, TEMPLATE
from tests.involvement.delivery.scripted import Scripted

pytestmark = pytest.mark.django_db
LIST = reverse("delivery:provider_list")
NOTIFY = {
    "name": "Notify texts",
    "template": TEMPLATE,
    "sender": "",
    "before": "Poole",
    "pence": "2.40",
    "per_minute": "1500",
    "key": KEY,
}


@pytest.fixture
def administrator(poole: Landlord) -> Membership:
    cache.clear()
    Landlord.objects.update(kind=Landlord.Kind.ALMO)
    return make_member(poole, "Ruth Amos (demo)", "ADMINISTRATOR", initials="RA")


@pytest.fixture
def client(poole: Landlord, administrator: Membership) -> Client:
    return client_for(poole, administrator)


def added(client: Client, kind: str = "notify-texts", **given: str) -> Provider:
    answer = client.post(reverse("delivery:provider_add", args=[kind]), {**NOTIFY, **given})
    assert answer.status_code == 302, answer.content.decode()
    provider: Provider = Provider.objects.order_by("-pk")[0]
    return provider


def test_notify_is_added_tried_by_a_text_and_used(
    in_poole: Landlord, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = added(client)
    assert (provider.kind, provider.channel, provider.is_active) == ("NOTIFY", "TEXT", False)
    assert provider.settings == {
        "template": TEMPLATE,
        "sender": "",
        "before": "Poole",
        "pence": "2.40",
    }
    assert (provider.before, str(provider.pence)) == ("Poole", "2.40")
    assert sealing.unseal(provider) == {"key": KEY}
    transport = Scripted(opens=TryLater("GOV.UK Notify does not accept our key.", "403"))
    monkeypatch.setattr(sending, "for_provider", lambda provider: transport)
    tried = reverse("delivery:provider_try", args=[provider.pk])
    page = client.post(tried, {"number": "07700 900123"}, follow=True).content.decode()
    assert "GOV.UK Notify does not accept our key. (403)" in page
    transport.opens = None
    page = client.post(tried, {"number": "07700 900123"}, follow=True).content.decode()
    assert "It went to 07700 900123. Look whether it arrived." in page
    assert [sent.to_address for sent in transport.took] == ["+447700900123"]
    put = reverse("delivery:provider_put", args=[provider.pk, "on"])
    assert (
        "Texts go by “Notify texts” from now on." in client.post(put, follow=True).content.decode()
    )
    assert queries.provider_in_use("TEXT") == provider
    assert "Texts go by <b>Notify texts</b>" in client.get(LIST).content.decode()


def test_a_test_text_asks_for_a_mobile_number(
    in_poole: Landlord, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, transport = added(client), Scripted()
    monkeypatch.setattr(sending, "for_provider", lambda provider: transport)
    tried = reverse("delivery:provider_try", args=[provider.pk])
    for given, words in (("01632 960123", "A text goes to a mobile"), ("", "Write the number")):
        assert words in client.post(tried, {"number": given}, follow=True).content.decode()
    assert transport.took == []


def test_one_service_carries_emails_and_texts_as_two_rows(
    in_poole: Landlord, client: Client
) -> None:
    text, email = added(client), added(client, "notify", name="Notify e-mail")
    assert (email.channel, email.settings) == ("EMAIL", {"template": TEMPLATE, "sender": ""})
    for provider in (text, email):
        client.post(reverse("delivery:provider_put", args=[provider.pk, "on"]))
    assert queries.in_use() == {"text": text, "email": email}
    page = client.get(LIST).content.decode()
    assert "E-mail goes by <b>Notify e-mail</b>, from the sender your service" in page


def test_the_key_is_told_nowhere_and_kept_where_none_is_written(
    in_poole: Landlord, client: Client
) -> None:
    provider = added(client)
    detail = reverse("delivery:provider_detail", args=[provider.pk])
    client.post(detail, {**NOTIFY, "key": "", "pence": "2.60"})
    provider.refresh_from_db()
    assert (str(provider.pence), sealing.unseal(provider)) == ("2.60", {"key": KEY})
    seen = [client.get(page).content.decode() for page in (LIST, detail)]
    entries = AuditEntry.objects.filter(record_kind="involvement.provider").order_by("pk")
    seen += [f"{entry.sentence} {entry.changes}" for entry in entries]
    assert "changed pence for one text of “Notify texts”" in seen[-1]
    assert not [one for one in seen if KEY[-36:] in one]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"template": "nonsense"}, "36 characters"),
        ({"template": ""}, "template"),
        ({"key": ""}, "Copy the whole API key"),
        ({"per_minute": "3001"}, "per_minute"),
        ({"pence": "-1"}, "pence"),
        ({"sender": "Poole"}, "Copy the ID from Notify"),
    ],
)
def test_what_cannot_work_is_not_kept(
    in_poole: Landlord, client: Client, given: dict[str, Any], words: str
) -> None:
    page = client.post(reverse("delivery:provider_add", args=["notify-texts"]), {**NOTIFY, **given})
    assert words in page.content.decode()
    assert not Provider.objects.exists()


@pytest.mark.parametrize("kind", ["ASSOCIATION", "TRUST", "GROUP"])
def test_an_association_is_told_why_it_may_not_and_what_else_there_is(
    in_poole: Landlord, client: Client, kind: str
) -> None:
    Landlord.objects.update(kind=kind)
    page = client.get(LIST).content.decode()
    assert "housing associations and trusts may not use it. Send texts by a text gateway" in page
    add = reverse("delivery:provider_add", args=["notify-texts"])
    assert add not in page
    assert "may not use it" in client.post(add, NOTIFY).content.decode()
    assert not Provider.objects.exists()


def test_the_outbox_says_how_texts_go(
    in_poole: Landlord, client: Client, officer_client: Client
) -> None:
    outbox = reverse("delivery:outbox")
    assert "Texts by hand." in officer_client.get(outbox).content.decode()
    provider = added(client)
    client.post(reverse("delivery:provider_put", args=[provider.pk, "on"]))
    assert "Texts by “Notify texts”." in officer_client.get(outbox).content.decode()
    assert (
        "Texts go by “Notify texts”." in client.get(reverse("landlords:settings")).content.decode()
    )
