from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord
from structures.strategy import operations, policies, queries
from structures.strategy.models import Agreement, Aim, Consultation, Objective, Priority, Strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Strategy:
    return operations.create_strategy(title="Together 2026 to 2029", by=officer, at=now)


def add(strategy: Strategy, part: Any, officer: Actor, now: dt.datetime, **values: Any) -> Any:
    return operations.save_part(strategy=strategy, part=part, by=officer, at=now, values=values)


def agree(draft: Strategy, officer: Actor, now: dt.datetime) -> Strategy:
    aim = add(draft, Aim(), officer, now, words="Power over money")
    add(draft, Objective(), officer, now, words="A budget for each area", aim=aim)
    add(draft, Agreement(), officer, now, who="The board", agreed_on=now.date())
    return operations.agree_strategy(strategy=draft, by=officer, at=now)


def test_a_strategy_nobody_agreed_is_not_agreed(
    draft: Strategy, officer: Actor, now: dt.datetime
) -> None:
    with pytest.raises(policies.NothingToAgree):
        operations.agree_strategy(strategy=draft, by=officer, at=now)


def test_an_agreed_strategy_no_longer_changes(
    draft: Strategy, officer: Actor, now: dt.datetime
) -> None:
    agreed = agree(draft, officer, now)
    with pytest.raises(policies.StrategyIsAgreed):
        add(agreed, Aim(), officer, now, words="Another aim")
    with pytest.raises(policies.StrategyIsAgreed):
        operations.change_strategy(strategy=agreed, by=officer, at=now, title="Another title")


def test_the_day_of_the_next_review_may_always_change(
    draft: Strategy, officer: Actor, now: dt.datetime
) -> None:
    agreed = agree(draft, officer, now)
    day = dt.date(2027, 3, 1)
    operations.change_strategy(strategy=agreed, by=officer, at=now, next_review_on=day)
    assert Strategy.objects.get(pk=agreed.pk).next_review_on == day


def test_a_new_version_copies_the_tree_and_replaces_the_old_once_agreed(
    draft: Strategy, officer: Actor, now: dt.datetime
) -> None:
    old = agree(draft, officer, now)
    new = operations.start_new_version(strategy=old, by=officer, at=now)
    objective = Objective.objects.select_related("aim").get(strategy=new)
    assert (new.version, objective.words) == (2, "A budget for each area")
    assert objective.aim is not None
    assert objective.aim.strategy_id == new.pk
    assert not new.agreements.exists()
    assert queries.in_force() == old
    add(new, Agreement(), officer, now, who="The board", agreed_on=now.date())
    operations.agree_strategy(strategy=new, by=officer, at=now)
    assert queries.in_force() == new
    assert Strategy.objects.get(pk=old.pk).state == Strategy.State.REPLACED


def test_a_new_version_is_begun_once(draft: Strategy, officer: Actor, now: dt.datetime) -> None:
    old = agree(draft, officer, now)
    assert policies.can_version(old)
    operations.start_new_version(strategy=old, by=officer, at=now)
    assert not policies.can_version(old)
    with pytest.raises(policies.NewVersionIsBegun):
        operations.start_new_version(strategy=old, by=officer, at=now)


def test_each_change_is_in_the_history(draft: Strategy, officer: Actor, now: dt.datetime) -> None:
    operations.change_strategy(strategy=draft, by=officer, at=now, title="Together, 2026 to 2029")
    latest = history_of(draft)[0]
    assert latest.sentence == "changed title"
    assert latest.changes == [
        {
            "field": "title",
            "label": "title",
            "old": "Together 2026 to 2029",
            "new": "Together, 2026 to 2029",
        }
    ]


@pytest.mark.parametrize(
    ("model", "values", "name"),
    [
        (Priority, {"words": "Keep to what you say", "source_words": ""}, "priority_says_where"),
        (Consultation, {"who": "All homes", "asked": 10, "took_part": 11}, "had_no_more_than"),
        (Agreement, {"who": "", "agreed_on": dt.date(2026, 3, 11)}, "agreement_says_who"),
    ],
)
def test_the_database_refuses_nonsense(
    draft: Strategy,
    officer: Actor,
    now: dt.datetime,
    model: Any,
    values: dict[str, Any],
    name: str,
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        add(draft, model(), officer, now, **values)


def test_the_database_refuses_a_period_that_runs_backwards(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    with pytest.raises(IntegrityError, match="strategy_ends_after"), transaction.atomic():
        operations.create_strategy(
            title="Backwards",
            starts_on=dt.date(2029, 1, 1),
            ends_on=dt.date(2026, 1, 1),
            by=officer,
            at=now,
        )
