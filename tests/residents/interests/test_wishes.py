"""What interests somebody, how they would like to take part, and for how long."""

from __future__ import annotations

from django.utils import timezone

from involvement.landlords.models import Level, Subject
from residents.interests import operations, queries
from residents.interests.models import (
    Method,
    Offer,
)
from residents.interests.queries import Wishes
from residents.interests.queries.wishes import at_level, ended_interests, with_time_for
from residents.people.models import Person
from tests.factories.people import make_person
from tests.residents.interests.wanting import keep, today
from tests.residents.preferences.said import CLERK, heard


def test_what_is_left_out_is_ended_and_kept_and_what_stays_keeps_its_date(
    person: Person, lifts: Subject, meetings: Method
) -> None:
    doors = Subject.objects.create(name="Doors")
    keep(person, Wishes((lifts, doors), (meetings,), 120), days_ago=20)
    keep(person, Wishes((lifts,), (), 30, "YEAR"))
    held = queries.wishes_of(person)
    assert [(str(row), (today() - row.said_on).days) for row in held.interests] == [("Lifts", 20)]
    assert held.methods == []
    assert str(held.offer) == "30 minutes a year"
    assert [str(row) for row in ended_interests(person)] == ["Doors"]
    assert Offer.objects.filter(person=person).count() == 2


def test_adding_ends_nothing_and_keeps_the_time_that_was_said(
    person: Person, lifts: Subject, meetings: Method
) -> None:
    keep(person, Wishes((lifts,), (), 120))
    keep(person, Wishes((), (meetings,)), add=True)
    held = queries.wishes_of(person)
    assert (len(held.interests), len(held.methods)) == (1, 1)
    assert str(held.offer) == "2 hours a month"
    assert Offer.objects.count() == 1


def test_people_are_found_by_subject_way_time_and_level(
    person: Person, lifts: Subject, meetings: Method
) -> None:
    level = Level.objects.create(name="Advise")
    other = make_person("B (demo)")
    keep(person, Wishes((lifts,), (meetings,), 60, "MONTH", level))
    keep(other, Wishes((), (), 600, "YEAR"))
    found = Person.objects.order_by("pk")
    assert list(found.filter(queries.interested_in(lifts))) == [person]
    assert list(found.filter(queries.willing_to(meetings))) == [person]
    assert list(found.filter(with_time_for(700))) == [person]
    assert list(found.filter(with_time_for(600))) == [person, other]
    assert list(found.filter(at_level(level))) == [person]


def test_a_way_chosen_once_leaves_the_usual_ones(person: Person, meetings: Method) -> None:
    online = Method.objects.create(name="Online")
    keep(person, Wishes((), (meetings,)))
    operations.choose_method(
        person=person,
        method=online,
        about="Autumn forum",
        heard=heard(),
        by=CLERK,
        at=timezone.now(),
    )
    held = queries.wishes_of(person)
    assert [str(row) for row in held.methods] == ["Meetings"]
    assert [str(row) for row in held.chosen] == ["Online: Autumn forum"]
