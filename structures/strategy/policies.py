from __future__ import annotations

from involvement.auditing.refusals import Refusal
from structures.strategy.models import Strategy


class StrategyIsReplaced(Refusal):
    """This version has been replaced, so it no longer changes. Change the newest version."""


class StrategyIsAgreed(Refusal):
    """This strategy has been agreed. Start a new version to change what it says."""


class NothingToAgree(Refusal):
    """A strategy needs at least one objective, and the group or person who agreed it, before it can
    be marked as agreed."""


class NewVersionNeedsAgreed(Refusal):
    """Only an agreed strategy gets a new version. Change this draft instead."""


class NewVersionIsBegun(Refusal):
    """A new version of this strategy is begun already. Change that draft."""


def check_can_change(strategy: Strategy) -> None:
    """Raises StrategyIsReplaced, StrategyIsAgreed."""
    if strategy.state == Strategy.State.REPLACED:
        raise StrategyIsReplaced
    if strategy.state == Strategy.State.AGREED:
        raise StrategyIsAgreed


def can_change(strategy: Strategy) -> bool:
    """Whether its parts may still change."""
    return strategy.state == Strategy.State.DRAFT


def check_can_agree(strategy: Strategy) -> None:
    """Raises NothingToAgree and what `check_can_change` raises."""
    check_can_change(strategy)
    if not strategy.objectives.exists() or not strategy.agreements.exists():
        raise NothingToAgree


def check_can_version(strategy: Strategy) -> None:
    """Raises NewVersionNeedsAgreed, NewVersionIsBegun."""
    if strategy.state != Strategy.State.AGREED:
        raise NewVersionNeedsAgreed
    if strategy.replaced_by.exists():
        raise NewVersionIsBegun


def can_version(strategy: Strategy) -> bool:
    """Whether a new version may be begun."""
    return strategy.state == Strategy.State.AGREED and not strategy.replaced_by.exists()
