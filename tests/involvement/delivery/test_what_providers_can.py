"""What is true of every provider, or of some: the way off a list, and being asked."""

from __future__ import annotations

import pytest

from involvement.delivery.models import Provider
from involvement.delivery.transports import CAN_BE_ASKED, Outgoing, can_be_asked
from involvement.delivery.transports.smtp import compose
from involvement.landlords.models import Landlord
from tests.involvement.delivery.scripted import ADDRESS


def test_an_email_of_a_list_offers_the_way_off_it_in_one_press() -> None:
    address = "https://poole.example/off/x/"
    plain, listed = (
        compose(Outgoing("ab12", "a@poole.example", ADDRESS, "About", "Words", url))
        for url in ("", address)
    )
    assert "List-Unsubscribe" not in plain.extra_headers
    assert listed.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert listed.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_the_database_knows_the_same_providers_that_can_be_asked(in_poole: Landlord) -> None:
    for number, (kind, service) in enumerate(
        [("API", "POSTMARK"), ("API", "BREVO"), ("NOTIFY", ""), ("SMTP", ""), ("GATEWAY", "")]
    ):
        Provider.objects.create(
            kind=kind,
            name=str(number),
            sender_address="a@poole.example",
            settings={"service": service},
        )
    found = set(Provider.objects.filter(CAN_BE_ASKED))
    assert found == {one for one in Provider.objects.all() if can_be_asked(one)}
    assert sorted(one.kind for one in found) == ["API", "NOTIFY"]
