"""The settings page of a text gateway."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from involvement.delivery import queries, sealing
from involvement.delivery.models import Provider
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member

pytestmark = pytest.mark.django_db
GATEWAY = {
    "name": "Our gateway",
    "sender_name": "Poole",
    "per_minute": "60",
    "url": "https://api.texts.example/v1/send",
    "form": "JSON",
    "auth": "BEARER",
    "username": "",
    "key": "correct-horse-battery",
    "field_to": "recipient",
    "plus": "on",
    "field_text": "body",
    "field_from": "originator",
    "field_reference": "",
    "answer_reference": "messages.0.id",
    "receipt_reference": "data.id",
    "receipt_status": "data.state",
    "receipt_moment": "data.at",
    "inbound_from": "from",
    "inbound_text": "text",
    "inbound_reference": "id",
    "pence": "3.1",
}


@pytest.fixture
def client(poole: Landlord) -> Client:
    cache.clear()
    return client_for(poole, make_member(poole, "Ruth Amos (demo)", "ADMINISTRATOR", initials="RA"))


def add(client: Client, **given: str) -> Any:
    return client.post(reverse("delivery:provider_add", args=["gateway"]), {**GATEWAY, **given})


def test_an_association_adds_its_gateway_and_uses_it(in_poole: Landlord, client: Client) -> None:
    assert add(client).status_code == 302
    provider = Provider.objects.get()
    assert (provider.kind, provider.channel, provider.sender_name) == ("GATEWAY", "TEXT", "Poole")
    assert provider.settings["answer_reference"] == "messages.0.id"
    assert (provider.settings["plus"], str(provider.pence)) == (True, "3.1")
    assert sealing.unseal(provider) == {"key": "correct-horse-battery"}
    client.post(reverse("delivery:provider_put", args=[provider.pk, "on"]))
    assert queries.provider_in_use("TEXT") == provider
    page = client.get(reverse("delivery:provider_list")).content.decode()
    assert "Texts go by <b>Our gateway</b>, from Poole." in page
    assert "correct-horse" not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"url": "texts.example"}, "Write the whole address, beginning with https://."),
        ({"url": "http://texts.example/"}, "The address must begin with https://."),
        ({"url": "https://me:pass@texts.example/"}, "Write the whole address"),
        ({"auth": "BASIC"}, "Write the user name that belongs to the password."),
        ({"key": ""}, "Copy the key or the password from the gateway."),
        ({"field_to": "to number"}, "Letters, figures, dots"),
        ({"answer_reference": "messages[0]"}, "Names with dots between"),
    ],
)
def test_what_cannot_work_is_not_kept(
    in_poole: Landlord, client: Client, settings: Any, given: dict[str, str], words: str
) -> None:
    settings.DELIVERY_PRIVATE_HOSTS = False
    assert words in add(client, **given).content.decode()
    assert not Provider.objects.exists()
