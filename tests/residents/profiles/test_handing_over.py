"""A person's own answers leave the store in the pack they asked for, and in no other way."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import zipfile
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.auditing.queries import history_of
from involvement.documents.queries import content
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.questionnaires.answers import Given
from involvement.wiring import port
from residents.duplicates.operations import merge_people, undo_merge
from residents.people.models import Person
from residents.privacy.models import AccessRequest
from residents.privacy.operations import requests
from residents.privacy.ports import SealedAnswers
from residents.profiles import operations, store
from residents.profiles.handing_over import NONE
from tests.factories.people import make_person
from tests.residents.profiles.window import answers, counted

pytestmark = pytest.mark.usefixtures("window")
SEALED = "Sealed/Your equality answers.csv"
WORDS = "Nepali, from the hills"


@pytest.fixture
def doreen(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Person:
    """Somebody who has answered two questions."""
    operations.begin_question_set(by=officer, at=now)
    person = make_person("Doreen Hackett (demo)")
    card(person, officer, now, ETHNIC_GROUP=("ASIAN_ANY", WORDS), CONDITION=("YES", ""))
    return person


def card(person: Person, by: Actor, at: dt.datetime, **given: tuple[str, str]) -> None:
    said = {code: Given(options=(one,), words=words) for code, (one, words) in given.items()}
    operations.record_card(person=person, given=said, by=by, at=at)


def asked(person: Person, by: Actor, at: dt.datetime) -> AccessRequest:
    """An access request whose pack is made."""
    request = requests.record_request(
        person=person,
        asked_on=at.date(),
        asked_how="PHONE",
        identity_words="Rang from her number",
        by=by,
        at=at,
    )
    return requests.make(request=request, landlord=person.landlord, by=by, at=at)


def sealed_in(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        return bundle.read(SEALED).decode("utf-8-sig")


def test_the_pack_that_is_fetched_holds_them_and_the_one_that_is_kept_does_not(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = asked(doreen, officer, now)
    request, data = requests.hand_over(request=request, by=officer, at=now)
    said = sealed_in(data)
    assert f"Any other Asian background: {WORDS}" in said
    assert "What is your ethnic group? (answered in August 2026)" in said
    assert request.pack is not None
    with zipfile.ZipFile(io.BytesIO(content(request.pack))) as bundle:
        assert SEALED not in bundle.namelist()
        kept = b"".join(bundle.read(name) for name in bundle.namelist())
        index = bundle.read("Read this first.txt").decode("utf-8-sig")
    assert WORDS.encode() not in kept
    assert f"{SEALED}  for you alone" in index
    assert WORDS not in json.dumps(request.contents)


def test_each_time_leaves_a_line_of_history_that_says_nothing_of_what_was_answered(
    doreen: Person, officer: Actor, now: dt.datetime, caplog: pytest.LogCaptureFixture
) -> None:
    request = asked(doreen, officer, now)
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            requests.hand_over(request=request, by=officer, at=now)
    lines = history_of(doreen).filter(verb="equality.handed_over")
    assert [(line.by_name, line.at, line.changes) for line in lines] == [
        (officer.name, now, []),
        (officer.name, now, []),
    ]
    assert WORDS not in caplog.text
    assert "ASIAN" not in json.dumps(list(AuditEntry.objects.values("sentence", "changes")))


def test_whoever_answered_nothing_is_told_so_in_the_same_file(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    silent = make_person("Walter Brooker (demo)")
    _, data = requests.hand_over(request=asked(silent, officer, now), by=officer, at=now)
    assert NONE in sealed_in(data)


@pytest.mark.parametrize("left", ["open", "closed", "forgotten"])
def test_without_a_pack_that_stands_the_database_gives_nothing(
    doreen: Person, officer: Actor, now: dt.datetime, left: str
) -> None:
    request = asked(doreen, officer, now)
    assert store.own(request=request.pk, by=officer, at=now)
    lines = AuditEntry.objects.filter(verb="equality.handed_over").count()
    changes: dict[str, Callable[[], object]] = {
        "open": lambda: AccessRequest.objects.filter(pk=request.pk).update(state="OPEN"),
        "closed": lambda: requests.close(request=request, because="Not her", by=officer, at=now),
        "forgotten": lambda: requests.forget_pack(request=request, by=officer, at=now),
    }
    changes[left]()
    with pytest.raises(store.NotHandedOver):
        store.own(request=request.pk, by=officer, at=now)
    assert AuditEntry.objects.filter(verb="equality.handed_over").count() == lines


def test_another_landlord_cannot_have_them_and_the_web_role_cannot_go_round(
    doreen: Person, officer: Actor, now: dt.datetime, oxford: Landlord
) -> None:
    request = asked(doreen, officer, now)
    with landlord_scope(oxford), pytest.raises(store.NotHandedOver):
        store.own(request=request.pk, by=officer, at=now)
    for question in (
        "SELECT words FROM residents_equalityanswer",
        "SELECT equality_marks_of(1)",
        "SELECT handed_over_in_history(1, '{}', now())",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(question)


def test_the_page_says_that_they_go_in_and_shows_none(
    doreen: Person, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    request = asked(doreen, officer, now)
    address = f"/desk/privacy/access/{request.pk}/"
    page = officer_client.get(address).content.decode()
    assert "It is theirs: do not open it." in page
    assert WORDS not in page
    fetched = officer_client.post(f"{address}pack/")
    assert WORDS in sealed_in(fetched.content)
    assert WORDS not in officer_client.get(address).content.decode()


def test_the_port_is_bound_to_what_the_pack_asks_of_it() -> None:
    bound: SealedAnswers = port("privacy.sealed_answers")
    assert bound.heading in SEALED


def two_rows(officer: Actor, now: dt.datetime) -> tuple[Person, Person]:
    """One person twice: both answered about health, one about faith, one about an ethnic group."""
    kept, gone = make_person("Amina Khan (demo)"), make_person("A Khan (demo)")
    card(kept, officer, now, CONDITION=("NO", ""), RELIGION=("MUSLIM", ""))
    card(gone, officer, now, CONDITION=("YES", ""), ETHNIC_GROUP=("ASIAN_PAKISTANI", ""))
    return kept, gone


def own(person: Person, officer: Actor, now: dt.datetime) -> set[tuple[str, str]]:
    """What the pack of a person says."""
    rows = store.own(request=asked(person, officer, now).pk, by=officer, at=now)
    return {(one.question, one.option) for one in rows}


def test_merged_rows_count_as_one_person_and_undoing_makes_them_two(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two_rows(officer, now)
    before = [counted(one) for one in (kept, gone)]
    merge = merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    assert counted(kept) == {
        ("CONDITION", "NO"),
        ("RELIGION", "MUSLIM"),
        ("ETHNIC_GROUP", "ASIAN_PAKISTANI"),
    }
    assert counted(gone) == {("CONDITION", "YES")}
    assert own(kept, officer, now) == before[0] | before[1]
    undo_merge(merge=merge, by=officer, at=now)
    assert [counted(one) for one in (kept, gone)] == before


def test_merges_one_after_another_are_undone_one_after_another(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    kept, gone = two_rows(officer, now)
    last = make_person("Amina B Khan (demo)")
    first = merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    middle = counted(kept)
    second = merge_people(kept=last, gone=kept, taken=[], by=officer, at=now)
    assert counted(last) == middle
    undo_merge(merge=second, by=officer, at=now)
    assert (counted(last), counted(kept)) == (set(), middle)
    undo_merge(merge=first, by=officer, at=now)
    assert ("ETHNIC_GROUP", "ASIAN_PAKISTANI") in counted(gone)


def test_erasing_the_row_that_was_kept_erases_what_both_answered(
    doreen: Person, officer: Actor, now: dt.datetime, poole: Landlord
) -> None:
    there = answers(poole)
    kept, gone = two_rows(officer, now)
    merge_people(kept=kept, gone=gone, taken=[], by=officer, at=now)
    assert len(answers(poole)) == len(there) + 4
    operations.record_objection(person=kept, by=officer, at=now)
    assert answers(poole) == there


@pytest.mark.parametrize("which", [0, 1])
def test_an_objection_under_either_row_erases_what_both_answered(
    doreen: Person, officer: Actor, now: dt.datetime, poole: Landlord, which: int
) -> None:
    there = answers(poole)
    rows = two_rows(officer, now)
    operations.record_objection(person=rows[which], by=officer, at=now)
    assert len(answers(poole)) == len(there) + 2
    merge_people(kept=rows[0], gone=rows[1], taken=[], by=officer, at=now)
    assert answers(poole) == there
