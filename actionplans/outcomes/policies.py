from __future__ import annotations

import datetime as dt

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome
from involvement.auditing.refusals import ChangedMeanwhile, Refusal


class DecisionWasReplaced(Refusal):
    """A later decision has replaced this one. Record what changed with the later one."""


class HappenedInTheFuture(Refusal):
    """What has not happened yet is a plan. Write a day that is not later than today."""


class HappenedBeforeDecision(Refusal):
    """This happened before the decision. Check the day, or choose the earlier decision."""


class OutcomeIsWithdrawn(Refusal):
    """This outcome was withdrawn. Record a new one instead."""


class WithdrawalReasonMissing(Refusal):
    """Say why this is withdrawn. Whoever was told may ask."""


class EvidenceIsEmpty(Refusal):
    """Write what this shows and where the proof is kept, or choose a file."""


class FiguresWithoutMeasure(Refusal):
    """Write what the figures measure, and the figure afterwards."""


def check_can_record(decision: Decision) -> None:
    """Raises DecisionWasReplaced."""
    if decision.replaced_by_id is not None:
        raise DecisionWasReplaced


def can_record(decision: Decision) -> bool:
    """Whether something may be recorded as changed by it."""
    return decision.replaced_by_id is None


def check_outcome(outcome: Outcome, today: dt.date) -> None:
    """Raises HappenedInTheFuture, HappenedBeforeDecision, FiguresWithoutMeasure."""
    if outcome.happened_on > today:
        raise HappenedInTheFuture
    if outcome.happened_on < outcome.decision.decided_on:
        raise HappenedBeforeDecision
    if (outcome.before or outcome.after) and not (outcome.measure and outcome.after):
        raise FiguresWithoutMeasure


def check_can_change(outcome: Outcome, seen: int | None = None) -> None:
    """`seen` is the version the writer began from. Raises OutcomeIsWithdrawn, ChangedMeanwhile."""
    if outcome.withdrawn_at is not None:
        raise OutcomeIsWithdrawn
    if seen is not None and seen != outcome.version:
        raise ChangedMeanwhile


def can_change(outcome: Outcome) -> bool:
    """Whether it still stands."""
    return outcome.withdrawn_at is None


def confidence(*, evidence: int, verified: bool) -> str:
    """How sure we may say we are: residents' own word counts most, then what can be shown."""
    if verified:
        return Outcome.Confidence.VERIFIED
    return Outcome.Confidence.EVIDENCED if evidence else Outcome.Confidence.CLAIMED
