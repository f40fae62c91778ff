from __future__ import annotations

import datetime as dt

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Theme
from involvement.auditing.refusals import ChangedMeanwhile, Refusal


class ThemeHasDecision(Refusal):
    """This theme has a decision already. Change that one, or replace it with a new one."""


class ThemeCannotBeDecided(Refusal):
    """This theme is closed. Open it again before a decision is recorded."""


class ReasonsMissing(Refusal):
    """Say why, in plain words, and choose the kind of reason. “No” needs the same care as “yes”."""


class DeciderMissing(Refusal):
    """Choose either the group or the officer who decided."""


class DecidedInTheFuture(Refusal):
    """The day of the decision cannot be later than today."""


class DecisionIsReplaced(Refusal):
    """A later decision has replaced this one. Change the later one."""


class DecisionIsInUse(Refusal):
    """People have been told of this decision, or something was done about it, so it stays. Replace
    it with a new decision instead."""


class WithdrawalReasonMissing(Refusal):
    """Write why the decision is taken back. The reason stays in the theme's history."""


class MinorityViewIsKept(Refusal):
    """What those who disagreed wrote is kept as they wrote it. It cannot be changed."""


def check_can_decide(theme: Theme) -> None:
    """Raises ThemeCannotBeDecided, ThemeHasDecision."""
    if theme.state in {Theme.State.MERGED, Theme.State.NOTED}:
        raise ThemeCannotBeDecided
    if Decision.objects.filter(theme=theme, replaced_by__isnull=True).exists():
        raise ThemeHasDecision


def can_decide(theme: Theme) -> bool:
    """Whether a first decision may be recorded."""
    return theme.state == Theme.State.OPEN


def check_decision(decision: Decision, today: dt.date) -> None:
    """Whether it says who, why and when. Raises DeciderMissing, ReasonsMissing,
    DecidedInTheFuture."""
    if (decision.body_id is None) == (decision.officer_id is None):
        raise DeciderMissing
    if decision.result != Decision.Result.AGREED and not (decision.because and decision.reason):
        raise ReasonsMissing
    if decision.decided_on > today:
        raise DecidedInTheFuture


def check_can_change(decision: Decision, seen: int | None = None) -> None:
    """`seen` is the version the writer began from. Raises DecisionIsReplaced, ChangedMeanwhile."""
    if decision.replaced_by_id is not None:
        raise DecisionIsReplaced
    if seen is not None and seen != decision.version:
        raise ChangedMeanwhile


def can_change(decision: Decision) -> bool:
    """Whether it is the decision in force."""
    return decision.replaced_by_id is None


def check_can_add_minority_view(decision: Decision) -> None:
    """Raises MinorityViewIsKept."""
    if decision.minority_view:
        raise MinorityViewIsKept
