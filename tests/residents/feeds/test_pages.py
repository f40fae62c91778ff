from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import DjangoAssertNumQueries

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds import urls
from residents.feeds.models import Intake, Mode, Source, StagedRow, Token
from residents.people.models import Person
from tests.actionplans.asked import text_of
from tests.residents.feeds.files import bring, csv_of, one, the_source


@pytest.fixture
def source(poole: Landlord) -> Source:
    with landlord_scope(poole):
        return the_source()


def sent(client: Client, source: Source, data: bytes, *, mode: str = Mode.DELTA) -> str:
    """Send a file on its page; the address of what follows."""
    file = SimpleUploadedFile("people.csv", data, content_type="text/csv")
    page = reverse("feeds:intake_send", args=[source.pk])
    answer = client.post(page, {"file": file, "mode": mode})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


@pytest.mark.parametrize("pattern", urls.desk, ids=lambda pattern: pattern.name)
def test_strangers_find_nothing_and_contributors_are_refused(
    stranger_client: Client, contributor_client: Client, pattern: URLPattern
) -> None:
    arguments = {"pk": 1} if "pk" in pattern.pattern.converters else {}
    page = reverse(f"feeds:{pattern.name}", kwargs=arguments)
    method = (
        "post"
        if pattern.name
        in {"source_archive", "token_make", "token_revoke", "intake_confirm", "intake_aside"}
        else "get"
    )
    assert getattr(stranger_client, method)(page).status_code == 404
    assert getattr(contributor_client, method)(page).status_code == 403


def test_a_list_is_looked_at_before_it_is_brought_in(
    poole: Landlord, officer_client: Client, source: Source
) -> None:
    with landlord_scope(poole):
        bring(one(1))
    rows = [{**one(1), "Title": "Ms"}, one(2), {**one(3), "DOB": "31/02/1950"}]
    page = sent(officer_client, source, csv_of(*rows))
    shown = text_of(officer_client.get(page))
    assert "3 rows read. Nothing is written yet." in shown
    assert "is no day of any calendar" in shown
    changed = text_of(officer_client.get(page, {"show": "changed"}))
    assert "title: Mrs → Ms" in changed
    assert "2 Drake Court, Poole" in text_of(officer_client.get(page, {"show": "new"}))
    with landlord_scope(poole):
        assert Person.objects.count() == 1
        intake = Intake.objects.get(state="PREVIEW")
    answer = officer_client.post(reverse("feeds:intake_confirm", args=[intake.pk]), follow=True)
    assert "3 rows read: 1 new, 1 changed, 1 refused." in text_of(answer)
    with landlord_scope(poole):
        assert Person.objects.count() == 2
        intake.refresh_from_db()
        assert (intake.state, intake.file) == ("DONE", None)
        assert not StagedRow.objects.exists()


def test_refused_rows_are_taken_home_with_their_reason(
    poole: Landlord, officer_client: Client, source: Source
) -> None:
    bad = {**one(3), "DOB": "31/02/1950", "Name": "=1+1"}
    page = sent(officer_client, source, csv_of(one(1), bad))
    file = officer_client.get(f"{page}refused.csv")
    text = b"".join(file).decode("utf-8-sig")
    headings, row = list(csv.reader(io.StringIO(text)))
    assert headings[:3] == ["Why it was refused", "Row", "Person Ref"]
    assert row[0].startswith("The date of birth “31/02/1950” is no day")
    assert row[1:3] == ["3", "P003"]
    assert row[4] == "'=1+1"


def test_columns_are_chosen_where_the_headings_do_not_say(
    poole: Landlord, officer_client: Client, source: Source
) -> None:
    data = csv_of(one(1)).replace(b"Person Ref", b"Wer", 1)
    page = sent(officer_client, source, data)
    assert page.endswith("/columns/")
    form = officer_client.get(page).context["form"]
    choices = {name: form[name].value() or "" for name in form.fields}
    wer = next(name for name in form.fields if form.fields[name].label == "Wer")
    answer = officer_client.post(page, {**choices, wer: "reference"}, follow=True)
    assert "1 row read. Nothing is written yet." in text_of(answer)
    with landlord_scope(poole):
        source.refresh_from_db()
        assert source.choices["Wer"] == ["reference"]
    again = sent(officer_client, source, data)
    assert not again.endswith("/columns/")


def test_a_file_that_cannot_be_read_is_not_kept(
    poole: Landlord, officer_client: Client, source: Source
) -> None:
    file = SimpleUploadedFile("people.csv", b'Person Ref,Name\nP1,"Unclosed', "text/csv")
    page = reverse("feeds:intake_send", args=[source.pk])
    answer = officer_client.post(page, {"file": file, "mode": "DELTA"})
    assert "A quotation mark is opened and never closed." in text_of(answer)
    with landlord_scope(poole):
        assert not Intake.objects.exists()


def test_too_many_leavers_ask_for_a_tick(
    poole: Landlord, officer_client: Client, source: Source
) -> None:
    rows = [one(number) for number in range(1, 6)]
    with landlord_scope(poole):
        bring(*rows, mode=Mode.FULL)
    page = sent(officer_client, source, csv_of(*rows[:3]), mode=Mode.FULL)
    shown = text_of(officer_client.get(page))
    assert "2 people of 5 would count as gone" in shown
    assert "more than the 10 per cent" in shown
    assert "Resident 4 (demo)" in text_of(officer_client.get(page, {"show": "leavers"}))
    confirm = f"{page}bring-in/"
    assert "would have left" in text_of(officer_client.post(confirm, follow=True))
    with landlord_scope(poole):
        assert not Person.objects.filter(status="LEFT").exists()
    officer_client.post(confirm, {"allow_leavers": "on"})
    with landlord_scope(poole):
        assert Person.objects.filter(status="LEFT").count() == 2


def test_a_long_list_is_left_to_a_worker(
    poole: Landlord, officer_client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("residents.feeds.views.intakes.MOST_AT_ONCE", 1)
    page = sent(officer_client, source, csv_of(one(1), one(2)))
    officer_client.post(f"{page}bring-in/")
    with landlord_scope(poole):
        intake = Intake.objects.get()
        assert intake.state in {"WORKING", "DONE"}
        if intake.state == "WORKING":
            from residents.feeds.tasks import bring_in  # noqa: PLC0415 -- as a worker would

            bring_in(intake_id=intake.pk)
        assert Person.objects.count() == 2
        intake.refresh_from_db()
        assert intake.state == "DONE"


def test_a_list_is_set_aside(poole: Landlord, officer_client: Client, source: Source) -> None:
    page = sent(officer_client, source, csv_of(one(1)))
    officer_client.post(f"{page}set-aside/")
    with landlord_scope(poole):
        assert Intake.objects.get().state == "ASIDE"
    assert "was set aside" in text_of(officer_client.post(f"{page}bring-in/", follow=True))


def test_sources_are_added_changed_and_put_away(poole: Landlord, officer_client: Client) -> None:
    values = {"name": "Northgate", "mode": "FULL", "leaver_share": "5", "picks_up": "on"}
    answer = officer_client.post(reverse("feeds:source_add"), values, follow=True)
    assert "Northgate is among your sources." in text_of(answer)
    answer = officer_client.post(reverse("feeds:source_add"), values)
    assert "You have a source of this name already." in text_of(answer)
    with landlord_scope(poole):
        source = Source.objects.get()
    change = reverse("feeds:source_change", args=[source.pk])
    assert "Write a share" in text_of(
        officer_client.post(change, {**values, "leaver_share": "101"})
    )
    officer_client.post(change, {**values, "leaver_share": "20"})
    with landlord_scope(poole):
        assert Source.objects.get().leaver_share == 20
    officer_client.post(reverse("feeds:source_archive", args=[source.pk]))
    assert officer_client.get(reverse("feeds:source_detail", args=[source.pk])).status_code == 404


def test_nothing_is_picked_up_where_there_is_no_folder(
    poole: Landlord, officer_client: Client, settings: Any
) -> None:
    settings.FEED_FOLDER = ""
    values = {"name": "Northgate", "mode": "FULL", "leaver_share": "5", "picks_up": "on"}
    answer = officer_client.post(reverse("feeds:source_add"), values)
    assert "This installation has no folder for lists." in text_of(answer)
    with landlord_scope(poole):
        assert not Source.objects.exists()


def test_a_token_is_shown_once_and_revoked(
    poole: Landlord, officer_client: Client, source: Source
) -> None:
    page = reverse("feeds:source_detail", args=[source.pk])
    made = officer_client.post(reverse("feeds:token_make", args=[source.pk]), {"name": "Nightly"})
    with landlord_scope(poole):
        token = Token.objects.get()
    shown = made.context["shown"]
    assert shown in text_of(made)
    assert shown not in token.digest
    assert shown not in text_of(officer_client.get(page))
    officer_client.post(reverse("feeds:token_revoke", args=[token.pk]))
    assert "Revoked" in text_of(officer_client.get(page))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_same_number_of_questions_however_much_there_is(
    poole: Landlord,
    officer_client: Client,
    source: Source,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    with landlord_scope(poole):
        for number in range(rows):
            bring(one(number + 1))
    page = sent(officer_client, source, csv_of(*(one(number) for number in range(50, 50 + rows))))
    officer_client.get(page)
    with django_assert_num_queries(10):
        officer_client.get(page)
    with django_assert_num_queries(11):
        officer_client.get(reverse("feeds:feed_list"))
