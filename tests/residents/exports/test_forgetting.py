"""No file of a list outlives the erasure of somebody it may name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.exports import operations, queries
from residents.exports.holding import WHAT
from residents.exports.models import Export
from residents.people.models import Person
from residents.privacy.models import Erasure
from residents.privacy.operations import erasing
from tests.actionplans.asked import text_of
from tests.factories.people import make_person

NAME = "Doreen Quillfeather (demo)"


def asked(by: Actor, at: dt.datetime, *, form: str = "CSV", **narrowed: str) -> Export:
    wanted = queries.list_named("people")
    assert wanted is not None
    return operations.ask_for_export(
        wanted=wanted, narrowed=narrowed, form=form, purpose="Letters to ten of them", by=by, at=at
    )


def erase(person: Person, by: Actor, at: dt.datetime) -> Erasure:
    erasure = erasing.propose(person=person, reason="ASKED", asked_on=at.date(), by=by, at=at)
    return erasing.erase(erasure=erasure, by=by, at=at)


def content(path: str) -> bytes:
    with default_storage.open(path) as file:
        return bytes(file.read())


@pytest.mark.parametrize("form", ["CSV", "XLSX"])
def test_the_files_go_with_the_person_and_the_page_says_why(
    poole: Landlord,
    officer: Actor,
    officer_client: Client,
    now: dt.datetime,
    django_capture_on_commit_callbacks: Any,
    form: str,
) -> None:
    with landlord_scope(poole):
        doreen = make_person(NAME)
        export = asked(officer, now, form=form, q="quillfeather")
        assert export.file is not None
        path = export.file.path
        assert form == "XLSX" or b"Quillfeather" in content(path)
        page = reverse("exports:export_file", args=[export.pk])
    assert officer_client.get(page).status_code == 200
    with landlord_scope(poole), django_capture_on_commit_callbacks(execute=True):
        erase(doreen, officer, now)
    with landlord_scope(poole):
        export.refresh_from_db()
        assert (export.state, export.file_id) == ("ERASED", None)
        assert export.narrowed == {"q": "A resident"}
        assert not default_storage.exists(path)
        assert "may have held somebody who was erased" in history_of(export)[0].sentence
    assert officer_client.get(page).status_code == 404
    shown = text_of(officer_client.get(reverse("exports:export_list")))
    assert "Somebody was erased, and this file may have named them." in shown
    assert "uillfeather" not in shown


def test_what_will_happen_and_the_receipt_say_how_many(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    doreen, other = make_person(NAME), make_person("D Quillfeather (demo)")
    other.merged_into = doreen
    other.save()
    asked(officer, now)
    asked(officer, now, q="marsh")
    said = [count for count in erasing.preview(doreen).counts if count.what == WHAT]
    assert [(count.kept, count.deleted) for count in said] == [(0, 2)]
    receipt = erase(doreen, officer, now)
    assert {"what": WHAT, "kept": 0, "deleted": 2} in receipt.counts
    assert [one.narrowed for one in queries.exports()] == [{"q": "marsh"}, {}]


def test_a_list_of_the_day_after_is_left(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    erase(make_person(NAME), officer, now)
    assert asked(officer, now).state == "READY"


def test_no_list_is_written_while_somebody_is_erased(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    asked(officer, now)
    assert ("ShareLock",) in _locks()
    operations.forget_files(person=make_person(NAME), by=officer, at=now)
    assert ("ExclusiveLock",) in _locks()


def _locks() -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        return list(cursor.fetchall())
