"""The uninvolved, and the groups to reach."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from involvement.landlords.models import Landlord
from residents.interests.models import (
    GroupNote,
    GroupPartner,
    GroupToReach,
    Method,
)
from residents.interests.queries import Wishes
from residents.interests.queries.uninvolved import months_before, uninvolved_since
from residents.participation.models import Participation
from residents.people.models import Person
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.interests.wanting import BY, keep, today


def test_the_uninvolved_are_those_who_took_part_in_nothing_since(
    officer_client: Client, person: Person, meetings: Method
) -> None:
    member, lately, left = (
        make_person("Member (demo)"),
        make_person("Lately (demo)"),
        make_person("Left (demo)", status="LEFT", status_on=today()),
    )
    facts = {"channel": "FACE", "recorded_at": timezone.now(), **BY}
    old = today() - dt.timedelta(days=800)
    Participation.objects.create(person=member, kind="MEMBER", label="Panel", began_on=old, **facts)
    Participation.objects.create(person=person, kind="MEETING", label="Fair", began_on=old, **facts)
    Participation.objects.create(
        person=lately, kind="MEETING", label="Fair", began_on=today(), **facts
    )
    keep(left, Wishes((), (meetings,)))
    since = months_before(today(), 12)
    assert list(uninvolved_since(since)) == [person]
    assert list(uninvolved_since(since, interested_only=True)) == []
    keep(person, Wishes((), (meetings,)))
    assert list(uninvolved_since(since, interested_only=True)) == [person]
    shown = text_of(officer_client.get("/desk/interests/uninvolved/"))
    assert "1 resident has taken part in nothing since" in shown
    assert person.name in shown


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 3, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 1, 15), 12, dt.date(2025, 1, 15)),
        (dt.date(2026, 1, 1), 1, dt.date(2025, 12, 1)),
    ],
)
def test_months_are_counted_back_to_a_day_there_is(
    day: dt.date, months: int, before: dt.date
) -> None:
    assert months_before(day, months) == before


def test_groups_to_reach_are_kept_with_partners_and_what_was_done(
    officer_client: Client, in_poole: Landlord
) -> None:
    form = {"name": "Young people", "why": "Hardly any come."}
    officer_client.post("/desk/reach/add/", form)
    group = GroupToReach.objects.get()
    page = f"/desk/reach/{group.pk}/"
    partner = {"partner-name": "Youth club", "partner-phone": "01632 960 417"}
    officer_client.post(f"{page}partner/", partner)
    again = officer_client.post(f"{page}partner/", partner)
    assert "This partner is in the list already." in text_of(again)
    officer_client.post(
        f"{page}note/", {"note-words": "Met them", "note-done_on": today().isoformat()}
    )
    shown = text_of(officer_client.get(page))
    assert "Youth club" in shown
    assert "Met them" in shown
    officer_client.post(f"{page}partner/{GroupPartner.objects.get().pk}/end/")
    assert "Nobody helps yet." in text_of(officer_client.get(page))
    officer_client.post(f"{page}change/", {**form, "plan": "Go to the club"})
    officer_client.post(f"{page}put/")
    group.refresh_from_db()
    assert (group.plan, group.archived_at is not None) == ("Go to the club", True)
    assert GroupNote.objects.count() == 1
