from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from involvement.auditing.actors import Actor, job
from involvement.auditing.models import ViewLogEntry
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.exports import operations, queries, urls
from residents.exports.models import Export
from residents.people import operations as people
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.feeds.files import DOREEN, bring, counts, one

PURPOSE = "Invitations to the AGM of 3 March"


def asked(by: Actor, *, which: str = "people", form: str = "CSV", **narrowed: str) -> Export:
    wanted = queries.list_named(which)
    assert wanted is not None
    return operations.ask_for_export(
        wanted=wanted, narrowed=narrowed, form=form, purpose=PURPOSE, by=by, at=timezone.now()
    )


def read(export: Export) -> list[dict[str, str]]:
    assert export.file is not None
    with default_storage.open(export.file.path) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


@pytest.mark.parametrize("pattern", urls.desk, ids=lambda pattern: pattern.name)
def test_strangers_find_nothing_and_contributors_are_refused(
    stranger_client: Client, contributor_client: Client, pattern: URLPattern
) -> None:
    values: dict[str, Any] = {"pk": 1, "which": "people"}
    arguments = {name: values[name] for name in pattern.pattern.converters}
    page = reverse(f"exports:{pattern.name}", kwargs=arguments)
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(page).status_code == 403


def test_a_list_is_taken_out_from_its_page_for_a_purpose(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        make_person("Doreen Hackett (demo)")
        make_person("=cmd|' /C calc'!A0")
    link = reverse("exports:export_ask", args=["people"])
    assert link in officer_client.get(reverse("people:person_list")).content.decode()
    assert "The file will hold 2 rows" in text_of(officer_client.get(link))
    assert "in a few more words" in text_of(
        officer_client.post(link, {"purpose": "AGM", "form": "CSV"})
    )
    answer = officer_client.post(link, {"purpose": PURPOSE, "form": "CSV"}, follow=True)
    assert "The list “People” is ready below." in text_of(answer)
    with landlord_scope(poole):
        export = Export.objects.select_related("file").get()
        look = ViewLogEntry.objects.get()
        assert (look.kind, look.people, look.purpose) == ("EXPORTED", 2, PURPOSE)
        assert "took out People (2 rows)" in history_of(export)[0].sentence
        assert {row["Name"] for row in read(export)} == {
            "Doreen Hackett (demo)",
            "'=cmd|' /C calc'!A0",
        }
    file = officer_client.get(reverse("exports:export_file", args=[export.pk]))
    assert file["Cache-Control"] == "private, no-store"
    assert b"Doreen Hackett" in b"".join(file)


def test_the_list_is_as_narrow_as_its_page(in_poole: Landlord, officer: Actor) -> None:
    make_person("Doreen Hackett (demo)")
    make_person("Ron Marsh (demo)")
    assert [row["Name"] for row in read(asked(officer, q="ron"))] == ["Ron Marsh (demo)"]


@pytest.mark.parametrize("which", ["people", "homes", "took-part"])
def test_every_list_is_written_as_a_workbook_too(
    in_poole: Landlord, officer: Actor, which: str
) -> None:
    export = asked(officer, which=which, form="XLSX")
    assert export.file is not None
    with default_storage.open(export.file.path) as file:
        assert file.read(4) == b"PK\x03\x04"


def test_what_is_taken_out_and_brought_in_again_changes_nothing(
    in_poole: Landlord, officer: Actor
) -> None:
    people.found(by=job("a test"), at=timezone.now())
    bring(DOREEN, one(2))
    export = asked(officer)
    assert export.file is not None
    with default_storage.open(export.file.path) as file:
        data = file.read()
    assert counts(bring(data=data)) == (0, 0, 2, 0, 0)


def test_a_long_list_is_made_by_a_worker(
    in_poole: Landlord, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_AT_ONCE", 1)
    told: list[int] = []
    monkeypatch.setattr(operations, "enqueue", lambda name, export_id: told.append(export_id))
    make_person("Doreen Hackett (demo)")
    make_person("Ron Marsh (demo)")
    export = asked(officer)
    assert (export.state, told) == ("MAKING", [export.pk])
    made = operations.make_export(export=export, by=officer, at=timezone.now())
    assert made.state == "READY"
    assert len(read(made)) == 2
    again = operations.make_export(export=export, by=officer, at=timezone.now())
    assert again.file_id == made.file_id


def test_the_file_is_gone_after_a_week_and_the_row_stays(
    poole: Landlord,
    officer: Actor,
    officer_client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with landlord_scope(poole):
        export = asked(officer)
        assert export.file is not None
        path, page = export.file.path, reverse("exports:export_file", args=[export.pk])
        at = timezone.now() + dt.timedelta(days=6)
        assert operations.delete_expired(by=officer, at=at) == 0
        assert default_storage.exists(path)
        later = at + dt.timedelta(days=2)
        with django_capture_on_commit_callbacks(execute=True):
            assert operations.delete_expired(by=officer, at=later) == 1
        assert operations.delete_expired(by=officer, at=later) == 0
        export.refresh_from_db()
        assert export.state == "GONE"
        assert export.file_id is None
        assert not default_storage.exists(path)
    assert officer_client.get(page).status_code == 404
    assert PURPOSE in text_of(officer_client.get(reverse("exports:export_list")))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_of_lists_asks_as_much_however_long_it_is(
    poole: Landlord,
    officer: Actor,
    officer_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    with landlord_scope(poole):
        for _ in range(rows):
            asked(officer)
    officer_client.get(reverse("exports:export_list"))
    with django_assert_num_queries(8):
        officer_client.get(reverse("exports:export_list"))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("export_says_what_for", {"purpose": ""}),
        ("export_has_a_file_while_ready", {"state": "READY"}),
        (
            "export_expires_after_it_was_asked_for",
            {"expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        ),
    ],
)
def test_the_database_refuses(
    in_poole: Landlord, officer: Actor, constraint: str, values: dict[str, Any]
) -> None:
    now = timezone.now()
    row = {
        "which": "people",
        "title": "People",
        "form": "CSV",
        "purpose": PURPOSE,
        "asked_at": now,
        "expires_at": now + dt.timedelta(days=7),
        **officer.columns(),
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Export.objects.create(**{**row, **values})
