from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from actionplans.decisions.operations import replace_decision
from actionplans.outcomes import operations, policies, queries
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import ChangedMeanwhile, Refusal
from involvement.landlords.models import Landlord
from tests.factories.decisions import make_decision, make_outcome, theme_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(in_poole: Landlord) -> Outcome:
    return make_outcome(make_decision(theme_of(1)))


def shown(outcome: Outcome, officer: Actor, now: dt.datetime, **fields: Any) -> OutcomeEvidence:
    fields.setdefault("words", "The contractor's log")
    return operations.add_evidence(outcome=outcome, by=officer, at=now, **fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"what_changed": ""}, "outcome_says_what_changed"),
        ({"after": "6.9%"}, "outcome_figures_say_what_they_measure"),
        ({"measure": "Missed visits", "before": "11%"}, "outcome_figures_say_what_they_measure"),
        ({"withdrawn_because": "Not so"}, "outcome_withdrawn_says_why"),
    ],
)
def test_the_database_refuses_an_outcome_that_says_too_little(
    outcome: Outcome, fields: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(**fields)


def test_the_database_refuses_evidence_without_words(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    evidence = shown(outcome, officer, now)
    with pytest.raises(IntegrityError, match="evidence_says_what_it_shows"), transaction.atomic():
        OutcomeEvidence.objects.filter(pk=evidence.pk).update(words="")


def test_the_database_saves_one_form_once(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    token = uuid.uuid4()
    again = make_outcome(outcome.decision, form_token=token)
    evidence = shown(outcome, officer, now, form_token=token)
    another = shown(outcome, officer, now)
    pairs: list[tuple[Model, Model, str]] = [
        (again, outcome, "outcome_form_is_saved_once"),
        (evidence, another, "evidence_form_is_saved_once"),
    ]
    for _first, second, constraint in pairs:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            type(second)._default_manager.filter(pk=second.pk).update(form_token=token)


def test_a_claim_is_evidenced_once_something_shows_it(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    assert outcome.confidence == Outcome.Confidence.CLAIMED
    assert list(queries.claimed_without_evidence(now + dt.timedelta(hours=1))) == [outcome]
    shown(outcome, officer, now)
    outcome.refresh_from_db()
    assert outcome.confidence == Outcome.Confidence.EVIDENCED
    assert not queries.claimed_without_evidence(now + dt.timedelta(hours=1)).exists()


def test_only_residents_make_it_verified_and_they_can_undo_it(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    weigh: dict[str, Any] = {"decision": outcome.decision, "by": officer, "at": now}
    assert operations.weigh_outcomes(verified=True, **weigh) == [outcome]
    assert operations.weigh_outcomes(verified=True, **weigh) == []
    operations.weigh_outcomes(verified=False, **weigh)
    outcome.refresh_from_db()
    assert outcome.confidence == Outcome.Confidence.CLAIMED


def test_the_same_forms_sent_twice_make_one_row_each(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    decision, token = make_decision(theme_of(1)), uuid.uuid4()
    outcome = make_outcome(decision, form_token=token)
    assert make_outcome(decision, form_token=token) == outcome
    evidence = shown(outcome, officer, now, form_token=token)
    assert shown(outcome, officer, now, form_token=token) == evidence


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"happened_on": dt.date(2026, 8, 13)}, policies.HappenedInTheFuture),
        ({"happened_on": dt.date(2026, 8, 1)}, policies.HappenedBeforeDecision),
        ({"before": "11%", "after": "7%"}, policies.FiguresWithoutMeasure),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(
    in_poole: Landlord, fields: dict[str, Any], refusal: type[Refusal]
) -> None:
    decision = make_decision(theme_of(1))
    with pytest.raises(refusal):
        make_outcome(decision, **fields)
    assert not Outcome.objects.exists()


def test_the_second_of_two_writers_is_told_of_the_first(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    change: dict[str, Any] = {"outcome": outcome, "seen": 1, "by": officer, "at": now}
    operations.change_outcome(what_changed="One lift runs.", **change)
    with pytest.raises(ChangedMeanwhile):
        operations.change_outcome(what_changed="Neither runs.", **change)
    outcome.refresh_from_db()
    assert outcome.what_changed == "One lift runs."


def test_a_withdrawn_claim_stays_with_its_reason_and_changes_no_more(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    act: dict[str, Any] = {"outcome": outcome, "by": officer, "at": now}
    with pytest.raises(policies.WithdrawalReasonMissing):
        operations.withdraw_outcome(because=" ", **act)
    operations.withdraw_outcome(because="The lift failed again.", **act)
    assert list(queries.outcomes_of(outcome.decision)) == [outcome]
    assert queries.outcomes_by_decision([outcome.decision_id]) == {}
    with pytest.raises(policies.OutcomeIsWithdrawn):
        shown(outcome, officer, now)
    with pytest.raises(policies.OutcomeIsWithdrawn):
        operations.change_outcome(what_changed="It runs.", **act)


def test_a_replaced_decision_takes_no_outcome(
    outcome: Outcome, officer: Actor, now: dt.datetime
) -> None:
    decision = outcome.decision
    replace_decision(
        decision=decision,
        result="AGREED",
        what="Stairs.",
        body=decision.body,
        decided_on=decision.decided_on,
        by=officer,
        at=now,
    )
    decision.refresh_from_db()
    with pytest.raises(policies.DecisionWasReplaced):
        make_outcome(decision)
