"""Answers go in and nobody gets them out."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.questionnaires.answers import Given
from involvement.questionnaires.models import Version
from residents.people.models import Person
from residents.profiles import operations, store
from residents.profiles.models import EqualityAnswer, EqualityLink, EqualitySecret, EqualityTable
from residents.profiles.policies import GuardianFirst, HasObjected, NoQuestions
from tests.factories.people import make_person
from tests.residents.profiles.window import answers, write

pytestmark = pytest.mark.usefixtures("window")
SEALED = [EqualityAnswer, EqualitySecret, EqualityTable]


@pytest.fixture
def questions(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Version:
    return operations.begin_question_set(by=officer, at=now)


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person(name="Doreen Hackett (demo)")


CARD = {
    "ETHNIC_GROUP": Given(options=("ASIAN_ANY",), words="Nepali"),
    "CONDITION": Given(options=("YES",)),
    "IMPAIRMENT": Given(options=("VISION", "MEMORY")),
}


def test_a_card_goes_in_and_leaves_nothing_in_history(
    questions: Version, doreen: Person, officer: Actor, now: dt.datetime, poole: Landlord
) -> None:
    operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    assert answers(poole) == [
        ("CONDITION", "YES", ""),
        ("ETHNIC_GROUP", "ASIAN_ANY", "Nepali"),
        ("IMPAIRMENT", "MEMORY", ""),
        ("IMPAIRMENT", "VISION", ""),
    ]
    entry = AuditEntry.objects.get(verb="equality.card")
    assert entry.sentence == "keyed in an equality card"
    assert (entry.record_kind, entry.record_id) == ("involvement.version", questions.pk)
    assert "Doreen" not in entry.record_name
    assert not history_of(doreen).exists()
    assert entry.changes == []


def test_the_same_card_twice_is_kept_once_and_a_new_answer_takes_the_place_of_the_old(
    questions: Version, doreen: Person, officer: Actor, now: dt.datetime, poole: Landlord
) -> None:
    for _ in range(2):
        operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    assert len(answers(poole)) == 4
    no = {"CONDITION": Given(options=("NO",))}
    operations.record_card(person=doreen, given=no, by=officer, at=now)
    assert answers(poole) == [("CONDITION", "NO", ""), ("ETHNIC_GROUP", "ASIAN_ANY", "Nepali")]


@pytest.mark.parametrize("model", SEALED)
@pytest.mark.parametrize("read_only", [False, True])
def test_no_process_can_read_or_change_the_sealed_tables(
    questions: Version,
    doreen: Person,
    officer: Actor,
    now: dt.datetime,
    poole: Landlord,
    model: Any,
    read_only: bool,
) -> None:
    operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    with landlord_scope(poole, read_only=read_only):
        tries = [
            lambda: list(model.objects.order_by("pk")),
            model.objects.count,
            lambda: model.objects.filter(pk=1).update(landlord=poole.pk),
            lambda: model.objects.filter(pk=1).delete(),
            lambda: model._base_manager.create(landlord=poole),
        ]
        for attempt in tries:
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                attempt()


def test_another_landlord_finds_nothing_even_inside_the_functions(
    questions: Version,
    doreen: Person,
    officer: Actor,
    now: dt.datetime,
    poole: Landlord,
    oxford: Landlord,
) -> None:
    operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    assert answers(poole)
    with landlord_scope(oxford):
        assert answers(oxford) == []
        with pytest.raises(store.StoreClosed):
            store.record(
                person=doreen.pk, version=questions.pk, given=CARD, cleared=[], on=now.date()
            )
        store.erase(person=doreen.pk)
    with landlord_scope(poole):
        assert len(answers(poole)) == 4


def test_an_objection_erases_what_was_answered_and_keeps_more_from_coming(
    questions: Version, doreen: Person, officer: Actor, now: dt.datetime, poole: Landlord
) -> None:
    operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    operations.record_objection(person=doreen, by=officer, at=now)
    assert answers(poole) == []
    with pytest.raises(HasObjected):
        operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    operations.lift_objection(person=doreen, by=officer, at=now)
    operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    assert len(answers(poole)) == 4


def test_what_the_store_refuses_is_told_without_what_was_answered(
    questions: Version, doreen: Person, caplog: pytest.LogCaptureFixture, now: dt.datetime
) -> None:
    long = Given(options=("ANOTHER",), words="secret words " * 60)
    with caplog.at_level(logging.DEBUG), pytest.raises(store.StoreClosed) as refused:
        store.record(
            person=doreen.pk, version=questions.pk, given={"RELIGION": long}, cleared=[],
            on=now.date(),
        )  # fmt: skip
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "secret" not in caplog.text


def test_nothing_is_taken_before_there_are_questions(
    doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    with pytest.raises(NoQuestions):
        operations.record_card(person=doreen, given=CARD, by=officer, at=now)


def test_a_guardian_agrees_before_a_young_person_answers_and_grown_up_questions_stay_away(
    questions: Version,
    doreen: Person,
    officer: Actor,
    now: dt.datetime,
    poole: Landlord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("residents.profiles.queries.age_of", lambda _person, _on: 14)
    grown_up = {"ORIENTATION": Given(options=("GAY",)), "SEX": Given(options=("MALE",))}
    with pytest.raises(GuardianFirst):
        operations.record_card(person=doreen, given=grown_up, by=officer, at=now)
    operations.record_consent(
        person=doreen, guardian="Pat Hackett (demo)", relation="mother", given_on=now.date(),
        by=officer, at=now,
    )  # fmt: skip
    operations.record_card(person=doreen, given=grown_up, by=officer, at=now)
    assert answers(poole) == [("SEX", "MALE", "")]
    operations.withdraw_consent(person=doreen, by=officer, at=now)
    assert answers(poole) == []


def test_a_link_that_is_done_with_does_not_tell_whether_anything_was_answered(
    questions: Version, doreen: Person, officer: Actor, now: dt.datetime
) -> None:
    fields = {field.name for field in EqualityLink._meta.concrete_fields}
    assert fields & {"answered_at", "declined_at", "skipped_at", "answers"} == set()
    link = operations.send_link(
        person=doreen, address_of=lambda token: f"https://x.example/{token}", why="", by=officer,
        at=now,
    )  # fmt: skip
    operations.close_link(link=link, by=officer, at=now)
    link.refresh_from_db()
    assert link.closed_at == now


TWICE = {
    "equality_answer_is_given_once": (
        "INSERT INTO residents_equalityanswer (landlord_id, pseudonym, version_id, question, option, "
        "words, answered_on) SELECT landlord_id, pseudonym, version_id, question, option, 'other', "
        "answered_on FROM residents_equalityanswer"
    ),
    "landlord_has_one_equality_secret": (
        "INSERT INTO residents_equalitysecret (landlord_id, key) SELECT landlord_id, 'another' "
        "FROM residents_equalitysecret"
    ),
    "equality_table_is_kept_once": (
        "INSERT INTO residents_equalitytable (landlord_id, key, quarter_on, level, counts, total, "
        "shown, shown_outside, marks) SELECT landlord_id, 'SEX||YEAR', '2026-01-01', 0, '{1}', 1, "
        "'{f}', '{f}', '{}' FROM residents_equalitysecret, generate_series(1, 2)"
    ),
}


@pytest.mark.parametrize("constraint", TWICE)
def test_even_the_keeper_cannot_write_a_row_twice(
    questions: Version, doreen: Person, officer: Actor, now: dt.datetime, constraint: str
) -> None:
    operations.record_card(person=doreen, given=CARD, by=officer, at=now)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(TWICE[constraint])


def limits() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('enable_nestloop')"
        )
        return tuple(cursor.fetchone())


@pytest.mark.django_db(transaction=True)
def test_counting_is_not_cut_short_and_what_comes_after_is_held_to_the_usual_limit(
    questions: Version, doreen: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, during, call = limits(), [], store._call

    def watched(function: str, values: list[Any]) -> Any:
        during.append(limits())
        return call(function, values)

    monkeypatch.setattr(store, "_call", watched)
    quarter: dict[str, Any] = {"quarter_on": dt.date(2026, 7, 1), "until": dt.date(2026, 8, 12)}
    store.cut(slices=[], **quarter)
    assert during == [("10min", "off")]
    assert limits() == usual
    with pytest.raises(store.StoreClosed):
        store.cut(slices=[store.Slice([{"key": "SEX"}])], **quarter)
    assert limits() == usual
