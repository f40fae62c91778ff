"""The demonstration's reports come out although a worker was killed on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from reporting.demo import tasks
from reporting.library.models import Report


def begun(landlord: Landlord, now: dt.datetime, *, is_demo: bool) -> None:
    with landlord_scope(landlord):
        Landlord.objects.filter(pk=landlord.pk).update(is_demo=True)
        Report.objects.create(
            kind="you-said-we-did",
            audience="RESIDENTS",
            period_code="2026-Q2",
            period_label="April to June 2026",
            period_start_on=dt.date(2026, 4, 1),
            period_end_on=dt.date(2026, 6, 30),
            asked_at=now,
            counted_at=now,
            is_demo=is_demo,
        )


def test_only_landlords_of_the_demonstration_with_reports_to_come_are_seen_to(
    poole: Landlord, oxford: Landlord, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(poole, now, is_demo=True)
    begun(oxford, now, is_demo=False)
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.see_reports_published, "delay", lambda **said: asked.append(said))

    tasks.see_everywhere()
    assert asked == [{"looks": tasks.MOST_LOOKS}]
