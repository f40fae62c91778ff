"""Segments keep themselves up to date, take people in and leave people out by hand, and show how
many and who before they are used."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import combinations
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord, Place
from residents.people.models import CustomerType, Home, Person
from residents.people.operations import found, move_in, person_left, put_tag
from residents.segments import operations, queries
from residents.segments.conditions import conditions
from residents.segments.models import HandPick, Match, Segment
from residents.segments.policies import NoSuchCondition, SegmentIsPutAway, TooManyConditions
from residents.segments.rules import Asked, Group
from tests.factories.people import make_person


@pytest.fixture
def segment(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Segment:
    return operations.add_segment(name="Panel letters", by=officer, at=now)


def ask(
    segment: Segment, by: Actor, key: str, raw: Any, group: int = 0, *, negated: bool = False
) -> Segment:
    return operations.ask(
        segment=segment,
        asked=Asked(key, raw, negated),
        group=group,
        by=by,
        at=timezone.now(),
    )


def names(segment: Segment) -> list[str]:
    return [person.name for person in queries.members(Segment.objects.get(pk=segment.pk))]


def lives_in(person: Person, by: Actor, **home: Any) -> Person:
    at = timezone.now()
    new = Home.objects.create(address="1 Quay", created_at=at, **home)
    move_in(person=person, home=new, capacity="TENANT", on=dt.date(2020, 1, 1), by=by, at=at)
    person.refresh_from_db()
    return person


def test_without_conditions_nobody_is_in_it(segment: Segment) -> None:
    make_person("Ada (demo)")
    assert names(segment) == []
    assert segment.kept_count == 0


def test_it_holds_whoever_answers_to_it_by_then(segment: Segment, officer: Actor) -> None:
    ada = lives_in(make_person("Ada (demo)"), officer, tenure="SHELTERED")
    lives_in(make_person("Ben (demo)"), officer, tenure="GENERAL")
    segment = ask(segment, officer, "tenure", ["SHELTERED"])
    assert names(segment) == ["Ada (demo)"]
    assert (segment.kept_count, segment.kept_first) == (1, [ada.pk])

    lives_in(ada, officer, tenure="GENERAL")
    assert names(segment) == []


def test_groups_are_joined_and_so_are_conditions_inside_them(
    segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    for name, tenure, channel in (
        ("Ada", "SHELTERED", "POST"),
        ("Ben", "SHELTERED", "FACE"),
        ("Cem", "GENERAL", "POST"),
        ("Dee", "SUPPORTED", "FACE"),
    ):
        lives_in(make_person(f"{name} (demo)", preferred_channel=channel), officer, tenure=tenure)
    segment = ask(segment, officer, "tenure", ["SHELTERED"])
    segment = ask(segment, officer, "told", ["FACE"])
    assert names(segment) == ["Ben (demo)"]
    segment = operations.join_group(segment=segment, group=0, match=Match.ANY, by=officer, at=now)
    assert names(segment) == ["Ada (demo)", "Ben (demo)", "Dee (demo)"]
    segment = ask(segment, officer, "tenure", ["SUPPORTED", "GENERAL"], group=1)
    assert names(segment) == ["Dee (demo)"]
    segment = operations.change_segment(segment=segment, match=Match.ANY, by=officer, at=now)
    assert len(names(segment)) == 4
    segment = operations.ask_no_more(segment=segment, group=1, place=0, by=officer, at=now)
    assert names(segment) == ["Ada (demo)", "Ben (demo)", "Dee (demo)"]


def test_a_condition_turned_round_asks_for_everybody_else(
    segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    put_tag(person=make_person("Ada (demo)"), name="panel", by=officer, at=now)
    ben = make_person("Ben (demo)")
    tag = ben.tags.model.objects.get().tag_id
    segment = ask(segment, officer, "tag", [str(tag)], negated=True)
    assert names(segment) == ["Ben (demo)"]
    assert segment.rules[0]["conditions"][0]["negated"] is True


def test_a_place_takes_in_the_places_inside_it(segment: Segment, officer: Actor) -> None:
    town = Place.objects.create(name="Hamworthy")
    estate = Place.objects.create(name="Turlin", parent=town)
    block = Place.objects.create(name="Drake Court", parent=estate)
    make_person("Ada (demo)", place=block)
    make_person("Ben (demo)", place=Place.objects.create(name="Upton"))
    assert names(ask(segment, officer, "place", [str(town.pk)])) == ["Ada (demo)"]


def test_ages_are_counted_to_the_day(segment: Segment, officer: Actor) -> None:
    today = timezone.localdate()
    make_person("Sixteen today (demo)", born_on=today.replace(year=today.year - 16))
    tomorrow = today + dt.timedelta(days=1)
    make_person("Sixteen tomorrow (demo)", born_on=tomorrow.replace(year=tomorrow.year - 16))
    make_person("No age (demo)")
    assert names(ask(segment, officer, "age-from", "16")) == ["Sixteen today (demo)"]


def test_hands_put_in_and_leave_out_whatever_the_rules_say(
    segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    ada, ben = make_person("Ada (demo)"), make_person("Ben (demo)", preferred_channel="FACE")
    segment = ask(segment, officer, "told", ["POST"])
    pick: dict[str, Any] = {"segment": segment, "by": officer, "at": now}
    operations.pick(person=ada, how=HandPick.How.OUT, why="Asked not to", **pick)
    row = operations.pick(person=ben, how=HandPick.How.IN, **pick)
    assert names(segment) == ["Ben (demo)"]
    operations.pick_no_more(row=row, by=officer, at=now)
    assert names(segment) == []
    assert Segment.objects.get(pk=segment.pk).kept_count == 0


def test_who_has_left_is_never_in_it_even_by_hand(
    segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    ada = make_person("Ada (demo)")
    operations.pick(segment=segment, person=ada, how=HandPick.How.IN, by=officer, at=now)
    assert names(segment) == ["Ada (demo)"]
    person_left(person=ada, on=timezone.localdate(now), by=officer, at=now)
    assert names(segment) == []


def test_what_can_no_longer_be_asked_chooses_nobody_either_way_round(
    segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    make_person("Ada (demo)")
    found(by=officer, at=now)
    kind = CustomerType.objects.order_by("pk")[0]
    segment = ask(segment, officer, "customer-type", [str(kind.pk)], negated=True)
    assert names(segment) == ["Ada (demo)"]
    kind.archived_at = now
    kind.save()
    assert names(segment) == []
    with pytest.raises(NoSuchCondition):
        ask(segment, officer, "customer-type", [str(kind.pk)])
    with pytest.raises(NoSuchCondition):
        ask(segment, officer, "shoe-size", "9")


def test_a_segment_that_is_put_away_is_not_changed(
    segment: Segment, officer: Actor, now: dt.datetime
) -> None:
    operations.put_away(segment=segment, archived_at=now, by=officer, at=now)
    with pytest.raises(SegmentIsPutAway):
        ask(segment, officer, "told", ["POST"])


def test_a_group_takes_ten_conditions(segment: Segment, officer: Actor) -> None:
    pairs = list(combinations(["POST", "EMAIL", "TEXT", "PHONE", "FACE"], 2))
    for pair in pairs:
        segment = ask(segment, officer, "told", list(pair))
    assert len(segment.rules[0]["conditions"]) == 10
    with pytest.raises(TooManyConditions):
        ask(segment, officer, "told", ["POST"])


def test_no_condition_asks_the_equality_answers() -> None:
    for path in settings.SEGMENT_CONDITIONS:
        assert "profiles" not in path
    assert len(conditions()) > 10


@pytest.mark.usefixtures("in_poole")
@pytest.mark.parametrize("key", sorted(conditions()))
def test_every_condition_can_be_asked_and_said(key: str) -> None:
    condition = conditions()[key]
    field = condition.field()
    choices = [str(value) for value, _ in getattr(field, "choices", ()) if value]
    if hasattr(field, "queryset") and not choices:
        row = field.queryset.model._default_manager
        choices = [str(row.create(**_least(field.queryset.model)).pk)]
    raw: Any = choices[:2] if choices else "3"
    asked = Asked(key, raw)
    assert asked.holds
    assert asked.words.startswith(condition.label)
    assert Person.objects.filter(asked.q()).count() == 0
    if condition.known is not None:
        assert Person.objects.filter(condition.known()).count() == 0


def _least(model: Any) -> dict[str, Any]:
    needed = {"created_at": timezone.now()} if hasattr(model, "created_at") else {}
    return {"name": "Something", **needed}


def test_the_database_refuses_nonsense(segment: Segment, officer: Actor, now: dt.datetime) -> None:
    person, by = make_person(), officer.columns()

    def refused(name: str, make: Any) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()

    refused(
        "segment_name_is_used_once",
        lambda: Segment.objects.create(name="panel LETTERS", made_at=now, **by),
    )
    Segment.objects.create(name="Once", form_token=uuid.UUID(int=1), made_at=now, **by)
    refused(
        "segment_form_is_saved_once",
        lambda: Segment.objects.create(
            name="Twice", form_token=uuid.UUID(int=1), made_at=now, **by
        ),
    )
    refused("segment_has_a_name", lambda: Segment.objects.create(name="", made_at=now, **by))
    values = {"segment": segment, "person": person, "picked_at": now, **by}
    refused(
        "hand_pick_says_why_somebody_is_left_out",
        lambda: HandPick.objects.create(how="OUT", **values),
    )
    HandPick.objects.create(how="IN", **values)
    refused(
        "hand_pick_is_made_once_for_each_person",
        lambda: HandPick.objects.create(how="IN", **values),
    )


def test_conditions_given_at_once_are_asked_too(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    rules = [Group(Match.ALL, (Asked("told", ["POST"]),))]
    make_person("Ada (demo)")
    segment = operations.add_segment(name="By letter", rules=rules, by=officer, at=now)
    assert segment.kept_count == 1
