from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.people.operations import change_person
from residents.preferences import operations, policies, queries
from residents.preferences.models import Need, Source, Way
from residents.preferences.operations import NeedSaid, WaySaid
from residents.preferences.operations.needs import copy_many
from tests.factories.people import make_person
from tests.residents.preferences.said import CLERK, heard

NOON = dt.time(12)


@pytest.fixture
def person(in_poole: Landlord) -> Person:
    return make_person(phone="07700 900 123", email="doreen@mail.example")


def set_ways(person: Person, *ways: WaySaid, days_ago: int = 0) -> list[Way]:
    return operations.set_ways(
        person=person,
        ways=ways,
        heard=heard(days_ago=days_ago),
        by=CLERK,
        at=timezone.now(),
    )


def set_needs(person: Person, *needs: NeedSaid, days_ago: int = 0) -> None:
    operations.set_needs(
        person=person,
        needs=needs,
        heard=heard(Source.LEAFLET, days_ago),
        by=CLERK,
        at=timezone.now(),
    )


def test_the_first_way_is_the_one_they_are_told_by_from_now_on(person: Person) -> None:
    evenings = WaySaid("PHONE", days=31, from_time=dt.time(18), until_time=dt.time(20, 30))
    set_ways(person, evenings, WaySaid("POST"))
    person.refresh_from_db()
    assert queries.channel_for(person) == "PHONE"
    assert queries.address_for(person) == "07700 900 123"
    first, second = queries.ways_of(person)
    assert str(first) == "by telephone Monday to Friday, from 6 pm until 8.30 pm"
    assert str(second) == "by letter"


def test_a_way_suits_within_its_days_and_hours_only(person: Person) -> None:
    (way,) = set_ways(person, WaySaid("PHONE", days=5, from_time=NOON, until_time=dt.time(14)))
    monday = dt.datetime(2026, 8, 10, 12, 0)  # noqa: DTZ001 -- asked in local time
    assert way.suits(monday)
    assert not way.suits(monday.replace(hour=14))
    assert not way.suits(monday + dt.timedelta(days=1))
    assert way.suits(monday + dt.timedelta(days=2))
    assert way.day_words == "Monday and Wednesday"


def test_what_is_said_again_keeps_its_date_and_what_is_left_out_is_ended_and_kept(
    person: Person,
) -> None:
    set_ways(person, WaySaid("EMAIL"), WaySaid("POST"), days_ago=30)
    set_ways(person, WaySaid("POST"), WaySaid("TEXT"))
    post, text = queries.ways_of(person)
    assert (post.channel, post.said_on) == ("POST", timezone.localdate() - dt.timedelta(days=30))
    assert (text.channel, text.said_on) == ("TEXT", timezone.localdate())
    assert [way.channel for way in queries.ended_ways(person)] == ["EMAIL"]
    assert "by letter and by text" in history_of(person)[0].sentence


def test_changing_how_they_prefer_to_be_told_elsewhere_puts_that_way_first(person: Person) -> None:
    set_ways(person, WaySaid("EMAIL"), WaySaid("POST"))
    change_person(person=person, preferred_channel="POST", by=CLERK, at=timezone.now())
    assert [way.channel for way in queries.ways_of(person)] == ["POST", "EMAIL"]


@pytest.mark.parametrize(
    ("ways", "refusal", "words"),
    [
        ([], policies.NoWayLeft, "at least one"),
        (["POST", "POST"], policies.SameWayTwice, "once"),
        (["TEXT"], policies.NothingReaches, "by text we need a telephone number"),
    ],
)
def test_ways_that_reach_nobody_are_refused(
    in_poole: Landlord, ways: list[str], refusal: type[Exception], words: str
) -> None:
    person = make_person()
    with pytest.raises(refusal, match=words):
        set_ways(person, *map(WaySaid, ways))
    assert Way.objects.count() == 0


def test_nothing_is_heard_tomorrow(person: Person) -> None:
    with pytest.raises(policies.SaidInTheFuture):
        set_needs(person, NeedSaid("LOOP"), days_ago=-1)


def test_needs_are_added_changed_and_ended_each_with_its_own_date(person: Person) -> None:
    set_needs(person, NeedSaid("LOOP"), NeedSaid("INTERPRETER", language="pl"), days_ago=9)
    set_needs(person, NeedSaid("LOOP"), NeedSaid("INTERPRETER", language="cy"))
    loop, interpreter = sorted(queries.needs_of(person), key=lambda need: need.kind, reverse=True)
    assert loop.said_on == timezone.localdate() - dt.timedelta(days=9)
    assert str(interpreter) == "an interpreter for Welsh"
    assert [str(need) for need in queries.ended_needs(person)] == ["an interpreter for Polish"]


def test_history_says_that_needs_changed_and_not_what_they_are(person: Person) -> None:
    set_needs(person, NeedSaid("BSL"), NeedSaid("OTHER", words="I am losing my sight"))
    (line,) = history_of(person)
    assert "needs" in line.verb
    assert "sight" not in f"{line.sentence}{line.changes}"
    assert "Sign" not in f"{line.sentence}{line.changes}"


def test_adding_needs_ends_none_and_large_print_follows_the_person(person: Person) -> None:
    set_needs(person, NeedSaid("LOOP"))
    operations.add_needs(
        person=person,
        needs=[NeedSaid("LARGE_PRINT")],
        heard=heard(),
        by=CLERK,
        at=timezone.now(),
    )
    assert Person.objects.get(pk=person.pk).large_print
    assert queries.formats_for(person) == {"LARGE_PRINT"}
    assert {need.kind for need in queries.needs_of(person)} == {"LOOP", "LARGE_PRINT"}
    set_needs(person, NeedSaid("LOOP"))
    assert not Person.objects.get(pk=person.pk).large_print
    assert queries.formats_for(person) == set()


def test_formats_and_support_of_many_are_asked_for_at_once(in_poole: Landlord) -> None:
    first, second = make_person(needs=["BRAILLE", "CD"]), make_person("B (demo)", needs=["LOOP"])
    third = make_person("C (demo)")
    people = [first, second, third]
    assert queries.formats_of(people) == {first.pk: {"BRAILLE", "CD"}}
    assert queries.support_of(people) == {second.pk: ["a hearing loop"]}
    assert list(Person.objects.filter(queries.needing("LOOP"))) == [second]


def test_a_language_is_kept_by_its_tag_or_in_words(person: Person) -> None:
    set_needs(person, NeedSaid("LANGUAGE", language="pl"))
    assert queries.language_for(person) == "Polish"
    set_needs(person, NeedSaid("LANGUAGE", language="Tetum"))
    assert queries.language_for(person) == "Tetum"
    assert queries.language_for(make_person("B (demo)")) == ""
    assert Need.objects.filter(person=person).count() == 2


def test_after_rows_in_bulk_every_copy_of_large_print_is_put_right(in_poole: Landlord) -> None:
    right, wrong, missing = (
        make_person("A (demo)", needs=["LARGE_PRINT"]),
        make_person("B (demo)"),
        make_person("C (demo)", needs=["LARGE_PRINT"]),
    )
    Person.objects.filter(pk=wrong.pk).update(large_print=True)
    Person.objects.filter(pk=missing.pk).update(large_print=False)
    assert copy_many(by=CLERK, at=timezone.now()) == 2
    assert list(Person.objects.filter(large_print=True).order_by("pk")) == [right, missing]
