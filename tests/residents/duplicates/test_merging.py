"""A merge moves everything, and undoing it puts every table back as it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Landlord
from residents.duplicates import operations, policies, queries
from residents.duplicates.models import DuplicatePair, Merge
from residents.people.models import Person, PersonTerm
from residents.people.queries import people, survivor
from residents.privacy.models import AccessRequest
from residents.privacy.operations import requests
from residents.privacy.queries.mentions import readable_tables
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

# What an undone merge rightly leaves behind.
LEAVES_TRACES = {AuditEntry, Merge}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the landlord in scope, of every model that pages can read."""
    readable = readable_tables()
    return {
        model._meta.label: rows_of(model)
        for model in apps.get_models()
        if issubclass(model, LandlordOwned)
        and model not in LEAVES_TRACES
        and model._meta.db_table in readable
    }


def rows_of(model: Any) -> list[dict[str, Any]]:
    """Every row. The words people are found by are written anew, so their keys do not count."""
    if model is PersonTerm:
        return list(
            model.objects.order_by("person", "merged_from", "term").values(
                "person", "merged_from", "term"
            )
        )
    return list(model.objects.order_by("pk").values())


@pytest.fixture
def two(in_poole: Landlord, officer: Actor, now: dt.datetime) -> tuple[Person, Person]:
    """Doreen twice, each with something said and a request of her own."""
    kept = make_person("Doreen Hackett (demo)", phone="01632 960123")
    gone = make_person(
        "D Hackett (demo)",
        email="d@post.example",
        phone="01632960123",
        address="",
        preferred_channel="EMAIL",
    )
    for person in (kept, gone):
        make_feedback(f"Said by {person.pk}", person=person)
        requests.record_request(
            person=person,
            asked_on=dt.date(2026, 3, 2),
            asked_how="PHONE",
            identity_words="Rang from her number",
            by=officer,
            at=now,
        )
    operations.look_for_duplicates(by=officer, at=now)
    return kept, gone


def test_a_merge_takes_the_chosen_fields_and_every_row(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two
    operations.merge_people(kept=kept, gone=gone, taken=["email"], by=officer, at=now)

    kept.refresh_from_db()
    assert (kept.name, kept.email) == ("Doreen Hackett (demo)", "d@post.example")
    assert {row.person for row in Feedback.objects.order_by("pk")} == {kept}
    assert gone not in people()
    assert survivor(gone.pk) == kept
    assert DuplicatePair.objects.get().state == DuplicatePair.State.MERGED


def test_a_row_that_would_be_there_twice_stays_with_the_stub(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two
    operations.merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    assert {row.person_id for row in AccessRequest.objects.order_by("pk")} == {kept.pk, gone.pk}


def test_undoing_puts_every_table_back_exactly(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two
    before = everything()
    merge = operations.merge_people(
        kept=kept, gone=gone, taken=["email", "preferred_channel", "name"], by=officer, at=now
    )
    assert everything() != before

    operations.undo_merge(merge=merge, by=officer, at=now + dt.timedelta(days=29))

    after = everything()
    for label, rows in before.items():
        assert after[label] == rows, label


def test_undoing_leaves_what_was_changed_since(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two
    merge = operations.merge_people(kept=kept, gone=gone, taken=["email"], by=officer, at=now)
    Person.objects.filter(pk=kept.pk).update(email="new@post.example")

    operations.undo_merge(merge=merge, by=officer, at=now)

    kept.refresh_from_db()
    assert kept.email == "new@post.example"
    assert gone in people()


def test_after_thirty_days_it_cannot_be_undone_and_what_it_changed_is_forgotten(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two
    merge = operations.merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    later = now + dt.timedelta(days=31)
    with pytest.raises(policies.TooLateToUndo):
        operations.undo_merge(merge=merge, by=officer, at=later)

    assert operations.forget_old_merges(by=officer, at=later) == 1
    assert Merge.objects.get().record == []


def test_a_merge_cannot_be_undone_under_a_later_one(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two
    third = make_person("Doreen Hacket (demo)")
    first = operations.merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    operations.merge_people(kept=third, gone=kept, taken=[], by=officer, at=now)

    with pytest.raises(policies.MergedOn):
        operations.undo_merge(merge=first, by=officer, at=now)
    assert survivor(gone.pk) == third


@pytest.mark.parametrize("refusal", [policies.SamePerson, policies.GoneAlready])
def test_only_two_people_who_are_there_are_merged(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime, refusal: type[Exception]
) -> None:
    kept, gone = two
    if refusal is policies.GoneAlready:
        operations.merge_people(
            kept=make_person("Zoe (demo)"), gone=gone, taken=[], by=officer, at=now
        )
    with pytest.raises(refusal):
        other = kept if refusal is policies.SamePerson else gone
        operations.merge_people(kept=kept, gone=other, taken=[], by=officer, at=now)


def test_a_dismissed_pair_stays_dismissed(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    (pair,) = queries.open_pairs()
    operations.dismiss(pair=pair, by=officer, at=now)

    assert operations.look_for_duplicates(by=officer, at=now) == 0
    assert not queries.open_pairs()
    assert list(queries.dismissed_pairs()) == [pair]

    operations.bring_back(pair=pair, by=officer, at=now)
    assert list(queries.open_pairs()) == [pair]


def test_a_pair_that_is_likely_no_more_goes(
    two: tuple[Person, Person], officer: Actor, now: dt.datetime
) -> None:
    kept, _gone = two
    assert DuplicatePair.objects.count() == 1
    Person.objects.filter(pk=kept.pk).update(name="Somebody Else (demo)")
    operations.look_for_duplicates(by=officer, at=now)
    assert DuplicatePair.objects.count() == 0
