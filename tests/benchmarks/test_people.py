"""The register of a landlord with 35,000 homes beside one with 350: lists, a person, a call, search."""

from __future__ import annotations

import statistics
import time
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
from involvement.landlords.models import Landlord
from residents.demo.operations import Settled, settle
from residents.participation.models import Participation
from residents.people.models import Person
from residents.people.queries import find_people
from tests.benchmarks.measuring import ROUNDS, hold, seconds
from tests.conftest import client_for
from tests.database import analyse, committed
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

FEW, MANY = 350, 35_000
MOST = 1.5
SEARCH_SECONDS, SETTLING_SECONDS = 0.1, 30.0
SHOWN = 8


@dataclass(frozen=True)
class Register:
    """One landlord's people, its officer's browser, and somebody who takes part in the usual way."""

    landlord: Landlord
    client: Client
    person: Person
    made: Settled
    seconds: float


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Register, Register]]:
    with committed(django_db_blocker):
        yield _register("few", FEW), _register("many", MANY)


@pytest.fixture
def few(both: tuple[Register, Register]) -> Register:
    return both[0]


@pytest.fixture
def many(both: tuple[Register, Register]) -> Register:
    return both[1]


def _register(slug: str, homes: int) -> Register:
    landlord = make_landlord(slug)
    member = make_member(landlord, f"Jean of {slug} (demo)", "OFFICER", initials="JM")
    with landlord_scope(landlord):
        began = time.perf_counter()
        # The same seed, so that the smaller's people are the first of the larger's
        made = settle(
            landlord=landlord, homes=homes, seed="bench", by=job("A bench"), at=timezone.now()
        )
        took = time.perf_counter() - began
        analyse()
        fact = Participation.objects.filter(person__home__isnull=False)
        person = fact.select_related("person").order_by("person__reference", "pk")[0].person
    return Register(landlord, client_for(landlord, member), person, made, took)


PAGES: dict[str, Callable[[Register], str]] = {
    "list of people": lambda of: reverse("people:person_list"),
    "list of homes": lambda of: reverse("people:home_list"),
    "page of a person": lambda of: reverse("people:person_detail", args=[of.person.pk]),
    "story of a person": lambda of: reverse("timeline:person_story", args=[of.person.pk]),
    "page of a home": lambda of: reverse("people:home_detail", args=[of.person.home_id]),
    "screen for a call": lambda of: reverse("phone:caller", args=[of.person.pk]),
    "callers by three letters": lambda of: reverse("phone:caller_find") + "?who=mar",
}
# What a clerk might type, and who is meant; the number and the reference are one person's
WORDS = {
    "three letters": "mar",
    "a name": "{first} {last}",
    "a slip of the pen": "{slip}",
    "a postcode": "{postcode}",
    "a postcode without its gap": "{closed}",
    "the last figures of a number": "{figures}",
    "a reference": "{reference}",
    "an address": "{address}",
    "two common beginnings": "mar clo",
    "nobody": "zzzzzzzz",
}


def opened(of: Register, page: Callable[[Register], str]) -> Callable[[], None]:
    def get() -> None:
        response = of.client.get(page(of))
        assert response.status_code == 200
        response.content  # noqa: B018 -- the page is made by now, and read

    return get


def typed(of: Register, words: str) -> str:
    person = of.person
    first, last = person.name.removesuffix(" (demo)").rsplit(" ", 1)
    home = person.home
    assert home is not None
    return words.format(
        first=first,
        last=last,
        slip=last[:2] + "q" + last[2:],
        postcode=home.postcode,
        closed=home.postcode.replace(" ", ""),
        figures=person.phone[-6:].replace(" ", "") or "900123",
        reference=person.reference,
        address=home.address.split("\n")[0],
    )


def test_a_whole_population_is_invented_in_half_a_minute(many: Register) -> None:
    print(f"\n{many.made}: {many.seconds:.1f} s; at most {SETTLING_SECONDS:g}")
    assert many.made.homes == MANY
    assert many.made.people > 1.5 * MANY
    assert many.seconds < SETTLING_SECONDS


@pytest.mark.parametrize("what", PAGES)
def test_a_page_of_many_takes_hardly_longer(what: str, few: Register, many: Register) -> None:
    hold(what, opened(many, PAGES[what]), opened(few, PAGES[what]), most=MOST)


@pytest.mark.parametrize("what", PAGES)
def test_a_page_of_many_asks_no_more_of_the_database(
    what: str, few: Register, many: Register
) -> None:
    asked = []
    for of in (few, many):
        opened(of, PAGES[what])()
        with CaptureQueriesContext(connection) as found:
            opened(of, PAGES[what])()
        asked.append(len(found))
    print(f"\n{what}: {asked[1]} queries")
    assert asked[0] == asked[1]


@pytest.mark.parametrize("what", WORDS)
def test_somebody_among_sixty_thousand_is_found_at_once(
    what: str, many: Register, db: None
) -> None:
    with landlord_scope(many.landlord):
        words = typed(many, WORDS[what])
        found = list(find_people(words)[:SHOWN])
        taken = statistics.median(
            seconds(lambda: list(find_people(words)[:SHOWN])) for _ in range(ROUNDS)
        )
    print(f"\nSearch by {what} among {many.made.people:,} people: {1000 * taken:.0f} ms")
    assert bool(found) is (what != "nobody")
    assert taken < SEARCH_SECONDS
