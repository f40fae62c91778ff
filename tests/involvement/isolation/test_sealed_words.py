"""What somebody answered for statistics alone stands on no page, in no file, log or history."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from actionplans.plans.queries.documents import CONTENT_TYPES
from involvement.accounts.doors import Door
from involvement.accounts.models import Membership
from involvement.accounts.permissions import Role
from involvement.accounts.site_map import Address, addresses
from involvement.auditing.actors import job
from involvement.documents.queries import content
from involvement.isolation import landlord_scope
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Landlord
from involvement.questionnaires.answers import Given
from involvement.seeding.operations import seed_landlord
from involvement.seeding.operations.world import Seeded
from reporting.library.models import ReportFile
from residents.exports.models import Export
from residents.exports.operations import ask_for_export
from residents.exports.queries import lists
from residents.people.models import Person
from residents.privacy.queries.mentions import readable_tables
from residents.profiles.operations import record_card
from tests.conftest import client_for
from tests.factories.landlords import make_landlord
from tests.harness.clock import STARTS_AT
from tests.involvement.isolation.conftest import World
from tests.involvement.isolation.test_url_walk import NOT_OPENED, ask, filled, tries
from tests.residents.profiles.window import answers, opened
from tests.residents.signin.entering import signed_in

# Each is a word that stands nowhere else; together they are every way to say something of one's own
SEALED = {
    "ETHNIC_GROUP": ("WHITE_ANY", "Zqvethnicword"),
    "RELIGION": ("ANOTHER", "Zqvfaithword"),
}
WORDS = [words for _, words in SEALED.values()]
PAGES = [one for one in addresses() if "GET" in one.methods and one.door is not Door.OWN]

# A PDF cannot be searched as it lies; each is laid out from what its page, text or table says too
DRAWN = {"pdf", "large-print", "large_print"}
FORMS = sorted({*CONTENT_TYPES, *(one.lower() for one in ReportFile.Form.values), "csv"} - DRAWN)
PAGES = [one for one in PAGES if not one.name.endswith(("_pdf", "_large_print"))]


@dataclass
class Walk:
    """One landlord with a row in every table, among them people whose answers are sealed."""

    seeded: Seeded
    clients: dict[str, Client]
    world: World


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walk]:
    with django_db_blocker.unblock(), opened():
        outer = transaction.atomic()
        outer.__enter__()
        landlord = make_landlord("ours")
        seeded = seed_landlord(
            landlord=Landlord.objects.get(pk=landlord.pk),
            canary="zqcanary",
            rng=Random(1),
            shape=Random(0),
            by=job("a test"),
            at=STARTS_AT,
            first_id=10_000_000,
        )
        with landlord_scope(landlord):
            _answer()
            members = Membership.objects.select_related("user").filter(is_active=True)
            clients = {row.role: client_for(landlord, row) for row in members.order_by("pk")}
            person = Person.objects.get(pk=seeded.ids["residents.person"][-1])
        clients["RESIDENT"] = signed_in(landlord, person)
        clients["ANYBODY"] = Client(headers={"host": f"{landlord.slug}.localhost"})
        yield Walk(seeded, clients, World(seeded, seeded))
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        connection.close()


def _answer() -> None:
    """Everybody who can answers; one of them has asked for all that is kept about them."""
    by, at = job("a test"), timezone.now()
    given = {code: Given(options=(one,), words=words) for code, (one, words) in SEALED.items()}
    people = Person.objects.filter(status="CURRENT", merged_into=None, equality_objections=None)
    for person in people.order_by("pk"):
        record_card(person=person, given=given, by=by, at=at)


@pytest.fixture(autouse=True)
def _they_are_there_to_be_found(walk: Walk) -> Iterator[None]:
    """The store itself has every one of the words."""
    with transaction.atomic():
        with landlord_scope(walk.seeded.landlord):
            there = {words for _, _, words in answers(walk.seeded.landlord)}
            assert set(WORDS) <= there
        yield
        transaction.set_rollback(True)


def found_in(data: bytes) -> list[str]:
    """The sealed words in what was answered, inside a bundle or a spreadsheet too."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            data = b"\n".join(bundle.read(name) for name in bundle.namelist())
    text = data.decode("utf-8", errors="replace").lower()
    return [word for word in WORDS if word.lower() in text]


def openings(walk: Walk, address: Address) -> Iterator[bytes]:
    """What an address gives: of the first row that opens it, in every form it can be had in."""
    client = walk.clients["RESIDENT" if address.door is Door.RESIDENT else Role.ADMINISTRATOR]
    for values in tries(walk.world, address) if address.converters else [{}]:
        ours = {name: pair[0] for name, pair in values.items()}
        try:
            response = ask(client, address, filled(address, ours))
        except FileNotFoundError:  # a seeded row of a file that was never written
            continue
        if response.status_code in {403, 404}:
            continue
        yield response.body
        for form in FORMS if "form" in ours else ():
            other = ask(client, address, filled(address, {**ours, "form": form}))
            if other.status_code == 200:
                yield other.body
        return


def test_no_page_and_no_file_shows_a_sealed_word(
    walk: Walk, caplog: pytest.LogCaptureFixture
) -> None:
    seen, showing = 0, {}
    with caplog.at_level(logging.INFO):
        for address in PAGES:
            for body in openings(walk, address) if address.name not in NOT_OPENED else ():
                seen += 1
                if words := found_in(body):
                    showing[address.name] = words
    assert showing == {}
    assert seen > 200
    assert found_in(caplog.text.encode()) == []


@pytest.mark.parametrize("role", ["ANYBODY", *Role.values])
def test_no_search_finds_anybody_by_a_sealed_word(walk: Walk, role: str) -> None:
    """The box repeats what was typed, so that half a word is typed and the whole looked for."""
    for word in WORDS:
        half = word[: len(word) // 2 + 1]
        for url in (f"/desk/search/?q={half}", f"/desk/people/?q={half}", f"/desk/said/?q={half}"):
            with transaction.atomic():
                response = walk.clients[role].get(url)
                assert found_in(response.content) == []
                transaction.set_rollback(True)


@pytest.mark.parametrize("form", Export.Form.values)
def test_no_list_that_is_taken_out_has_one(walk: Walk, form: str) -> None:
    with landlord_scope(walk.seeded.landlord):
        by, at = job("a test"), timezone.now()
        taken = [
            ask_for_export(wanted=one, narrowed={}, form=form, purpose="A test", by=by, at=at)
            for one in lists()
            if one.whole
        ]
        assert len(taken) >= 3
        for export in taken:
            assert export.file is not None
            assert found_in(content(export.file)) == []


def test_no_table_that_pages_can_read_has_one_history_included(walk: Walk) -> None:
    with landlord_scope(walk.seeded.landlord):
        readable = readable_tables()
        rows = {
            model._meta.label: list(model.objects.order_by("pk").values())
            for model in apps.get_models()
            if issubclass(model, LandlordOwned) and model._meta.db_table in readable
        }
        assert len(rows["involvement.AuditEntry"]) > 10
    said = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)
    assert found_in(said.encode()) == []
