from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.models import Acted
from structures.strategy.models import (
    Agreement,
    Aim,
    Consultation,
    Driver,
    Objective,
    Priority,
    Standard,
    Strategy,
    StrategyDriver,
)
from structures.strategy.policies import check_can_agree, check_can_change, check_can_version

Part = Aim | Objective | Standard | Priority | StrategyDriver | Consultation | Agreement
P = TypeVar("P", bound=Part)

FIELDS = (
    "title",
    "summary",
    "period_words",
    "starts_on",
    "ends_on",
    "next_review_on",
    "unit",
)


@transaction.atomic
def create_strategy(*, by: Actor, at: dt.datetime, **values: Any) -> Strategy:
    """Begin a draft. `values` are fields of Strategy. Returns it."""
    strategy = Strategy(created_at=at, **values)
    strategy.save(force_insert=True)
    auditing.record(
        verb="strategy.begun", record=strategy, sentence="began the strategy", by=by, at=at
    )
    return strategy


@transaction.atomic
def change_strategy(*, strategy: Strategy, by: Actor, at: dt.datetime, **values: Any) -> Strategy:
    """Change a draft's own facts. Raises StrategyIsAgreed, StrategyIsReplaced.

    The day of the next review may change at any time.
    """
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    if set(values) != {"next_review_on"}:
        check_can_change(strategy)
    before = auditing.snapshot(strategy, FIELDS)
    for name, value in values.items():
        setattr(strategy, name, value)
    strategy.save()
    changes = auditing.changes_since(strategy, before)
    if changes:
        auditing.record(
            verb="strategy.changed",
            record=strategy,
            sentence=auditing.what_changed(changes),
            changes=changes,
            by=by,
            at=at,
        )
    return strategy


@transaction.atomic
def save_part(
    *,
    strategy: Strategy,
    part: P,
    by: Actor,
    at: dt.datetime,
    values: dict[str, Any],
) -> P:
    """Add or change one part of a draft; `part` is new or one of the strategy's own.

    Returns it. Raises StrategyIsAgreed, StrategyIsReplaced.
    """
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    check_can_change(strategy)
    is_new = part.pk is None
    before = {} if is_new else auditing.snapshot(part, values)
    part.strategy = strategy
    for name, value in values.items():
        setattr(part, name, value)
    if is_new and hasattr(part, "position"):
        part.position = type(part)._default_manager.filter(strategy=strategy).count()
    if is_new and isinstance(part, Acted):
        for name, value in by.columns().items():
            setattr(part, name, value)
    part.save()
    noun = str(part._meta.verbose_name)
    auditing.record(
        verb=f"strategy.{noun}.{'added' if is_new else 'changed'}",
        record=strategy,
        sentence=f"{'added' if is_new else 'changed'} the {noun} “{str(part)[:120]}”",
        changes=[] if is_new else auditing.changes_since(part, before),
        by=by,
        at=at,
    )
    return part


@transaction.atomic
def remove_part(*, strategy: Strategy, part: Part, by: Actor, at: dt.datetime) -> Strategy:
    """Take one part out of a draft. Raises StrategyIsAgreed, StrategyIsReplaced, ProtectedError
    where a line of a plan points at it."""
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    check_can_change(strategy)
    noun, words = str(part._meta.verbose_name), str(part)
    part.delete()
    auditing.record(
        verb=f"strategy.{noun}.removed",
        record=strategy,
        sentence=f"took out the {noun} “{words[:120]}”",
        by=by,
        at=at,
    )
    return strategy


@transaction.atomic
def agree_strategy(*, strategy: Strategy, by: Actor, at: dt.datetime) -> Strategy:
    """Mark a draft as agreed; the version it replaces steps back. Raises NothingToAgree."""
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    check_can_agree(strategy)
    strategy.state = Strategy.State.AGREED
    strategy.save(update_fields=["state"])
    if strategy.replaces_id:
        Strategy.objects.filter(pk=strategy.replaces_id).order_by().update(
            state=Strategy.State.REPLACED
        )
    auditing.record(
        verb="strategy.agreed",
        record=strategy,
        sentence="marked the strategy as agreed",
        by=by,
        at=at,
    )
    return strategy


@transaction.atomic
def start_new_version(*, strategy: Strategy, by: Actor, at: dt.datetime) -> Strategy:
    """Copy an agreed strategy into a draft of the next version, without who agreed it.

    Returns the draft. Raises NewVersionNeedsAgreed, NewVersionIsBegun.
    """
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    check_can_version(strategy)
    draft: Strategy = Strategy.objects.get(pk=strategy.pk)
    draft.pk = None
    draft.version, draft.state, draft.replaces = (
        strategy.version + 1,
        Strategy.State.DRAFT,
        strategy,
    )
    draft.created_at = at
    draft.save(force_insert=True)
    kept = list(Aim.objects.filter(strategy=strategy).order_by("position", "pk"))
    aims = dict(zip([aim.pk for aim in kept], [_copied(aim, draft) for aim in kept], strict=True))
    for objective in Objective.objects.filter(strategy=strategy).order_by("position", "pk"):
        if objective.aim_id:
            objective.aim = aims[objective.aim_id]
        _copied(objective, draft)
    for kind in (Standard, Priority, StrategyDriver):
        for part in kind._default_manager.filter(strategy=strategy).order_by("pk"):
            _copied(part, draft)
    auditing.record(
        verb="strategy.version.begun",
        record=draft,
        sentence=f"began version {draft.version} from version {strategy.version}",
        by=by,
        at=at,
    )
    return draft


def _copied(part: Any, strategy: Strategy) -> Any:
    part.pk, part.strategy = None, strategy
    part.save(force_insert=True)
    return part


@transaction.atomic
def save_driver(*, driver: Driver, by: Actor, at: dt.datetime, values: dict[str, Any]) -> Driver:
    """Add or change a driver of the library. Returns it."""
    is_new = driver.pk is None
    before = {} if is_new else auditing.snapshot(driver, values)
    for name, value in values.items():
        setattr(driver, name, value)
    driver.save()
    auditing.record(
        verb="driver.added" if is_new else "driver.changed",
        record=driver,
        sentence=f"{'added' if is_new else 'changed'} the driver “{driver.title}”",
        changes=[] if is_new else auditing.changes_since(driver, before),
        by=by,
        at=at,
    )
    return driver


@transaction.atomic
def archive_driver(*, driver: Driver, by: Actor, at: dt.datetime) -> Driver:
    """Take a driver out of the library's list; strategies that name it keep it."""
    driver.archived_at = at
    driver.save(update_fields=["archived_at"])
    auditing.record(
        verb="driver.archived",
        record=driver,
        sentence=f"took the driver “{driver.title}” out of the library",
        by=by,
        at=at,
    )
    return driver
