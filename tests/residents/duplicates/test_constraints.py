"""What the database itself refuses around rows that may be one person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person
from tests.factories.people import make_person

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def two(in_poole: Landlord) -> tuple[Person, Person]:
    return make_person("Doreen Hackett (demo)"), make_person("D Hackett (demo)")


def refused(constraint: str, model: Any, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**values)


def test_a_pair_is_of_two_people_found_once_whichever_comes_first(
    two: tuple[Person, Person],
) -> None:
    first, second = two
    plain: dict[str, Any] = {"first": first, "second": second, "score": 90, "found_at": NOON}
    refused("duplicate_pair_is_of_two_people", DuplicatePair, **{**plain, "second": first})
    refused("duplicate_score_is_at_most_a_hundred", DuplicatePair, **{**plain, "score": 101})
    settled = "duplicate_pair_settled_has_a_moment"
    refused(settled, DuplicatePair, **plain, state="DISMISSED")
    refused(settled, DuplicatePair, **plain, settled_at=NOON)
    DuplicatePair.objects.create(**plain)
    for pair in ((first, second), (second, first)):
        again = {**plain, "first": pair[0], "second": pair[1]}
        refused("duplicate_pair_is_found_once", DuplicatePair, **again)


def test_a_row_is_merged_into_one_other_until_that_is_undone(
    two: tuple[Person, Person], officer: Actor
) -> None:
    kept, gone = two
    plain: dict[str, Any] = {
        "kept": kept,
        "gone": gone,
        "merged_at": NOON,
        "undo_until_on": NOON.date(),
        **officer.columns(),
    }
    refused("merge_is_of_two_people", Merge, **{**plain, "gone": kept})
    merge = Merge.objects.create(**plain)
    refused("merge_takes_a_person_in_once", Merge, **plain)
    Merge.objects.filter(pk=merge.pk).update(undone_at=NOON)
    assert Merge.objects.create(**plain).pk != merge.pk
