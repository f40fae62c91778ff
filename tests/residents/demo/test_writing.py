from __future__ import annotations

import datetime as dt

import pytest
from django.db import DataError
from django.forms.models import model_to_dict
from django.utils import timezone

from residents.demo.writing import write
from residents.people.models import Home, Person, Tenancy

pytestmark = pytest.mark.usefixtures("in_poole")
NAMES = ("Łucja O’Dowd (demo)", 'Ada "Di" {Coles}, (demo)', "Zoë\\n 🌻\n(demo)", "NULL", "None")


def people(at: dt.datetime) -> list[Person]:
    return [
        Person(
            name=name,
            address="",
            preferred_channel="FACE",
            born_on=dt.date(1950, 2, 28) if place % 2 else None,
            large_print=bool(place % 2),
            created_at=at,
        )
        for place, name in enumerate(NAMES)
    ]


def test_rows_are_written_as_bulk_create_writes_them_and_know_their_keys(now: dt.datetime) -> None:
    rows = people(now)
    write(rows)
    plain = Person.objects.bulk_create(people(now))
    for ours, theirs in zip(rows, plain, strict=True):
        kept, known = (Person.objects.get(pk=one.pk) for one in (ours, theirs))
        assert kept.name == ours.name
        assert model_to_dict(kept, exclude=["id"]) == model_to_dict(known, exclude=["id"])
        assert kept.created_at == ours.created_at


def test_a_row_may_point_at_one_that_was_written_just_before() -> None:
    home = Home(address="1 Drake Court", created_at=timezone.now())
    tenancy = Tenancy(home=home)
    write([home])
    write([tenancy])
    assert Tenancy.objects.get(pk=tenancy.pk).home == home


def test_words_that_are_too_long_are_refused_and_not_cut(now: dt.datetime) -> None:
    [one, *_] = people(now)
    one.name = "x" * 200
    with pytest.raises(DataError):
        write([one])


def test_nothing_is_written_where_there_is_nothing() -> None:
    write([])
    assert not Person.objects.exists()
