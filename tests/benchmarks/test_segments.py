"""The pages of a segment in a landlord of sixty thousand people beside one of six hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from residents.people.models import Home, Person
from residents.segments import operations, queries
from residents.segments.models import Match, Segment
from residents.segments.rules import Asked, Group
from tests.benchmarks.measuring import hold, seconds
from tests.conftest import client_for
from tests.database import analyse, committed
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

FEW, MANY = 600, 60_000
MOST, COUNT_SECONDS = 1.5, 1.0
PAGES = ("segment_detail", "segment_people")


@dataclass(frozen=True)
class Held:
    """One landlord's segment, and its officer's browser."""

    segment: Segment
    client: Client


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Held, Held]]:
    with committed(django_db_blocker):
        found = _held("few", FEW), _held("many", MANY)
        analyse()
        yield found


def _held(slug: str, people: int) -> Held:
    landlord, at, by = make_landlord(slug), timezone.now(), job("A bench")
    with landlord_scope(landlord):
        homes = Home.objects.bulk_create(
            [
                Home(address=f"{each} Drake Court", tenure=tenure, created_at=at)
                for each, tenure in (
                    (each, ("GENERAL", "LEASEHOLD")[each % 2]) for each in range(people)
                )
            ],
            batch_size=2000,
        )
        Person.objects.bulk_create(
            [
                Person(
                    name=f"Resident {each:05d} (demo)", home=home, address="1 Quay", created_at=at
                )
                for each, home in enumerate(homes)
            ],
            batch_size=2000,
        )
        segment = operations.add_segment(
            name="Leaseholders by letter",
            rules=[Group(Match.ALL, (Asked("tenure", ["LEASEHOLD"]), Asked("told", ["POST"])))],
            by=by,
            at=at,
        )
    member = make_member(landlord, f"Jean of {slug} (demo)", "OFFICER", initials="JM")
    return Held(segment, client_for(landlord, member))


def opened(held: Held, name: str) -> Callable[[], None]:
    args = [] if name == "segment_list" else [held.segment.pk]

    def get() -> None:
        response = held.client.get(reverse(f"segments:{name}", args=args))
        assert response.status_code == 200

    return get


@pytest.mark.parametrize("name", ["segment_list", *PAGES])
def test_a_page_takes_hardly_longer_and_asks_no_more(name: str, both: tuple[Held, Held]) -> None:
    few, many = (opened(held, name) for held in both)
    hold(f"{name}, {MANY:,} people beside {FEW}", many, few, most=MOST)
    asked = []
    for page in (few, many):
        with CaptureQueriesContext(connection) as found:
            page()
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_a_segment_is_counted_within_a_second(both: tuple[Held, Held]) -> None:
    held, at, by = both[1], timezone.now(), job("A bench")
    with landlord_scope(held.segment.landlord):
        taken = seconds(lambda: operations.count_anew(segment=held.segment, by=by, at=at))
        assert queries.members(held.segment).count() == MANY // 2
    print(f"\ncounting {MANY // 2:,} of {MANY:,} people: {1000 * taken:,.0f} ms")
    assert taken < COUNT_SECONDS
