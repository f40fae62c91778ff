"""Links for colleagues who never sign in, and reminders that go once."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, Plan, ProgressNote, Reminder, UpdateLink
from actionplans.plans.operations import planning
from actionplans.plans.operations.progress import make_update_link, record_progress
from actionplans.plans.operations.reminding import remind
from actionplans.plans.tasks import remind_everybody
from involvement.accounts.models import Membership, StaffMember
from involvement.accounts.permissions import Role
from involvement.auditing.actors import Actor, job
from involvement.auditing.queries import history_of
from involvement.delivery.models import Message
from involvement.isolation import no_scope
from involvement.landlords.models import Landlord
from tests.factories.plans import make_agreed_plan, make_line

JOB = job("The morning's reminders")


def link_in(body: str) -> str:
    match = re.search(r"https?://[^\s]+(/update/[^\s]+)", body)
    assert match is not None
    return match[1]


@pytest.fixture
def sam(in_poole: Landlord) -> StaffMember:
    """Sam Reed (demo) works for Poole and never signs in."""
    made: StaffMember = StaffMember.objects.create(
        name="Sam Reed (demo)", initials="SR", email="sam@poole.example"
    )
    return made


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_agreed_plan()


@pytest.fixture
def line(plan: Plan, sam: StaffMember) -> Line:
    make_line(plan, "A line about something else")
    return make_line(plan, "Begin road shows", owner_words="SR", deadline_words="June 2030")


def sent_link(client: Client, line: Line) -> str:
    address = reverse("plans:line_send_link", args=[line.pk])
    assert "Sam Reed (demo)" in client.get(address).content.decode()
    client.post(address, {"name": "Sam Reed (demo)", "email": "sam@poole.example"})
    return link_in(Message.objects.get().body)


def test_a_colleague_updates_one_line_and_sees_nothing_else(
    officer_client: Client, visitor: Client, line: Line
) -> None:
    address = sent_link(officer_client, line)
    asked = officer_client.get(reverse("plans:line_detail", args=[line.pk])).content.decode()
    assert "Sam Reed (demo) can update this line until" in asked
    assert "and has not opened it yet" in asked
    response = visitor.get(address)
    page = response.content.decode()
    assert "Begin road shows" in page
    assert "A line about something else" not in page
    assert "/desk/" not in page
    assert response["Cache-Control"] == "no-store"
    sent = {"words": "Vans are booked", "status": "ON_TRACK", "form_key": str(uuid.uuid4())}
    for _ in range(2):
        assert "Thank you. It is noted." in visitor.post(address, sent).content.decode()
    note = ProgressNote.objects.get()
    assert (note.by_words, note.status) == ("Sam Reed (demo), by e-mail", "ON_TRACK")
    line.refresh_from_db()
    assert line.status == "ON_TRACK"
    assert history_of(line)[0].by_name == "Sam Reed (demo)"


def test_an_officer_is_not_offered_her_own_address(
    officer_client: Client, line: Line, sam: StaffMember
) -> None:
    address = reverse("plans:line_send_link", args=[line.pk])
    assert sam.email in officer_client.get(address).content.decode()
    Membership.objects.filter(role=Role.OFFICER).update(staff=sam)
    assert sam.email not in officer_client.get(address).content.decode()


def test_a_note_that_names_somebody_stays_with_staff_both_ways(
    officer_client: Client, visitor: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    record_progress(line=line, words="The van is booked", by=officer, at=now - dt.timedelta(days=1))
    record_progress(line=line, words="Mrs Quill was out", names_somebody=True, by=officer, at=now)
    address = sent_link(officer_client, line)
    page = visitor.get(address).content.decode()
    assert "The van is booked" in page
    assert "Mrs Quill" not in page
    assert "Residents may read them as you write them." in page

    sent = {"words": "Mr Quill let us in", "names_somebody": "on", "form_key": str(uuid.uuid4())}
    visitor.post(address, sent)
    note = ProgressNote.objects.get(words="Mr Quill let us in")
    assert note.names_somebody
    assert "Mr Quill" not in visitor.get(address).content.decode()


def test_an_officer_says_afterwards_that_a_note_names_somebody(
    officer_client: Client, stranger_client: Client, line: Line, officer: Actor, now: dt.datetime
) -> None:
    note = record_progress(line=line, words="Mrs Quill was out", by=officer, at=now)
    mark = reverse("plans:note_mark", args=[note.pk])
    assert mark in officer_client.get(reverse("plans:line_detail", args=[line.pk])).text
    assert stranger_client.post(mark, {"names": "yes"}).status_code == 404

    said = officer_client.post(mark, {"names": "yes"}, follow=True)
    note.refresh_from_db()
    assert note.names_somebody
    assert "Only staff read that note now." in said.text
    assert "names somebody, so that only staff read it" in history_of(line)[0].sentence

    officer_client.post(mark, {"names": "no"})
    note.refresh_from_db()
    assert not note.names_somebody


def test_only_a_hash_of_the_token_is_kept(officer_client: Client, line: Line) -> None:
    token = sent_link(officer_client, line).split("/")[2]
    link = UpdateLink.objects.get()
    assert token not in link.token_hash
    assert len(link.token_hash) == 64


@pytest.mark.parametrize("what", ["withdrawn", "expired", "wrong", "archived"])
def test_a_link_that_no_longer_works_says_whom_to_ask(
    officer_client: Client, visitor: Client, line: Line, officer: Actor, now: dt.datetime, what: str
) -> None:
    Landlord.objects.filter(slug="poole").update(contact_phone="01632 960 112")
    address = sent_link(officer_client, line)
    assert visitor.get(address).status_code == 200
    if what == "withdrawn":
        pk = UpdateLink.objects.get().pk
        officer_client.post(reverse("plans:update_link_withdraw", args=[pk]))
    elif what == "expired":
        UpdateLink.objects.update(sent_at=now - dt.timedelta(days=9), expires_at=now)
    elif what == "archived":
        planning.archive_plan(plan=line.plan, by=officer, at=now)
    else:
        address = f"{address[:-5]}xxxx/"
    response = visitor.get(address)
    assert response.status_code == 404
    assert "Begin road shows" not in response.content.decode()
    assert "01632 960 112" in response.content.decode()
    posted = visitor.post(address, {"words": "Still here", "form_key": str(uuid.uuid4())})
    assert posted.status_code == 404
    assert not ProgressNote.objects.exists()


def test_a_link_of_another_landlord_opens_nothing_here(
    officer_client: Client, oxford: Landlord, line: Line
) -> None:
    address = sent_link(officer_client, line)
    with no_scope():
        elsewhere = Client(headers={"host": "oxford.localhost"}).get(address)
    assert elsewhere.status_code == 404


def due_in(line: Line, days: int) -> None:
    Line.objects.filter(pk=line.pk).update(due_on=timezone.localdate() + dt.timedelta(days=days))


def run(landlord: Landlord) -> int:
    return remind(
        landlord=landlord,
        url_of=lambda token: f"https://poole.example/update/{token}/",
        by=JOB,
        at=timezone.now(),
    )


@pytest.mark.parametrize(("days", "kind"), [(14, "BEFORE"), (0, "BEFORE"), (-1, "AFTER")])
def test_a_reminder_goes_once_however_often_the_task_runs(
    in_poole: Landlord, line: Line, days: int, kind: str
) -> None:
    due_in(line, days)
    assert [run(in_poole), run(in_poole), run(in_poole)] == [1, 0, 0]
    assert Reminder.objects.get().kind == kind
    message = Message.objects.get()
    assert message.to_address == "sam@poole.example"
    assert "Begin road shows" in message.body


@pytest.mark.parametrize("days", [15, -32])
def test_nobody_is_written_to_too_early_or_about_what_is_long_past(
    in_poole: Landlord, line: Line, days: int
) -> None:
    due_in(line, days)
    assert run(in_poole) == 0


def test_before_and_after_are_two_reminders_and_a_new_date_a_third(
    in_poole: Landlord, line: Line
) -> None:
    for days in (3, -1, 7):
        due_in(line, days)
        assert run(in_poole) == 1
    assert Reminder.objects.count() == 3


def test_what_is_done_or_archived_is_left_in_peace(
    in_poole: Landlord, line: Line, officer: Actor, now: dt.datetime
) -> None:
    due_in(line, 3)
    Line.objects.filter(pk=line.pk).update(status="DONE")
    assert run(in_poole) == 0
    Line.objects.filter(pk=line.pk).update(status="ON_TRACK")
    planning.archive_plan(plan=line.plan, by=officer, at=now)
    assert run(in_poole) == 0


def test_one_owner_gets_one_e_mail_for_many_lines(
    in_poole: Landlord, plan: Plan, line: Line
) -> None:
    other = make_line(plan, "Hold a café", owner_words="SR")
    for each in (line, other):
        due_in(each, 5)
    assert run(in_poole) == 1
    body = Message.objects.get().body
    assert body.count("/update/") == 2
    assert "Hold a café" in body


def test_without_an_owner_the_officer_is_written_to(in_poole: Landlord, plan: Plan) -> None:
    in_poole.contact_name, in_poole.contact_email = "Jean Marlow (demo)", "jean@poole.example"
    in_poole.save()
    line = make_line(plan, "Nobody's line")
    due_in(line, 5)
    assert run(in_poole) == 1
    assert Message.objects.get().to_address == "jean@poole.example"


def test_each_morning_every_landlord_is_served_and_the_links_work(
    in_poole: Landlord,
    oxford: Landlord,
    visitor: Client,
    line: Line,
    django_capture_on_commit_callbacks: Any,
) -> None:
    due_in(line, 5)
    with django_capture_on_commit_callbacks(execute=True), no_scope():
        remind_everybody()
        remind_everybody()
    assert Reminder.objects.count() == 1
    assert [message.to for message in mail.outbox] == [["sam@poole.example"]]
    body = str(mail.outbox[0].body)
    assert "http://localhost:8000/at/poole/update/" in body
    assert "Begin road shows" in visitor.get(link_in(body)).content.decode()


def test_a_made_link_lasts_45_days(line: Line, officer: Actor, now: dt.datetime) -> None:
    link, token = make_update_link(
        line=line, name="Sam", email="sam@poole.example", staff=None, by=officer, at=now
    )
    assert link.expires_at - link.sent_at == dt.timedelta(days=45)
    assert len(token) > 40
