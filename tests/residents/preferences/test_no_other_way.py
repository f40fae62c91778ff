"""Every address that takes a form is sent one about a person, filled and changed: no consent moves.

The forms are read off the pages themselves, so that new ones are walked too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html  # type: ignore[import-untyped]  # its stubs are not installed
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from involvement.accounts.doors import Door
from involvement.accounts.models import Membership
from involvement.accounts.permissions import Role
from involvement.accounts.site_map import Address, addresses
from involvement.isolation import landlord_scope
from residents.people.models import Person
from residents.preferences.models import Consent
from tests.conftest import client_for
from tests.harness.clock import STARTS_AT
from tests.involvement.isolation.conftest import World, made_world, world
from tests.involvement.isolation.test_url_walk import ask, filled, tries
from tests.residents.signin.entering import signed_in

__all__ = ["made_world", "world"]

# The one page by which a consent may change at the desk, and the one where residents say so.
EXPLICIT = "preferences:person_consent"
OWN = "preferences_my:consent"
SENT = [
    address
    for address in addresses()
    if address.door in {Door.MEMBER, Door.PUBLIC, Door.RESIDENT}
    and address.name not in {EXPLICIT, OWN}
]
# Pages whose forms say things of a person → how many of them must be taken as they are sent.
MUST_TAKE_EFFECT = {
    "people:person_change": 1,
    "preferences:person_reach": 2,
    "interests:card": 1,
    "interests:person_wishes": 2,
    "interests_public:take_part": 1,
    "feedback_public:tell": 1,
    "preferences_my:needs": 1,
    "interests_my:wishes": 1,
    "people_my:details": 1,
}
WORDS = {
    "email": "changed@mail.example",
    "contact": "changed@mail.example",
    "phone": "01632 960 777",
    "born": "1950",
    "date": STARTS_AT.date().isoformat(),
    "until_time": "11:00",
    "time": "10:00",
    "number": "1",
    "url": "https://changed.example/",
}


@pytest.fixture(scope="module")
def administrator(made_world: World) -> Client:
    landlord = made_world.ours.landlord
    with landlord_scope(landlord):
        member = Membership.objects.select_related("user").filter(
            role=Role.ADMINISTRATOR, is_active=True
        )
        return client_for(landlord, member.order_by("pk")[0])


@pytest.fixture
def resident(world: World) -> Client:
    """Signed in anew for each address: one of them signs out."""
    landlord = world.ours.landlord
    with landlord_scope(landlord):
        person = Person.objects.get(pk=world.ours.ids["residents.person"][-1])
    return signed_in(landlord, person)


@pytest.fixture
def whose(administrator: Client, resident: Client) -> Callable[[Address], Client]:
    """Who opens an address."""
    return lambda address: resident if address.door is Door.RESIDENT else administrator


def consents(world: World) -> list[dict[str, Any]]:
    with landlord_scope(world.ours.landlord):
        return list(Consent.objects.order_by("pk").values())


def read(response: Any) -> bytes:
    """All of an answer, its files closed; `close()` would close the test's connection too."""
    body: bytes = b"".join(response) if response.streaming else response.content
    for closer in response._resource_closers:
        closer()
    return body


def forms_on(client: Client, url: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where each form of a page is sent, and what it holds once every field is changed."""
    response = client.get(url)
    body = read(response)
    if (
        response.status_code != 200
        or "html" not in response.get("Content-Type", "")
        or not body.strip()
    ):
        return
    for form in lxml.html.fromstring(body).forms:
        if form.method == "POST":
            yield form.action or url, dict(changed(form))


def changed(form: Any) -> Iterator[tuple[str, Any]]:
    for name in {field.name for field in form.inputs if field.name}:
        fields = [field for field in form.inputs if field.name == name]
        first = fields[0]
        kind = first.get("type", first.tag)
        if kind == "hidden":
            yield name, first.value or ""
        elif kind in {"checkbox", "radio"}:
            # The other way round than it stands, or the last of several
            values = [field.get("value", "on") for field in fields if not field.checked]
            yield name, values if kind == "checkbox" else (values or [""])[-1]
        elif first.tag == "select":
            # Rows of a list choose differently, the first row the last option
            row = int("".join(filter(str.isdigit, name)) or 0)
            options = first.value_options or [""]
            yield name, options[-1 - row % len(options)]
        elif kind != "submit":
            yield name, words_for(name, kind)


def words_for(name: str, kind: str) -> str:
    if "website" in name:
        return ""
    for word, value in WORDS.items():
        if word in name or word == kind:
            return value
    return "Somebody changed (demo)"


def pages(world: World, client: Client, address: Address) -> Iterator[str]:
    """Addresses filled with our rows, the likeliest first, until one opens."""
    for values in tries(world, address):
        url = filled(address, {name: pair[0] for name, pair in values.items()})
        if ask(client, address, url).status_code not in {403, 404}:
            yield url
            return


@pytest.mark.parametrize("address", SENT, ids=[one.name or one.pattern for one in SENT])
def test_no_form_but_the_one_for_it_changes_a_consent(
    world: World, whose: Callable[[Address], Client], address: Address
) -> None:
    client = whose(address)
    before = consents(world)
    assert before, "there is nothing that could be changed"
    for url in pages(world, client, address):
        with transaction.atomic():
            sent = list(forms_on(client, url)) if "GET" in address.methods else []
            for action, data in [*sent, (url, {})] if "POST" in address.methods else sent:
                read(client.post(action, data))
            after = consents(world)
            transaction.set_rollback(True)
        assert after == before


@pytest.mark.parametrize("name", MUST_TAKE_EFFECT)
def test_the_walk_sends_forms_that_are_taken(
    world: World, whose: Callable[[Address], Client], name: str
) -> None:
    """So that a form that changed a consent by the way would be caught at it."""
    (address,) = [one for one in SENT if one.name == name]
    client = whose(address)
    for url in pages(world, client, address):
        with transaction.atomic():
            answers = [client.post(action, data) for action, data in forms_on(client, url)]
            transaction.set_rollback(True)
        taken = [answer for answer in answers if answer.status_code == 302]
        assert len(taken) >= MUST_TAKE_EFFECT[name], [
            lxml.html.fromstring(answer.content).xpath("//*[contains(@class,'error')]//text()")
            for answer in answers
            if answer.status_code == 200
        ]


@pytest.mark.parametrize("name", [EXPLICIT, OWN])
def test_the_page_for_it_does_change_one(
    world: World, administrator: Client, resident: Client, name: str
) -> None:
    before = consents(world)
    ids = world.ours.ids
    keys = [ids["residents.person"][-1], ids["residents.purpose"][-1]]
    client = administrator if name == EXPLICIT else resident
    with transaction.atomic():
        page = reverse(name, args=keys if name == EXPLICIT else keys[1:])
        (data,) = [data for action, data in forms_on(client, page) if "read_out" in data]
        client.post(page, {**data, "said_on": STARTS_AT.date().isoformat()})
        after = consents(world)
        transaction.set_rollback(True)
    assert len(after) > len(before)
