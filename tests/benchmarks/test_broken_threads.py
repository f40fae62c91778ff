"""The page of broken threads with fifty thousand of them beside the page with one screenful."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from actionplans.feedback.models import Feedback
from involvement.landlords.models import Landlord
from tests.factories.feedback import CLERK

MOST_RATIO = 1.5
ROUNDS = 7


def say(number: int) -> None:
    """So many things said long ago, in no theme."""
    now = timezone.now()
    first = timezone.localdate() - dt.timedelta(days=400)
    rows = [
        Feedback(
            words=f"The lift is out, {place}.",
            said_on=first + dt.timedelta(days=place % 300),
            recorded_at=now,
            source_kind="PHONE",
            speaker_kind="ANONYMOUS",
            **CLERK.columns(),
        )
        for place in range(number)
    ]
    Feedback.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE actionplans_feedback")


def seconds(client: Client) -> float:
    begun = time.perf_counter()
    assert b"Nobody has answered" in client.get("/desk/thread/?kind=NO_THEME").content
    return time.perf_counter() - begun


def median(client: Client) -> float:
    seconds(client)
    return statistics.median(seconds(client) for _ in range(ROUNDS))


@pytest.mark.bench
@pytest.mark.django_db
def test_fifty_thousand_broken_threads_cost_little_more_than_a_screenful(
    in_poole: Landlord, officer_client: Client
) -> None:
    say(101)
    small = median(officer_client)
    say(49_899)
    large = median(officer_client)
    print(
        f"\nBroken threads: {large:.3f} s for 50,000, {small:.3f} s for 101, {large / small:.2f} times"
    )
    assert large <= MOST_RATIO * small
