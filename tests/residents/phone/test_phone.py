"""The screen for a telephone call: who rings, what we owe them, every act for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actionplans.feedback.models import Feedback
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Actor, Channel
from involvement.auditing.models import ViewLogEntry
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.interests.models import TenancyVisit
from residents.people.models import Person
from residents.phone.ports import Due, DueTeller
from residents.phone.queries import acts_for, dues_of
from residents.privacy.operations import requests
from tests.actionplans.asked import text_of
from tests.factories.decisions import make_decision, theme_of
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person


def broken(person: Person, today: dt.date) -> Sequence[Due]:
    raise RuntimeError("out of order")


BROKEN = DueTeller("what is out of order", Permission.PEOPLE_READ, broken)


def everything(_permission: Permission) -> bool:
    return True


def visit(person: Person, due_on: dt.date, now: dt.datetime, **fields: Any) -> TenancyVisit:
    row: TenancyVisit = TenancyVisit.objects.create(
        person=person,
        tenancy_began_on=due_on - dt.timedelta(days=42),
        due_on=due_on,
        recorded_at=now,
        by_kind="JOB",
        by_name="A test",
        by_channel="WEB",
        **fields,
    )
    return row


@pytest.mark.parametrize("keys", ["doo", "hac", "123", "bh1", "P77"])
def test_three_keys_find_who_is_ringing_and_open_their_screen(
    poole: Landlord, officer_client: Client, keys: str
) -> None:
    with landlord_scope(poole):
        dora = make_person(
            "Doortje Hackett (demo)",
            phone="01632 960 123",
            reference="P777",
            address="3 Drake Court\nBH15 1QT",
        )
        make_person("Ada Coles (demo)", address="1 Quay\nOX1 1AA")
    response = officer_client.get("/desk/phone/", {"who": keys})
    assert response.headers["Location"] == f"/desk/phone/{dora.pk}/"


def test_several_who_fit_are_listed_and_told_apart(poole: Landlord, officer_client: Client) -> None:
    with landlord_scope(poole):
        for number in range(9):
            make_person("Ada Coles (demo)", phone=f"01632 960 10{number}")
    words = text_of(officer_client.get("/desk/phone/", {"who": "cole"}))
    assert "Telephone 01632 960 100" in words
    assert "Telephone 01632 960 107" in words
    assert "01632 960 108" not in words
    assert "More people fit." in words


def test_as_they_type_only_the_callers_are_sent(poole: Landlord, officer_client: Client) -> None:
    with landlord_scope(poole):
        make_person("Ada Coles (demo)")
    response = officer_client.get("/desk/phone/", {"who": "ada"}, headers={"HX-Request": "true"})
    assert "Ada Coles (demo)" in text_of(response)
    assert "<h1" not in response.content.decode()


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("ad", "Write at least three letters or figures."), ("zzz", "Nobody fits")],
)
def test_too_little_and_nobody_are_said(officer_client: Client, who: str, sentence: str) -> None:
    assert sentence in text_of(officer_client.get("/desk/phone/", {"who": who}))


def test_nothing_is_done_for_or_owed_to_the_dead(
    poole: Landlord, officer_client: Client, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        visit(ada, timezone.localdate(now) - dt.timedelta(days=1), now)
    page = f"/desk/phone/{ada.pk}/"
    assert "Do it for them" in text_of(officer_client.get(page))
    assert "What we owe them" in text_of(officer_client.get(page))
    with landlord_scope(poole):
        Person.objects.filter(pk=ada.pk).update(status="DECEASED", status_on=now.date())

    words = text_of(officer_client.get(page))
    assert "Whoever rings about them is somebody else" in words
    assert "Do it for them" not in words
    assert "owe them" not in words


@pytest.mark.usefixtures("in_poole")
def test_what_we_owe_them_comes_late_first_and_what_is_coming_apart(
    officer: Actor, now: dt.datetime
) -> None:
    ada, bea = make_person("Ada Coles (demo)"), make_person("Bea Coles (demo)")
    today = timezone.localdate(now)
    make_feedback("The lift is out again", person=ada)
    make_feedback("Another's words", person=bea)
    visit(ada, today + dt.timedelta(days=9), now)
    visit(ada, today - dt.timedelta(days=1), now)
    requests.record_request(
        person=ada,
        asked_on=today,
        asked_how=Channel.PHONE,
        identity_words="Knew when they moved in",
        by=officer,
        at=now,
    )

    found = dues_of(ada, everything, today)

    assert [due.sentence for due in found.owed] == [
        "A visit in their new home",
        "Send what we keep about them",
        "An answer to “The lift is out again”",
    ]
    assert [due.sentence for due in found.coming] == ["A visit in their new home"]
    assert (found.late, found.missing) == (1, [])


@pytest.mark.usefixtures("in_poole")
def test_whoever_has_not_heard_of_a_decision_is_owed_it_until_they_have(
    now: dt.datetime,
) -> None:
    theme = theme_of(1)
    decision = make_decision(theme)
    person = Feedback.objects.filter(person__isnull=False).order_by("pk").first().person
    today = decision.told_due_on + dt.timedelta(days=1)

    owed = dues_of(person, everything, today).owed
    told = [due for due in owed if due.sentence.startswith("Tell them")]
    assert [(due.on, due.is_late) for due in told] == [(decision.told_due_on, True)]

    decision.replies.create(
        feedback=Feedback.objects.filter(person=person).first(),
        person=person,
        channel="PHONE",
        prepared_at=now,
        told_at=now,
        by_kind="JOB",
        by_name="A test",
        by_channel="WEB",
    )
    owed = dues_of(person, everything, today).owed
    assert not [due for due in owed if due.sentence.startswith("Tell them")]


@pytest.mark.usefixtures("in_poole")
def test_nobody_reads_a_due_they_may_not_and_one_that_fails_is_named(settings: Any) -> None:
    ada = make_person("Ada Coles (demo)")
    make_feedback("The lift is out again", person=ada)
    today = timezone.localdate()
    assert len(dues_of(ada, everything, today).owed) == 1
    may = {Permission.PEOPLE_READ}.__contains__
    assert dues_of(ada, may, today).owed == []

    settings.PHONE_DUES = [f"{__name__}.BROKEN", *settings.PHONE_DUES]
    found = dues_of(ada, everything, today)
    assert (len(found.owed), found.missing) == (1, ["what is out of order"])


def test_every_act_on_the_screen_opens_for_this_person(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        links = [link for _heading, rows in acts_for(ada, everything) for link in rows]
    screen = officer_client.get(f"/desk/phone/{ada.pk}/").content.decode()
    assert len(links) >= 10
    for label, url in links:
        assert label in screen
        response = officer_client.get(url, follow=True)
        assert response.status_code == 200, url
        if url != reverse("privacy:complaint_add"):
            assert "Ada Coles" in response.content.decode(), url


@pytest.mark.usefixtures("in_poole")
def test_acts_that_are_not_allowed_are_not_offered() -> None:
    ada = make_person("Ada Coles (demo)")
    labels = [
        label
        for _heading, rows in acts_for(ada, {Permission.PEOPLE_READ}.__contains__)
        for label, _url in rows
    ]
    assert labels == ["What they may join", "Who may act for them"]


def test_strangers_find_nothing_and_looking_is_noted(
    poole: Landlord, officer_client: Client, stranger_client: Client, contributor_client: Client
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
    for page in ("/desk/phone/", f"/desk/phone/{ada.pk}/"):
        assert stranger_client.get(page).status_code == 404
        assert contributor_client.get(page).status_code == 403
    assert "We owe them nothing." in text_of(officer_client.get(f"/desk/phone/{ada.pk}/"))
    with landlord_scope(poole):
        assert ViewLogEntry.objects.get().page == "the telephone screen"


def test_a_merged_number_leads_on_and_an_erased_person_does_not_ring(
    poole: Landlord, officer_client: Client, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        stub = make_person("Ada Cole (demo)", merged_into=ada)
        gone = make_person("A resident", status="ERASED", status_on=now.date())
    response = officer_client.get(f"/desk/phone/{stub.pk}/")
    assert response.headers["Location"] == f"/desk/phone/{ada.pk}/"
    assert officer_client.get(f"/desk/phone/{gone.pk}/").status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_screen_asks_the_same_number_of_questions_at_any_size(
    poole: Landlord,
    officer_client: Client,
    now: dt.datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        for number in range(size):
            make_feedback(f"Thing {number}", person=ada)
            visit(ada, timezone.localdate(now) + dt.timedelta(days=number), now)
    with django_assert_num_queries(59):
        officer_client.get(f"/desk/phone/{ada.pk}/")


@pytest.mark.parametrize("size", [2, 6])
def test_the_callers_ask_the_same_number_of_questions_at_any_size(
    poole: Landlord,
    officer_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    with landlord_scope(poole):
        for _ in range(size):
            make_person("Ada Coles (demo)")
    with django_assert_num_queries(8):
        officer_client.get("/desk/phone/", {"who": "ada"})


def test_the_page_begun_for_a_caller_writes_down_that_they_took_part(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        make_person("Ada Coles (demo)")
        urls = dict(link for _heading, rows in acts_for(ada, everything) for link in rows)
    page = officer_client.get(urls["Write down that they took part"])
    people = page.context["form"]["people"].value()
    fact = {"kind": "MEETING", "label": "Fun day", "began_on": "2026-06-10", "channel": "FACE"}
    officer_client.post("/desk/took-part/record/", {**fact, "people": people})
    with landlord_scope(poole):
        assert list(ada.participations.values_list("label", flat=True)) == ["Fun day"]
