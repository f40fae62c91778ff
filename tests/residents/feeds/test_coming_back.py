"""Nobody who was erased comes back by a list; whoever was merged away is the person they became."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.duplicates.operations import merge_people, undo_merge
from residents.feeds import operations, queries
from residents.feeds.models import (
    ErasedReference,
    Intake,
    Mode,
    ReferenceSecret,
    RefusedRow,
    Source,
    StagedRow,
)
from residents.feeds.policies import NothingToRead
from residents.feeds.queries.erased import WHY, mark_of
from residents.people.models import Person, Residency
from residents.privacy.models import Erasure
from residents.privacy.operations.erasing import erase, propose
from residents.privacy.packing import sections_of
from tests.factories.people import make_person
from tests.residents.feeds.files import BY, DOREEN, bring, counts, csv_of, one, the_source, whys

pytestmark = pytest.mark.usefixtures("in_poole")


def forget(reference: str) -> Erasure:
    """Erase whoever has this reference."""
    at = timezone.now()
    person = Person.objects.get(reference=reference)
    proposal = propose(person=person, reason="ASKED", asked_on=at.date(), by=BY, at=at)
    return erase(erasure=proposal, by=BY, at=at)


def merged(kept: str, gone: str) -> Person:
    """The person of one reference, with the row of another merged into theirs."""
    whole: Person = Person.objects.get(reference=kept)
    stub = Person.objects.get(reference=gone)
    merge_people(kept=whole, gone=stub, taken=[], by=BY, at=timezone.now())
    return whole


def waiting(*rows: Any, source: Source | None = None) -> Intake:
    """A file that waits for an officer."""
    at = timezone.now()
    data = csv_of(*rows)
    intake = operations.start_intake(
        source=source or the_source(),
        name="people.csv",
        data=data,
        how=Intake.How.PAGE,
        mode=Mode.DELTA,
        keep=True,
        by=BY,
        at=at,
    )
    operations.stage_intake(intake=intake, by=BY, at=at)
    return intake


def test_somebody_erased_is_refused_and_nothing_of_their_row_is_kept() -> None:
    bring(DOREEN, one(2))
    forget("P001")
    intake = bring(DOREEN, one(2), one(3))
    assert counts(intake) == (1, 0, 1, 0, 1)
    row = RefusedRow.objects.get(intake=intake)
    assert (row.number, row.reference, row.cells, row.why) == (2, "", [], WHY)
    assert not Person.objects.filter(name__contains="Hackett").exists()
    out = io.BytesIO()
    queries.write_refused(intake, out)
    assert "Hackett" not in out.getvalue().decode()


def test_what_is_kept_of_an_erased_reference_is_a_keyed_hash_alone(oxford: Landlord) -> None:
    bring(DOREEN)
    forget("P001")
    mark, secret = ErasedReference.objects.get(), ReferenceSecret.objects.get()
    said = json.dumps(list(ErasedReference.objects.values()), cls=DjangoJSONEncoder)
    assert "P001" not in said
    assert "Hackett" not in said
    assert mark.mark == mark_of("P001", bytes(secret.key))
    with landlord_scope(oxford):
        bring(DOREEN)
        forget("P001")
        assert ErasedReference.objects.get().mark != mark.mark


def test_neither_another_source_nor_eaten_noughts_nor_an_unreadable_row_brings_them_back() -> None:
    bring({**DOREEN, "Person Ref": "00417"}, one(2))
    forget("00417")
    other = operations.add_source(name="Another system", by=BY, at=timezone.now())
    assert whys(waiting({**DOREEN, "Person Ref": "417"}, one(2), source=other)) == [WHY]
    unread = bring({**DOREEN, "Person Ref": "00417", "DOB": "some day"}, one(2))
    assert RefusedRow.objects.get(intake=unread).cells == []
    with pytest.raises(NothingToRead, match="was erased here"):
        bring({**DOREEN, "Person Ref": "00417"})


def test_whoever_has_the_reference_here_again_is_brought_up_to_date() -> None:
    bring(DOREEN)
    forget("P001")
    back = make_person("Doreen Hackett (demo)", reference="P001")
    assert counts(bring({**DOREEN, "Title": "Ms"})) == (0, 1, 0, 0, 0)
    back.refresh_from_db()
    assert back.title == "Ms"


def test_references_of_rows_merged_into_somebody_erased_are_refused_too() -> None:
    bring(DOREEN, one(2))
    merged("P001", "P002")
    forget("P001")
    with pytest.raises(NothingToRead):
        bring(DOREEN, one(2))
    assert ErasedReference.objects.count() == 2


def test_erasing_empties_lists_that_wait_and_rows_that_were_refused() -> None:
    bring(DOREEN)
    bring({**DOREEN, "Tenancy Start": "2020-01-01", "Tenancy End": "2001-01-01"}, one(2))
    intake = waiting({**DOREEN, "Title": "Ms"}, one(3))
    doreen = Person.objects.get(reference="P001")
    shown = [part for part in sections_of(doreen) if part.heading.startswith("Lists about you")]
    assert [item.label.split(":")[0] for item in shown[0].rows] == [
        "people.csv, row 2",
        "people.csv, row 2",
    ]
    receipt = forget("P001")
    assert {"what": "rows of lists", "kept": 1, "deleted": 1} in receipt.counts
    assert not StagedRow.objects.filter(person_key=doreen.pk).exists()
    said = json.dumps(
        [list(RefusedRow.objects.values()), list(StagedRow.objects.values())], default=str
    )
    assert "Hackett" not in said
    done = operations.bring_in(intake=intake, by=BY, at=timezone.now())
    assert counts(done) == (1, 0, 0, 0, 1)


def test_a_row_of_somebody_merged_away_is_about_who_they_became() -> None:
    bring(DOREEN, one(2))
    whole = merged("P001", "P002")
    moved = {
        **one(2),
        "Title": "Dr",
        "Property Ref": "H009",
        "UPRN": "",
        "Address": "9 Quay, Poole",
    }
    intake = bring({**moved, "Tenancy Ref": "T009", "Tenancy Start": "2026-08-03"})
    assert counts(intake) == (0, 1, 0, 0, 0)
    whole.refresh_from_db()
    assert (whole.title, whole.name, whole.reference) == ("Dr", "Resident 2 (demo)", "P001")
    assert whole.home is not None
    assert whole.home.reference == "H009"
    assert history_of(whole)[0].sentence.startswith("changed title, name")
    stub = Person.objects.get(reference="P002")
    assert (stub.title, stub.merged_into) == ("Mrs", whole)
    assert not Residency.objects.filter(person=stub, home=whole.home).exists()


def test_merges_are_followed_to_their_end() -> None:
    bring(one(1), one(2), one(3))
    merged("P002", "P003")
    last = merged("P001", "P002")
    assert counts(bring({**one(3), "Title": "Dr"})) == (0, 1, 0, 0, 0)
    last.refresh_from_db()
    assert last.title == "Dr"


def test_where_a_file_has_both_the_reference_that_was_kept_speaks() -> None:
    bring(one(1), one(2))
    whole = merged("P002", "P001")
    intake = bring({**one(1), "Title": "Dr"}, {**one(2), "Title": "Prof"})
    assert counts(intake) == (0, 1, 0, 0, 1)
    (why,) = whys(intake)
    assert why.startswith("We joined this person with the one in row 3, which is taken over.")
    whole.refresh_from_db()
    assert whole.title == "Prof"


def test_nobody_leaves_while_a_list_has_the_reference_merged_into_theirs() -> None:
    others = [one(number) for number in range(3, 30)]
    bring(one(1), one(2), *others, mode=Mode.FULL)
    whole = merged("P001", "P002")
    assert counts(bring(one(2), *others, mode=Mode.FULL))[3] == 0
    unread = {**one(2), "DOB": "some day"}
    assert counts(bring(unread, *others, mode=Mode.FULL))[3] == 0
    assert counts(bring(*others, mode=Mode.FULL))[3] == 1
    whole.refresh_from_db()
    assert whole.status == "LEFT"


def test_a_merge_undone_makes_two_people_of_them_again(now: dt.datetime, officer: Actor) -> None:
    bring(one(1), one(2))
    whole, stub = (Person.objects.get(reference=each) for each in ("P001", "P002"))
    merge = merge_people(kept=whole, gone=stub, taken=[], by=officer, at=now)
    undo_merge(merge=merge, by=officer, at=now)
    assert counts(bring(one(1), {**one(2), "Title": "Dr"})) == (0, 1, 1, 0, 0)
    stub.refresh_from_db()
    assert stub.title == "Dr"


def test_postgresql_keeps_one_mark_of_a_reference_and_one_secret_of_a_landlord() -> None:
    bring(DOREEN)
    forget("P001")
    mark = ErasedReference.objects.get().mark
    with (
        pytest.raises(IntegrityError, match="erased_reference_is_marked_once"),
        transaction.atomic(),
    ):
        ErasedReference.objects.create(mark=mark)
    with (
        pytest.raises(IntegrityError, match="landlord_has_one_reference_secret"),
        transaction.atomic(),
    ):
        ReferenceSecret.objects.create(key=b"another")
