from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.feedback.models import Feedback
from actionplans.thread import counts as counting
from actionplans.thread.counts import count_broken, count_narrowed
from actionplans.thread.queries import KINDS
from involvement.accounts.models import Team
from involvement.landlords.models import Landlord
from tests.actionplans.thread.test_thread import old_theme
from tests.factories.feedback import make_feedback

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 12)


def say(number: int, team: Team | None = None, *, first: dt.date = dt.date(2026, 3, 2)) -> None:
    for place in range(number):
        said = make_feedback("Nobody answers.", said_on=first + dt.timedelta(days=place))
        Feedback.objects.filter(pk=said.pk).update(team=team)


def narrowed(landlord: Landlord, kind: str, team: str) -> int:
    kinds = [kind] if kind else list(KINDS)
    return count_narrowed(count_broken(landlord, TODAY), landlord, TODAY, kinds=kinds, team=team)


def test_every_kind_is_counted_by_team_in_one_question(in_poole: Landlord) -> None:
    repairs, estates = Team.objects.create(name="Repairs"), Team.objects.create(name="Estates")
    say(2, repairs)
    say(1, estates)
    old_theme("Grass")
    with CaptureQueriesContext(connection) as queries:
        counts = count_broken(in_poole, TODAY)
    assert len(queries) == 2, "one for the breaks, one for the names of teams"
    assert (counts.by_kind["NO_THEME"], counts.by_kind["NO_DECISION"], counts.total) == (3, 1, 4)
    assert counts.by_team == [
        (repairs.pk, "Repairs", 2),
        (estates.pk, "Estates", 1),
        (None, "No team yet", 1),
    ]
    assert not counts.capped


@pytest.mark.parametrize(
    ("kind", "team", "number"),
    [
        ("", "", 4),
        ("NO_THEME", "", 3),
        ("NO_THEME", "Repairs", 2),
        ("", "Repairs", 2),
        ("", "none", 2),
        ("NO_DECISION", "none", 1),
        ("NO_DECISION", "Repairs", 0),
    ],
)
def test_what_was_counted_is_not_counted_again(
    in_poole: Landlord, kind: str, team: str, number: int
) -> None:
    repairs = Team.objects.create(name="Repairs")
    say(2, repairs)
    say(1)
    old_theme("Grass")
    counts = count_broken(in_poole, TODAY)
    kinds = [kind] if kind else list(KINDS)
    key = str(repairs.pk) if team == "Repairs" else team
    with CaptureQueriesContext(connection) as queries:
        assert count_narrowed(counts, in_poole, TODAY, kinds=kinds, team=key) == number
    assert len(queries) == 0


def test_where_a_count_stopped_a_team_is_counted_anew(
    in_poole: Landlord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNTED", 3)
    repairs = Team.objects.create(name="Repairs")
    say(3)
    say(2, repairs, first=dt.date(2026, 4, 1))
    counts = count_broken(in_poole, TODAY)
    assert counts.capped
    assert (counts.total, counts.by_team) == (3, [(None, "No team yet", 3)])
    assert narrowed(in_poole, "NO_THEME", str(repairs.pk)) == 2
    assert narrowed(in_poole, "", str(repairs.pk)) == 2
    assert narrowed(in_poole, "NO_THEME", "") == 3


def test_as_many_as_are_counted_is_no_more_than_that(
    in_poole: Landlord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNTED", 3)
    say(3)
    assert not count_broken(in_poole, TODAY).capped
    say(1)
    assert count_broken(in_poole, TODAY).capped
    assert count_broken(in_poole, TODAY).total == 3
