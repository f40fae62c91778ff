"""Who may join what: a verdict with every reason in words, and outside answers that run out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from residents.eligibility import operations, policies, queries
from residents.eligibility.models import (
    Attestation,
    Check,
    OutsideCheck,
    RuleSet,
    RuleSetCheck,
)
from residents.people.models import Home, Person
from residents.people.operations import move_in, person_left
from residents.segments.policies import NoSuchCondition
from residents.segments.rules import Asked
from tests.factories.people import make_person

DAY = dt.date(2026, 11, 2)
V = Check.Verdict


@pytest.fixture
def ada(in_poole: Landlord) -> Person:
    return make_person("Ada Coles (demo)", born_on=dt.date(2001, 11, 3))


@pytest.fixture
def arrears(in_poole: Landlord, officer: Actor, now: dt.datetime) -> OutsideCheck:
    return operations.add_outside_check(
        question="Are they free of arrears?",
        ask_whom="the income team",
        valid_days=90,
        by=officer,
        at=now,
    )


def rules(*asked: Asked, by: Actor, checks: Any = (), name: str = "Youth forum") -> RuleSet:
    return operations.add_rule_set(
        name=name, conditions=asked, checks=checks, by=by, at=timezone.now()
    )


def said(person: Person, rule_set: RuleSet, on: dt.date = DAY) -> list[tuple[str, bool | None]]:
    return [(each.words, each.holds) for each in queries.check(person, rule_set, on).reasons]


def test_without_rules_anybody_who_lives_here_may_join(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    rule_set = rules(by=officer)
    assert queries.check(ada, rule_set, DAY).verdict == V.YES
    person_left(person=ada, on=dt.date(2026, 6, 1), by=officer, at=now)
    ada.refresh_from_db()
    assert said(ada, rule_set) == [("Has left since 1 June 2026", False)]


def test_on_the_day_before_a_birthday_somebody_is_still_younger(
    in_poole: Landlord, officer: Actor
) -> None:
    ben = make_person("Ben (demo)", born_on=dt.date(2001, 11, 3))
    rule_set = rules(Asked("age-below", "25"), by=officer)
    assert queries.check(ben, rule_set, dt.date(2026, 11, 2)).verdict == V.YES
    assert queries.check(ben, rule_set, dt.date(2026, 11, 3)).verdict == V.NO


def test_every_reason_is_said_and_a_no_wins_over_not_knowing(
    officer: Actor, in_poole: Landlord
) -> None:
    cem = make_person("Cem (demo)")
    rule_set = rules(
        Asked("age-below", "25"),
        Asked("told", ["FACE"]),
        Asked("told", ["FACE"], negated=True),
        by=officer,
    )
    assert said(cem, rule_set) == [
        ("Age is below 25: we do not know this of them", None),
        ("Wishes to be told face to face", False),
        ("Not: wishes to be told face to face", True),
    ]
    assert queries.check(cem, rule_set, DAY).verdict == V.NO
    only_age = rules(Asked("age-below", "25", negated=True), by=officer, name="Elders")
    assert queries.check(cem, only_age, DAY).verdict == V.UNKNOWN


def test_where_somebody_lives_counts_as_it_is_today(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    rule_set = rules(Asked("tenure", ["LEASEHOLD"]), by=officer, name="Leaseholders")
    assert queries.check(ada, rule_set, DAY).verdict == V.UNKNOWN
    home = Home.objects.create(address="1 Quay", tenure="LEASEHOLD", created_at=now)
    move_in(person=ada, home=home, capacity="LEASEHOLDER", on=DAY, by=officer, at=now)
    ada.refresh_from_db()
    assert queries.check(ada, rule_set, DAY).verdict == V.YES


def test_an_outside_answer_counts_until_it_runs_out_and_the_latest_counts(
    ada: Person, arrears: OutsideCheck, officer: Actor, now: dt.datetime
) -> None:
    rule_set = rules(by=officer, checks=[arrears])
    assert said(ada, rule_set) == [
        ("Are they free of arrears? Nobody has answered yet. Ask the income team.", None)
    ]
    answer: dict[str, Any] = {
        "person": ada,
        "check_asked": arrears,
        "attested_by": "Rob Lane, income team",
        "by": officer,
        "at": now,
    }
    operations.attest(answer=False, attested_on=dt.date(2025, 8, 1), **answer)
    row = operations.attest(answer=True, attested_on=dt.date(2025, 9, 1), **answer)
    assert row.expires_on == dt.date(2025, 11, 30)
    assert queries.check(ada, rule_set, dt.date(2025, 8, 15)).verdict == V.NO
    assert queries.check(ada, rule_set, dt.date(2025, 11, 30)).verdict == V.YES
    assert said(ada, rule_set, dt.date(2025, 12, 1)) == [
        (
            "Are they free of arrears? The last answer held until 30 November 2025. Ask again.",
            None,
        )
    ]
    assert said(ada, rule_set, dt.date(2025, 11, 2))[0][0] == (
        "Are they free of arrears? Yes, said Rob Lane, income team on 1 September 2025; it holds "
        "until 30 November 2025."
    )


def test_an_answer_is_not_given_in_the_future_nor_for_less_than_a_day(
    ada: Person, arrears: OutsideCheck, officer: Actor, now: dt.datetime
) -> None:
    today = timezone.localdate(now)
    answer: dict[str, Any] = {"person": ada, "check_asked": arrears, "answer": True}
    answer |= {"attested_by": "Rob Lane", "by": officer, "at": now}
    with pytest.raises(policies.AttestedInTheFuture):
        operations.attest(attested_on=today + dt.timedelta(days=1), **answer)
    with pytest.raises(policies.HoldsTooShort):
        operations.attest(attested_on=today, expires_on=today - dt.timedelta(days=1), **answer)


def test_a_verdict_is_kept_as_it_was_given(
    ada: Person, arrears: OutsideCheck, officer: Actor, now: dt.datetime
) -> None:
    rule_set = rules(Asked("told", ["POST"]), by=officer, checks=[arrears])
    row = operations.check_person(person=ada, rule_set=rule_set, on=DAY, by=officer, at=now)
    operations.ask_no_more(rule_set=rule_set, place=0, by=officer, at=now)
    row.refresh_from_db()
    assert row.verdict == V.UNKNOWN
    assert [reason["holds"] for reason in row.reasons] == [True, None]
    assert list(queries.verdicts_of(ada)) == [row]


def test_who_may_not_join_is_told_why(ada: Person, officer: Actor) -> None:
    rule_set = rules(Asked("told", ["FACE"]), by=officer)
    with pytest.raises(policies.NotEligible, match="because of “Wishes to be told face to face”"):
        policies.check_may_join(ada, rule_set, DAY)
    with pytest.raises(policies.NotKnownYet, match="Tenure is Leasehold"):
        policies.check_may_join(
            ada, rules(Asked("tenure", ["LEASEHOLD"]), by=officer, name="L"), DAY
        )
    assert not policies.may_join(ada, rule_set, DAY)
    assert policies.may_join(ada, rules(by=officer, name="Anybody"), DAY)


def test_however_many_conditions_are_asked_in_one_question(ada: Person, officer: Actor) -> None:
    few = rules(Asked("told", ["POST"]), by=officer, name="Few")
    many = rules(
        Asked("told", ["POST"]),
        Asked("age-from", "16"),
        Asked("tenure", ["GENERAL"]),
        by=officer,
        name="Many",
    )
    asked = []
    for rule_set in (few, many):
        with CaptureQueriesContext(connection) as found:
            queries.check(ada, rule_set, DAY)
        asked.append(len(found))
    assert asked == [2, 2]


def test_rules_that_are_put_away_are_not_used_and_take_twenty_conditions(
    ada: Person, officer: Actor, now: dt.datetime
) -> None:
    rule_set = rules(*[Asked("told", ["POST"])] * 20, by=officer)
    with pytest.raises(policies.TooManyConditions):
        operations.ask(rule_set=rule_set, asked=Asked("told", ["EMAIL"]), by=officer, at=now)
    with pytest.raises(NoSuchCondition):
        rules(Asked("shoe-size", "9"), by=officer, name="Feet")
    operations.put_away(rule_set=rule_set, archived_at=now, by=officer, at=now)
    rule_set.refresh_from_db()
    with pytest.raises(policies.RuleSetIsPutAway):
        operations.check_person(person=ada, rule_set=rule_set, on=DAY, by=officer, at=now)


def test_which_checks_are_asked_for_is_changed_and_written_down(
    arrears: OutsideCheck, officer: Actor, now: dt.datetime
) -> None:
    rule_set = rules(by=officer)
    operations.change_rule_set(rule_set=rule_set, checks=[arrears], by=officer, at=now)
    assert queries.checks_of(rule_set) == [arrears]
    operations.change_rule_set(rule_set=rule_set, checks=[], by=officer, at=now)
    assert queries.checks_of(rule_set) == []


def test_the_database_refuses_nonsense(
    ada: Person, arrears: OutsideCheck, officer: Actor, now: dt.datetime
) -> None:
    by = officer.columns()
    rule_set = rules(by=officer, checks=[arrears])

    def refused(constraint: str, model: Any, **values: Any) -> None:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            model.objects.create(**values)

    refused(
        "outside_check_asks_each_question_once", OutsideCheck, question=arrears.question.upper()
    )
    refused("outside_check_has_a_question", OutsideCheck, question="")
    refused("outside_check_holds_a_day_to_ten_years", OutsideCheck, question="?", valid_days=0)
    refused("rule_set_name_is_used_once", RuleSet, name="YOUTH forum", made_at=now, **by)
    refused("rule_set_has_a_name", RuleSet, name="", made_at=now, **by)
    refused("rule_set_asks_for_a_check_once", RuleSetCheck, rule_set=rule_set, check_asked=arrears)
    answer: dict[str, Any] = {"person": ada, "check_asked": arrears, "answer": True}
    answer |= {"attested_on": DAY, "recorded_at": now, **by}
    refused("attestation_says_who_said_so", Attestation, attested_by="", expires_on=DAY, **answer)
    refused(
        "attestation_holds_from_the_day_it_is_given",
        Attestation,
        attested_by="Rob",
        expires_on=DAY - dt.timedelta(days=1),
        **answer,
    )
