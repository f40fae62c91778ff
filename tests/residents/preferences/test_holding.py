"""What preferences keep about a person is shown, forgotten, and moves with a merge."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.preferences import operations, queries
from residents.preferences.holding import HOLDERS
from residents.preferences.models import Consent, Need
from tests.factories.people import make_person
from tests.residents.preferences.said import CLERK, heard, make_purpose

WAYS, NEEDS, CONSENTS = HOLDERS


def test_needs_are_shown_and_erased_with_their_copy(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    person = make_person(needs=["LARGE_PRINT", "LOOP"])
    (section,) = NEEDS.collect(person)
    assert {("Need", "large print"), ("Need", "a hearing loop")} <= {
        (item.label, item.value) for item in section.rows
    }
    (count,) = NEEDS.erase(person, by=officer, at=now)
    assert count.deleted == 2
    assert not Person.objects.get(pk=person.pk).large_print
    assert Need.objects.count() == 0


def test_a_merge_brings_large_print_along_and_undoing_it_takes_it_back(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    kept, gone = make_person(), make_person("D Hackett (demo)", needs=["LARGE_PRINT"])
    record = NEEDS.merge(kept, gone, by=officer, at=now)
    assert Person.objects.get(pk=kept.pk).large_print
    assert queries.formats_for(kept) == {"LARGE_PRINT"}
    NEEDS.unmerge(record)
    assert not Person.objects.get(pk=kept.pk).large_print
    assert queries.formats_for(gone) == {"LARGE_PRINT"}


def test_consents_are_shown_and_outlive_erasure_and_merges_unchanged(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    person, other = make_person(), make_person("Zoe (demo)")
    operations.record_consent(
        person=person,
        purpose=make_purpose(),
        act="GIVEN",
        channel="POST",
        heard=heard(),
        by=CLERK,
        at=timezone.now(),
    )
    before = list(Consent.objects.values())
    (section,) = CONSENTS.collect(person)
    assert "May we? (Newsletters)" in {item.value for item in section.rows}
    assert CONSENTS.merge(other, person, by=officer, at=now) == []
    (count,) = CONSENTS.erase(person, by=officer, at=now)
    assert (count.kept, count.deleted) == (1, 0)
    assert list(Consent.objects.values()) == before
    assert "Doreen" not in str(before)
