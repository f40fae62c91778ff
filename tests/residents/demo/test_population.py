"""A population is invented from a seed alone, in a shape that is known."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place
from residents.demo import counting
from residents.demo.operations import Settled, settle
from residents.participation.models import Participation
from residents.people.models import Home, Person, Residency, Tenancy
from residents.segments.models import Segment
from residents.segments.operations import add_segment
from residents.segments.queries import members
from residents.segments.rules import Asked, Group


def settled(landlord: Landlord, homes: int, by: Actor, at: dt.datetime) -> Settled:
    with landlord_scope(landlord):
        return settle(landlord=landlord, homes=homes, seed="7", by=by, at=at)


def everybody() -> list[tuple[object, ...]]:
    return list(
        Person.objects.order_by("reference").values_list(
            "reference", "name", "born_on", "preferred_channel", "home__uprn", "status"
        )
    )


def test_the_same_seed_gives_the_same_people_to_each_landlord(
    poole: Landlord, oxford: Landlord, officer: Actor, now: dt.datetime
) -> None:
    settled(poole, 60, officer, now)
    settled(oxford, 60, officer, now)

    with landlord_scope(poole):
        ours = everybody()
    with landlord_scope(oxford):
        assert everybody() == ours
    assert len(ours) > 70


def test_asking_again_adds_nothing_and_asking_for_more_adds_the_rest(
    poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    settled(poole, 40, officer, now)

    assert settled(poole, 40, officer, now) == Settled()
    assert settled(poole, 50, officer, now).homes == 10
    with landlord_scope(poole):
        assert Home.objects.count() == Tenancy.objects.count() == 50


@pytest.mark.slow
def test_it_has_the_shape_of_a_real_landlord(
    poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    with landlord_scope(poole):
        area = Place.objects.create(name="Hamworthy")
        Place.objects.create(name="Turlin Moor", parent=area)
    made = settled(poole, 1000, officer, now)

    with landlord_scope(poole):
        assert 1.4 < made.people / made.homes < 2.0
        tenures = dict(Home.objects.values_list("tenure").annotate(n=Count("pk")).order_by())
        assert 580 < tenures["GENERAL"] < 740
        assert 70 < tenures["LEASEHOLD"] < 170
        involved = Participation.objects.values("person").distinct().count()
        assert 0.015 < involved / made.people < 0.05
        assert all(
            name.endswith("(demo)") for name in Person.objects.values_list("name", flat=True)
        )
        assert not Person.objects.filter(place__isnull=True).exists()
        gone = Person.objects.filter(status=Person.Status.LEFT)
        assert gone.exists()
        open_ones = Residency.objects.filter(ended_on__isnull=True, person__in=gone)
        assert not open_ones.exists()


def test_the_command_says_how_many_and_refuses_where_people_are_real(poole: Landlord) -> None:
    said = io.StringIO()
    call_command("load_population", landlord="poole", homes=5, seed="1", stdout=said)
    assert "5 homes" in said.getvalue()

    with override_settings(PRODUCTION=True), pytest.raises(CommandError, match="invents people"):
        call_command("load_population", landlord="poole", homes=5)
    with pytest.raises(CommandError, match="how many homes"):
        call_command("load_population", landlord="poole", homes=0)


def test_segments_are_counted_once_the_people_are_there(poole: Landlord, officer: Actor) -> None:
    ago = timezone.now() - dt.timedelta(days=30)
    rules = [Group(asked=(Asked("told", ["POST"]),))]
    with landlord_scope(poole):
        segment = add_segment(name="By letter", rules=rules, by=officer, at=ago)
        assert segment.kept_count == 0
    call_command("load_population", landlord="poole", homes=20, seed="1", stdout=io.StringIO())
    with landlord_scope(poole):
        segment.refresh_from_db()
        assert segment.kept_count == members(segment).count() > 0
        assert segment.counted_at is not None
        assert segment.counted_at > ago
        assert counting.load(poole, full=False) == ""
        Segment.objects.filter(pk=segment.pk).update(kept_count=0, counted_at=ago)
        assert counting.load(poole, full=False) == "1 segment counted"
        assert Segment.objects.get(pk=segment.pk).kept_count == segment.kept_count
