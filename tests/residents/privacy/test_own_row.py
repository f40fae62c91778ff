"""A person reads in the pack what the register says of them, in words that are theirs."""

from __future__ import annotations

import datetime as dt

import pytest

from involvement.auditing.actors import Actor
from residents.duplicates.operations import merge_people
from residents.people.models import Person
from residents.privacy.packing import sections_of
from residents.privacy.queries import own_row
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("in_poole")
# What somebody who never saw our tables cannot read
OURS = ("precision", "created", "joined rows", "merged into", "preferred channel", "feed")


def said_of(person: Person) -> dict[str, str]:
    own = own_row.collect(person)[0]
    return {row.label: row.value for row in own.rows}


def test_their_own_row_is_told_in_plain_words() -> None:
    person = make_person(born_on=dt.date(1950, 2, 28), phone="01632 960123")
    Person.objects.update(created_at=dt.datetime(2025, 4, 8, 23, 30, tzinfo=dt.UTC))
    person.refresh_from_db()
    said = said_of(person)
    # Half past eleven in Greenwich is the next day here in summer
    assert said["On our list since"] == "9 April 2025"
    assert said["Date of birth"] == "28 February 1950"
    assert said["How much of your date of birth we know"] == "The day"
    assert said["Whether you need large print"] == "no"
    assert said["Telephone"] == "01632 960123"
    labels = " ".join(said).lower()
    assert not [word for word in OURS if word in labels]


def test_whose_birthday_nobody_knows_is_told_nothing_of_it() -> None:
    said = said_of(make_person())
    assert not [label for label in said if "birth" in label]


def test_that_they_were_here_twice_is_told_in_plain_words(officer: Actor, now: dt.datetime) -> None:
    kept, gone = make_person(), make_person("D Hackett (demo)")
    merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    (part,) = [part for part in sections_of(kept) if part.heading == "Where we had you down twice"]
    (row,) = {(row.label, row.value) for row in part.rows}
    assert row == ("Two entries made one", f"No. {gone.pk} became part of no. {kept.pk}")
    assert said_of(kept)["The entry this one was joined to"] == kept.name
