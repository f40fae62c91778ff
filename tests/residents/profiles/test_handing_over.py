"""A person's own answers leave the store for them alone, once they asked to see what is kept."""

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

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.models import AuditEntry
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.questionnaires.answers import Given
from involvement.wiring import port
from residents.duplicates.operations import merge_people, undo_merge
from residents.people.models import Person
from residents.privacy.clocks import UNDO_DAYS
from residents.privacy.models import AccessRequest
from residents.privacy.operations import own_answers, requests
from residents.privacy.ports import SealedAnswers, Section
from residents.profiles import operations, store
from residents.profiles.handing_over import NONE
from tests.factories.people import make_person
from tests.residents.profiles.window import answers, counted

# The store hands answers out in no transaction that has written, as a test's own would have
pytestmark = [pytest.mark.usefixtures("window"), pytest.mark.django_db(transaction=True)]
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


def with_link(person: Person, by: Actor, at: dt.datetime) -> AccessRequest:
    """A request whose pack is made, and whose link a colleague let go."""
    Person.objects.filter(pk=person.pk).update(email="at.home@post.example")
    request = asked(person, by, at)
    ada = Actor(ActorKind.STAFF, "Ada Frost (demo)", key=4711)
    own_answers.send_link(request=request, by=ada, at=at)
    return request


def herself(person: Person) -> Actor:
    return Actor(ActorKind.RESIDENT, person.name, key=person.pk)


def looked(person: Person, at: dt.datetime) -> None:
    """The line of history without which nothing is handed out."""
    auditing.record(
        verb="equality.handed_over", record=person, sentence="looked", by=herself(person), at=at
    )


def words_in(part: Section) -> str:
    return "\n".join(f"{row.label}: {row.value}" for row in part.rows)


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents stay the text they are set from, so that a test can read them."""
    monkeypatch.setattr("residents.privacy.packing.render_pdf", lambda html, **_: html.encode())


def everything_in(data: bytes) -> str:
    """All that a bundle holds, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        files = {name: bundle.read(name).decode("utf-8-sig") for name in bundle.namelist()}
    return "\n".join([*files, *files.values()])


def test_whoever_asked_is_given_all_they_answered(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    request = with_link(doreen, officer, now)
    said = words_in(own_answers.hand_over(request=request, by=herself(doreen), at=now))
    assert f"Any other Asian background: {WORDS}" in said
    assert "What is your ethnic group? (answered in August 2026)" in said
    assert len(said.splitlines()) == 2


@pytest.mark.usefixtures("unset")
def test_no_file_that_an_officer_opens_holds_what_was_answered(
    doreen: Person, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    request = asked(doreen, officer, now)
    address = f"/desk/privacy/access/{request.pk}/"
    fetched = everything_in(b"".join(officer_client.post(f"{address}pack/")))
    assert "Doreen Hackett" in fetched
    assert "A link in an" in fetched
    page = officer_client.get(address).text
    for shown in (fetched, page, json.dumps(request.contents)):
        for said in (WORDS, "Any other Asian background", "ASIAN_ANY"):
            assert said not in shown
    assert not AuditEntry.objects.filter(verb="equality.handed_over").exists()


def test_each_time_leaves_a_line_of_history_that_says_nothing_of_what_was_answered(
    doreen: Person, officer: Actor, now: dt.datetime, caplog: pytest.LogCaptureFixture
) -> None:
    request = with_link(doreen, officer, now)
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            own_answers.hand_over(request=request, by=herself(doreen), at=now)
    lines = history_of(doreen).filter(verb="equality.handed_over")
    assert [(line.by_name, line.at, line.changes) for line in lines] == [
        (doreen.name, now, []),
        (doreen.name, now, []),
    ]
    assert WORDS not in caplog.text
    assert "ASIAN" not in json.dumps(list(AuditEntry.objects.values("sentence", "changes")))


def test_whoever_answered_nothing_is_told_so(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    silent = make_person("Walter Brooker (demo)")
    request = with_link(silent, officer, now)
    assert NONE in words_in(own_answers.hand_over(request=request, by=herself(silent), at=now))


@pytest.mark.parametrize("left", ["open", "closed", "forgotten"])
def test_without_a_pack_that_stands_the_database_gives_nothing(
    doreen: Person, officer: Actor, now: dt.datetime, left: str
) -> None:
    request = asked(doreen, officer, now)
    looked(doreen, now)
    assert store.own(request=request.pk, at=now)
    lines = AuditEntry.objects.filter(verb="equality.handed_over").count()
    changes: dict[str, Callable[[], object]] = {
        "open": lambda: AccessRequest.objects.filter(pk=request.pk).update(state="OPEN"),
        "closed": lambda: requests.close(request=request, because="Not her", by=officer, at=now),
        "forgotten": lambda: requests.forget_pack(request=request, by=officer, at=now),
    }
    changes[left]()
    with pytest.raises(store.NotHandedOver):
        store.own(request=request.pk, at=now)
    assert AuditEntry.objects.filter(verb="equality.handed_over").count() == lines


def test_nobody_reads_and_takes_request_and_history_back(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    with pytest.raises(store.NotHandedOver), transaction.atomic():
        request = asked(doreen, officer, now)
        looked(doreen, now)
        store.own(request=request.pk, at=now)
    request = asked(doreen, officer, now)
    with pytest.raises(store.NotHandedOver):
        store.own(request=request.pk, at=now)
    with pytest.raises(RuntimeError), transaction.atomic():
        own_answers.hand_over(request=request, by=herself(doreen), at=now)
    assert not AuditEntry.objects.filter(verb="equality.handed_over").exists()


def test_another_landlord_cannot_have_them_and_the_web_role_cannot_go_round(
    doreen: Person, officer: Actor, now: dt.datetime, oxford: Landlord
) -> None:
    request = asked(doreen, officer, now)
    with landlord_scope(oxford), pytest.raises(store.NotHandedOver):
        store.own(request=request.pk, at=now)
    for question in (
        "SELECT words FROM residents_equalityanswer",
        "SELECT equality_marks_of(1)",
        "SELECT asked_for_own_answers(1, now())",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(question)


def test_the_port_is_bound_to_what_the_pack_asks_of_it() -> None:
    bound: SealedAnswers = port("privacy.sealed_answers")
    assert bound.heading == "Your equality answers"


def two_rows(officer: Actor, now: dt.datetime) -> tuple[Person, Person]:
    """One person twice: both answered about health, one about faith, one about an ethnic group."""
    kept, gone = make_person("Amina Khan (demo)"), make_person("A Khan (demo)")
    card(kept, officer, now, CONDITION=("NO", ""), RELIGION=("MUSLIM", ""))
    card(gone, officer, now, CONDITION=("YES", ""), ETHNIC_GROUP=("ASIAN_PAKISTANI", ""))
    return kept, gone


def own(person: Person, officer: Actor, now: dt.datetime) -> set[tuple[str, str]]:
    """What the pack of a person says."""
    looked(person, now)
    rows = store.own(request=asked(person, officer, now).pk, at=now)
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
    with pytest.raises(store.NotHandedOver):
        own(kept, officer, now)
    beyond_undoing = now + dt.timedelta(days=UNDO_DAYS + 1)
    assert own(kept, officer, beyond_undoing) == before[0] | before[1]
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
