"""Who takes part against who lives here, in a landlord of sixty thousand people."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.participation.models import Participation
from residents.people.models import Person
from residents.profiles import operations as profiles
from residents.profiles import store
from residents.profiles.queries import asked_of
from residents.representation import operations
from tests.benchmarks.measuring import ROUNDS, seconds
from tests.conftest import client_for
from tests.database import analyse, committed
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

PEOPLE, INVOLVED = 60_000, 1_800
PAGE_SECONDS, TAKING_SECONDS = 1.0, 60.0


@pytest.fixture(scope="module")
def large(django_db_setup: None, django_db_blocker: Any) -> Iterator[Landlord]:
    with committed(django_db_blocker):
        landlord = make_landlord("large")
        with landlord_scope(landlord):
            _fill()
        analyse()
        yield landlord


def _fill() -> None:
    rng, at, by = random.Random(7), timezone.now(), job("A bench")
    version = profiles.begin_question_set(by=by, at=at)
    rows = [
        Person(
            name=f"Resident {place} (demo)",
            address="1 The Street",
            created_at=at,
            born_on=dt.date(1930 + place % 85, 1 + place % 12, 1),
            born_precision="DAY",
        )
        for place in range(PEOPLE)
    ]
    people = Person.objects.bulk_create(rows, batch_size=2000)
    for question in asked_of(people[0], version, on=at.date()).questions:
        codes = [option.code for option in question.options]
        weights = [1 / (2 + place) for place in range(len(codes))]
        given = rng.choices(codes, weights, k=PEOPLE)
        answers = [(one.pk, code) for one, code in zip(people, given, strict=True)][
            : 2 * PEOPLE // 3
        ]
        store.record_many(version=version.pk, question=question.code, answers=answers, on=at.date())
    Participation.objects.bulk_create(
        Participation(
            person=one, kind="MEETING", label="A meeting (demo)", began_on=at.date(),
            channel="FACE", recorded_at=at, by_kind="JOB", by_name="A bench", by_channel="WEB",
        )
        for one in rng.sample(people, INVOLVED)
    )  # fmt: skip


def test_all_characteristics_are_shown_within_a_second(large: Landlord, db: None) -> None:
    with landlord_scope(large):
        began = time.perf_counter()
        made = operations.take_figures(by=job("A bench"), at=timezone.now())
        taking = time.perf_counter() - began
    assert len(made) >= 10
    client = client_for(large, make_member(large, "Jean Marlow (demo)", "OFFICER", initials="JM"))
    page = reverse("representation:representation")
    client.get(page)
    shown = statistics.median(seconds(lambda: client.get(page)) for _ in range(ROUNDS))
    assert "of those who take part" in client.get(page).content.decode()
    print(
        f"\n  representation of {PEOPLE:,} people: page {shown:.3f} s, taking them {taking:.1f} s"
    )
    assert shown < PAGE_SECONDS
    assert taking < TAKING_SECONDS
