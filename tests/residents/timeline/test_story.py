"""A person's story, told by every capability that knows a part of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Actor
from involvement.auditing.models import ViewLogEntry
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.participation.operations import record_participation
from residents.people.models import Person
from residents.people.operations import add_home, move_in, person_left
from residents.timeline.ports import Moment, Teller, noon
from residents.timeline.queries import story_of
from tests.actionplans.asked import text_of
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

DAY = dt.date(2026, 3, 2)


def broken(person: Person, limit: int) -> Sequence[Moment]:
    raise RuntimeError("out of order")


BROKEN = Teller("what is out of order", Permission.PEOPLE_READ, broken)


def came(person: Person, day: dt.date, by: Actor, at: dt.datetime, label: str = "Fun day") -> None:
    record_participation(
        people=[person], kind="MEETING", label=label, began_on=day, channel="FACE", by=by, at=at
    )


def everything(_permission: Permission) -> bool:
    return True


def sentences(person: Person, limit: int = 20) -> list[str]:
    return [moment.sentence for moment in story_of(person, everything, limit).moments]


@pytest.mark.usefixtures("in_poole")
def test_what_several_capabilities_know_is_told_newest_first(
    officer: Actor, now: dt.datetime
) -> None:
    ada = make_person("Ada Coles (demo)")
    home = add_home(address="1 Quay\nPoole", by=officer, at=now)
    move_in(person=ada, home=home, capacity="TENANT", on=DAY, by=officer, at=now)
    came(ada, DAY + dt.timedelta(days=10), officer, now)
    make_feedback("The lift is out again", person=ada, said_on=DAY + dt.timedelta(days=5))
    person_left(person=ada, on=DAY + dt.timedelta(days=90), by=officer, at=now)
    ada.refresh_from_db()

    assert sorted(sentences(ada)[:2]) == ["Left our homes", "Moved out of 1 Quay"]
    assert sentences(ada)[2:] == [
        "Came to a meeting or event: Fun day",
        "Said: “The lift is out again”",
        "Moved into 1 Quay",
    ]


@pytest.mark.usefixtures("in_poole")
def test_only_the_newest_are_told_and_whether_there_are_older_ones(
    officer: Actor, now: dt.datetime
) -> None:
    ada, bea = make_person("Ada Coles (demo)"), make_person("Bea Coles (demo)")
    for number in range(3):
        came(ada, DAY + dt.timedelta(days=number), officer, now, label=f"Day {number}")
    came(bea, DAY, officer, now, label="Another's day")

    story = story_of(ada, everything, 2)
    assert [moment.sentence.split(": ")[1] for moment in story.moments] == ["Day 2", "Day 1"]
    assert story.has_more
    assert not story_of(ada, everything, 3).has_more


@pytest.mark.usefixtures("in_poole")
def test_nobody_reads_in_it_what_they_may_not_read() -> None:
    ada = make_person("Ada Coles (demo)")
    make_feedback("The lift is out again", person=ada)
    assert len(sentences(ada)) == 1

    story = story_of(ada, lambda permission: permission is not Permission.FEEDBACK_READ, 20)
    assert story.moments == []


@pytest.mark.usefixtures("in_poole")
def test_a_teller_that_fails_is_named_and_the_others_are_heard(
    officer: Actor, now: dt.datetime, settings: Any
) -> None:
    ada = make_person("Ada Coles (demo)")
    came(ada, DAY, officer, now)
    settings.TIMELINES = [f"{__name__}.BROKEN", *settings.TIMELINES]

    story = story_of(ada, everything, 20)
    assert len(story.moments) == 1
    assert story.missing == ["what is out of order"]


def test_the_day_alone_falls_on_that_day_in_summer_and_winter() -> None:
    assert noon(dt.date(2026, 7, 1)).isoformat() == "2026-07-01T12:00:00+01:00"
    assert noon(dt.date(2026, 1, 1)).isoformat() == "2026-01-01T12:00:00+00:00"


def test_the_page_shows_fifty_more_at_each_asking(
    poole: Landlord, officer_client: Client, officer: Actor, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        for number in range(51):
            came(ada, DAY + dt.timedelta(days=number), officer, now, label=f"Day {number}.")
    page = f"/desk/people/{ada.pk}/story/"

    assert "Everything that happened with Ada" in text_of(
        officer_client.get(f"/desk/people/{ada.pk}/")
    )
    first = text_of(officer_client.get(page))
    assert "Show what is older too" in first
    assert "Day 0." not in first
    assert "Day 0." in text_of(officer_client.get(page, {"shown": "100"}))
    assert "Show what is older too" in text_of(officer_client.get(page, {"shown": "-1²"}))


def test_looking_at_the_page_is_noted_and_strangers_find_nothing(
    poole: Landlord, officer_client: Client, stranger_client: Client, contributor_client: Client
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
    page = f"/desk/people/{ada.pk}/story/"
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(page).status_code == 403
    assert "Nothing has happened with them yet." in text_of(officer_client.get(page))
    with landlord_scope(poole):
        assert ViewLogEntry.objects.get().page == "their story"


def test_a_merged_number_leads_on_and_an_erased_person_has_no_story(
    poole: Landlord, officer_client: Client, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        stub = make_person("Ada Cole (demo)", merged_into=ada)
        gone = make_person("A resident", status="ERASED", status_on=now.date())
    response = officer_client.get(f"/desk/people/{stub.pk}/story/")
    assert response.headers["Location"] == f"/desk/people/{ada.pk}/story/"
    assert officer_client.get(f"/desk/people/{gone.pk}/story/").status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_asks_the_same_number_of_questions_at_any_size(
    poole: Landlord,
    officer_client: Client,
    officer: Actor,
    now: dt.datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        for number in range(size):
            came(ada, DAY, officer, now)
            make_feedback(f"Thing {number}", person=ada)
            home = add_home(address=f"{number} Quay", by=officer, at=now)
            move_in(person=ada, home=home, capacity="TENANT", on=DAY, by=officer, at=now)
    with django_assert_num_queries(28):
        officer_client.get(f"/desk/people/{ada.pk}/story/")


def test_the_persons_page_leads_to_their_story_and_to_the_telephone_screen(
    poole: Landlord, officer_client: Client, officer: Actor, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        ada = make_person("Ada Coles (demo)")
        came(ada, DAY, officer, now)
    page = officer_client.get(f"/desk/people/{ada.pk}/").content.decode()
    assert f'href="/desk/people/{ada.pk}/story/"' in page
    assert f'href="/desk/phone/{ada.pk}/"' in page
