"""What holds of every list that can be taken out, whichever capability brings it."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from involvement.accounts.permissions import Permission, Role, permissions_of
from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.wiring.lists import ListToExport, list_named, lists
from residents.exports import operations
from residents.exports.models import Export
from tests.actionplans.asked import text_of
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.residents.exports.taken import PURPOSE, doors

EVERY = pytest.mark.parametrize("one", list(lists()), ids=lambda one: one.key)
# Where the equality answers are kept, and what leads from them to a person
STORE = ("equalityanswer", "equalitylink", "equalitysecret", "equality_")


def door(one: ListToExport) -> str:
    return reverse("exports:export_ask", args=[one.key])


def test_every_list_has_a_key_of_its_own() -> None:
    keys = [one.key for one in lists()]
    assert len(keys) == len(set(keys))
    assert len(keys) > 3


@EVERY
def test_a_list_is_opened_by_those_who_may_take_it_and_by_nobody_else(
    poole: Landlord, contributor_client: Client, stranger_client: Client, one: ListToExport
) -> None:
    assert stranger_client.get(door(one)).status_code == 404
    assert contributor_client.get(door(one)).status_code == 403
    for role in (Role.ADMINISTRATOR, Role.OFFICER, Role.MANAGER):
        needed = {Permission.PEOPLE_EXPORT, *one.also}
        status = 200 if needed <= permissions_of(role) else 403
        member = make_member(poole, f"{role.value} (demo)", role.value, email=f"{role}@x.example")
        assert client_for(poole, member).get(door(one)).status_code == status


@EVERY
def test_a_list_is_written_as_both_kinds_of_file_and_audited(
    in_poole: Landlord, officer: Actor, one: ListToExport
) -> None:
    for form, start in (("XLSX", b"PK"), ("CSV", b'\xef\xbb\xbf"')):
        export = operations.ask_for_export(
            wanted=one, narrowed={}, form=form, purpose=PURPOSE, by=officer, at=timezone.now()
        )
        assert export.file is not None
        with default_storage.open(export.file.path) as file:
            assert file.read(len(start)) == start


@EVERY
def test_no_list_asks_for_an_equality_answer(in_poole: Landlord, one: ListToExport) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(one.lines({}))
    asked = " ".join(query["sql"].lower() for query in queries)
    assert asked or not one.whole
    assert [table for table in STORE if table in asked] == []


def test_a_file_is_fetched_only_by_those_who_may_take_its_list(
    poole: Landlord, officer: Actor, officer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = list_named("people")
    assert wanted is not None
    with landlord_scope(poole):
        export: Export = operations.ask_for_export(
            wanted=wanted,
            narrowed={},
            form="CSV",
            purpose=PURPOSE,
            by=officer,
            at=timezone.now(),
        )
    page, file = reverse("exports:export_list"), reverse("exports:export_file", args=[export.pk])
    assert officer_client.get(file).status_code == 200
    assert file in officer_client.get(page).content.decode()
    assert "people" in doors(officer_client, page)
    monkeypatch.setattr(ListToExport, "may_be_taken_by", lambda *_: False)
    assert officer_client.get(file).status_code == 403
    answer = officer_client.get(page)
    assert "Not yours to fetch" in text_of(answer)
    assert file not in answer.content.decode()
    assert doors(officer_client, page) == {}
