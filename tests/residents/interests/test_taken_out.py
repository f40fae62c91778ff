from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Subject
from residents.interests import operations
from residents.interests.models import Method
from residents.interests.queries import Wishes
from residents.participation.models import Participation
from residents.people.models import Home, Person
from tests.factories.people import make_person
from tests.residents.exports.taken import asked_for, doors, take, taken
from tests.residents.preferences.said import CLERK, heard

LISTS = {
    "uninvolved": "interests:uninvolved",
    "visits": "interests:visit_list",
    "expressions": "interests:queue",
    "wishes": "interests:queue",
    "groups-to-reach": "interests:group_list",
}


def ago(months: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=31 * months)


def wish(person: Person, *subjects: str, minutes: int | None = None) -> None:
    chosen = [Subject.objects.get_or_create(name=name)[0] for name in subjects]
    way, _new = Method.objects.get_or_create(name="Meetings")
    operations.set_wishes(
        person=person,
        wishes=Wishes(tuple(chosen), (way,), minutes),
        heard=heard(),
        by=CLERK,
        at=timezone.now(),
    )


def a_row_in_each(name: str = "Doreen Hackett (demo)") -> Person:
    """Somebody who stands in every one of the five lists."""
    home = Home.objects.create(
        address="3 Drake Court", postcode="BH15 1AA", created_at=timezone.now()
    )
    person = make_person(name, home=home, reference=f"T{name}")
    wish(person, "Lifts", minutes=120)
    now = timezone.now()
    operations.due_visit(person=person, tenancy_began_on=ago(1), by=CLERK, at=now)
    operations.express(
        person=person,
        wishes=Wishes((Subject.objects.get(name="Lifts"),), (), 60),
        said="Mend the lift.",
        heard=heard(),
        by=CLERK,
        at=now,
    )
    group = operations.add_group(
        values={"name": f"Group of {name}", "why": "Nobody asked.", "plan": "Ask."},
        by=CLERK,
        at=now,
    )
    values = {"name": "Age Concern (demo)", "contact_name": "", "phone": "", "email": ""}
    operations.add_partner(group=group, values={**values, "notes": ""}, by=CLERK, at=now)
    operations.note_progress(
        group=group, done_on=timezone.localdate(), words="Asked.", by=CLERK, at=now
    )
    return person


@pytest.mark.parametrize(("which", "listed"), LISTS.items())
def test_each_page_leads_to_the_door_and_the_file_holds_what_it_lists(
    poole: Landlord, officer_client: Client, which: str, listed: str
) -> None:
    with landlord_scope(poole):
        a_row_in_each("=HYPERLINK(1)")
    address = doors(officer_client, reverse(listed))[which]
    rows = take(officer_client, address)
    assert len(rows) == 1
    name = rows[0].get("Name", rows[0].get("Who they are"))
    # A name that a spreadsheet would run is neutralised; a group's begins with a letter
    assert name == ("Group of =HYPERLINK(1)" if listed.endswith("group_list") else "'=HYPERLINK(1)")


@pytest.mark.parametrize("which", LISTS)
def test_a_list_asks_as_often_for_three_as_for_one(in_poole: Landlord, which: str) -> None:
    a_row_in_each("Ada Coles (demo)")
    one = asked_for(which)
    a_row_in_each("Ben Lake (demo)")
    a_row_in_each("Cat Moss (demo)")
    assert (len(taken(which)), asked_for(which)) == (3, one)


def test_the_uninvolved_are_those_of_the_page(in_poole: Landlord) -> None:
    never, once, lately = (make_person(f"{name} (demo)") for name in ("Ada", "Ben", "Cat"))
    for person, day in ((once, ago(20)), (once, ago(30)), (lately, ago(1))):
        Participation.objects.create(
            person=person,
            kind=Participation.Kind.MEETING,
            label="AGM",
            began_on=day,
            recorded_at=timezone.now(),
            **CLERK.columns(),
        )
    wish(never, "Lifts")
    found = [(row["Name"], row["Last took part"]) for row in taken("uninvolved", who="all")]
    assert found == [("Ada (demo)", "never"), ("Ben (demo)", ago(20).isoformat())]
    assert [row["Name"] for row in taken("uninvolved")] == ["Ada (demo)"]
    longer = [row["Name"] for row in taken("uninvolved", who="all", months="24")]
    assert longer == ["Ada (demo)"]
    assert [row["Name"] for row in taken("uninvolved", months="nonsense")] == ["Ada (demo)"]


def test_the_link_narrows_as_the_page_does(officer_client: Client) -> None:
    page = reverse("interests:uninvolved")
    address = doors(officer_client, f"{page}?months=24&who=all&page=1")["uninvolved"]
    assert address.endswith("/uninvolved/?months=24&who=all")


def test_visits_are_those_to_make_those_made_those_set_aside_or_all(
    in_poole: Landlord, jean: Membership, officer_client: Client
) -> None:
    names = ("Ada (demo)", "Ben (demo)", "Cat (demo)")
    now, visits = timezone.now(), []
    for name in names:
        person = make_person(name, address="9 Elm Row")
        visits.append(
            operations.due_visit(person=person, tenancy_began_on=ago(1), by=CLERK, at=now)
        )
    assert jean.staff is not None
    way = Method.objects.create(name="Home visits")
    operations.make_visit(
        visit=visits[1],
        on=timezone.localdate(),
        officer=jean.staff,
        discussed="The bins",
        methods=[way],
        wishes=Wishes(),
        by=CLERK,
        at=now,
    )
    operations.set_aside(visit=visits[2], why="They moved on", by=CLERK, at=now)
    page = reverse("interests:visit_list")
    for show, expected in (("", names[:1]), ("made", names[1:2]), ("aside", names[2:])):
        rows = taken("visits", show=show)
        assert [row["Name"] for row in rows] == list(expected)
        text = officer_client.get(f"{page}?show={show}").content.decode()
        assert [name for name in names if name in text] == list(expected)
    every = {row["Name"]: row for row in taken("visits", show="all")}
    assert set(every) == set(names)
    assert every["Ben (demo)"]["Ways talked about"] == "Home visits"
    assert every["Ben (demo)"]["By"] == str(jean.staff)
    assert every["Cat (demo)"]["Why not"] == "They moved on"
    assert every["Ada (demo)"]["Home"] == "9 Elm Row"
    text = officer_client.get(f"{page}?show=all").content.decode()
    assert all(name in text for name in names)


def test_expressions_wait_or_are_answered(in_poole: Landlord, officer: Actor) -> None:
    a_row_in_each()
    row = taken("expressions")[0]
    assert (row["Subjects"], row["Time"]) == ("Lifts", "1 hour a month")
    assert (row["In their words"], row["Where it stands"]) == (
        "Mend the lift.",
        "Waits for an answer",
    )
    assert taken("expressions", answered="1") == []


def test_what_interests_people_is_what_holds_now_of_those_who_live_here(
    in_poole: Landlord,
) -> None:
    ada = make_person("Ada (demo)")
    wish(ada, "Bins", "Doors")
    wish(ada, "Lifts", minutes=120)
    wish(make_person("Ben (demo)", status=Person.Status.LEFT, status_on=ago(1)), "Lifts")
    make_person("Cat (demo)")
    rows = taken("wishes")
    assert [row["Name"] for row in rows] == ["Ada (demo)"]
    assert (rows[0]["Subjects"], rows[0]["Ways"]) == ("Lifts", "Meetings")
    assert (rows[0]["Time"], rows[0]["Said on"]) == (
        "2 hours a month",
        timezone.localdate().isoformat(),
    )


def test_groups_to_reach_say_who_helps_and_when_something_was_done(in_poole: Landlord) -> None:
    a_row_in_each()
    row = taken("groups-to-reach")[0]
    assert row["Partners"] == "Age Concern (demo)"
    assert row["Last done"] == timezone.localdate().isoformat()
