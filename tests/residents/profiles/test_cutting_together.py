"""The store prints of real rows what it may print of all tables of a day together, and no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord, Unit
from residents.participation.models import Participation
from residents.people.models import Person
from residents.profiles import operations, store
from tests.residents.profiles.test_hiding_together import (
    GAVE_AWAY,
    Population,
    days,
    invented,
)

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.date(2026, 5, 4)
QUARTER = dt.date(2026, 4, 1)
AGO = (0, 700, 200, 20)
"""How many days ago somebody took part who is in so many windows of time."""
CODES = ("CHRISTIAN", "NONE", "MUSLIM", "SIKH")


def settle(of: Population, version: int, at: dt.datetime) -> list[Unit]:
    """Write the people, what they took part in and what they answered, the last answer being none."""
    units: list[Unit] = Unit.objects.bulk_create(
        Unit(name=f"Part {part}") for part in range(of.parts)
    )
    people = Person.objects.bulk_create(
        Person(
            name="Doreen Hackett (demo)",
            address="1 The Street",
            unit=None if one.part is None else units[one.part],
            created_at=at,
        )
        for one in of.people
    )
    pairs = list(zip(people, of.people, strict=True))
    Participation.objects.bulk_create(
        Participation(
            person=person, kind="MEETING" if one.kinds else "SURVEY", label="A day (demo)",
            began_on=DAY - dt.timedelta(days=AGO[one.took]), channel="FACE", recorded_at=at,
            by_kind="JOB", by_name="A test", by_channel="WEB",
        )
        for person, one in pairs
        if one.took
    )  # fmt: skip
    given = [(p.pk, CODES[one.answer]) for p, one in pairs if one.answer < of.answers - 1]
    store.record_many(version=version, question="RELIGION", answers=given, on=DAY)
    return units


def cut(
    of: Population, version: int, slices: list[tuple[Unit | None, str]]
) -> list[dict[str, Any]]:
    codes = [
        {"version": version, "code": code, "detail": place, "pooled": None}
        for place, code in enumerate(CODES[: of.answers - 1], 1)
    ]
    asked = {
        "key": "RELIGION",
        "source": "ANSWER",
        "adds_up": True,
        "detail": of.answers,
        "pooled": 0,
        "map": codes,
    }
    found = store.cut(
        quarter_on=QUARTER,
        until=DAY,
        slices=[store.Slice([asked], unit.pk if unit else None, kind) for unit, kind in slices],
    )
    return [answer["tables"] for [answer] in found]


@pytest.mark.parametrize("seed", GAVE_AWAY)
def test_what_would_give_somebody_away_is_not_printed(
    seed: int, in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    of = invented(seed)
    version = operations.begin_question_set(by=officer, at=now).pk
    units = settle(of, version, now)
    slices: list[tuple[Unit | None, str]] = [(None, ""), *((unit, "") for unit in units)]
    slices += [(None, "MEETING")] if of.kinds else []
    names = ["", *(f"unit {part}" for part in range(len(units))), "kind 0"]
    found = {
        (name, window): table
        for name, tables in zip(names, cut(of, version, slices), strict=False)
        for window, table in tables.items()
    }
    for day, audience in zip(days(of), ("inside", "outside"), strict=True):
        printed = {
            key: [count is not None for count in table[audience]] for key, table in found.items()
        }
        assert printed == {key: table.shown for key, table in day.out.items()}
        assert {key: table["total"] for key, table in found.items()} == {
            key: table.total for key, table in day.out.items()
        }
