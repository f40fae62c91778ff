"""The ways that lead to an erasure say what stands in its way, before anybody is sent there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy.operations import holds, requests
from tests.factories.people import make_person

WAYS = {"people:person_detail": "Erase what we keep", "phone:caller": "They ask to be forgotten"}


@pytest.fixture
def doreen(poole: Landlord) -> Person:
    with landlord_scope(poole):
        return make_person("Doreen Hackett (demo)")


@pytest.mark.parametrize("name", WAYS)
def test_a_way_is_plain_until_a_hold_stands_and_when_it_is_released(
    poole: Landlord, doreen: Person, administrator: Actor, ada_client: Client, name: str
) -> None:
    def page() -> str:
        return ada_client.get(reverse(name, args=[doreen.pk])).content.decode()

    by, at = administrator, timezone.now()
    assert WAYS[name] in page()
    assert "not now" not in page()
    with landlord_scope(poole):
        hold = holds.place_hold(person=doreen, reason="A claim", ends_on=None, by=by, at=at)
    assert "(not now: a legal hold stands)" in page()
    with landlord_scope(poole):
        holds.release_hold(hold=hold, by=by, at=at)
    assert "not now" not in page()


@pytest.mark.parametrize("name", WAYS)
def test_a_way_says_that_what_they_asked_is_still_open(
    poole: Landlord, doreen: Person, administrator: Actor, ada_client: Client, name: str
) -> None:
    with landlord_scope(poole):
        requests.record_request(
            person=doreen,
            asked_on=timezone.localdate(),
            asked_how="PHONE",
            identity_words="Rang from their number",
            by=administrator,
            at=timezone.now(),
        )
    page = ada_client.get(reverse(name, args=[doreen.pk])).content.decode()
    assert "(not now: what they asked of us about their data is still open)" in page
    assert reverse("privacy:erasure_propose", args=[doreen.pk]) in page
