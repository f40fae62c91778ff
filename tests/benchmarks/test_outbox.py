"""The outbox with a million messages beside the outbox with twenty thousand."""

from __future__ import annotations

import statistics
import time

import pytest
from django.db import connection
from django.test import Client

from involvement.landlords.models import Landlord

MOST_RATIO = 1.6
ROUNDS = 7
AT_ONCE = 100_000
PAGES = {
    "all": "/desk/outbox/",
    "what did not go": "/desk/outbox/?state=FAILED",
    "texts": "/desk/outbox/?channel=TEXT",
    "texts that did not go": "/desk/outbox/?channel=TEXT&state=FAILED",
    "by name": "/desk/outbox/?sort=to",
    "the last page": "/desk/outbox/?page=100",
    "to be decided": "/desk/outbox/stuck/",
}
WRITE = """
INSERT INTO involvement_message (landlord_id, key, channel, state, to_name, to_address, formats,
    subject, body, link, queued_at, sent_at, delivered_at, attempts, failure,
    by_kind, by_name, by_behalf, by_channel, by_clerk)
SELECT %s, 'bench:' || n, CASE WHEN n %% 10 = 0 THEN 'TEXT' ELSE 'EMAIL' END,
    CASE WHEN n %% 50 = 0 THEN 'FAILED' WHEN n %% 2 = 0 THEN 'DELIVERED' ELSE 'SENT' END,
    'Somebody ' || (n %% 99991), 's' || n || '@homes.example', '[]', 'About ' || n %% 40,
    'Words.', '', moment, CASE WHEN n %% 50 = 0 THEN NULL ELSE moment END,
    CASE WHEN n %% 50 > 0 AND n %% 2 = 0 THEN moment END, 1, '', 'JOB', 'Bench', '', 'WEB', ''
FROM (SELECT n, now() - n * interval '1 minute' AS moment FROM generate_series(%s, %s) AS n) rows
"""


def write(landlord: Landlord, first: int, last: int) -> None:
    with connection.cursor() as cursor:
        # A statement may take a minute, and all of them at once take more
        for start in range(first, last + 1, AT_ONCE):
            cursor.execute(WRITE, [landlord.pk, start, min(start + AT_ONCE - 1, last)])
        cursor.execute("ANALYZE involvement_message")


def seconds(client: Client, page: str) -> float:
    begun = time.perf_counter()
    assert b"Somebody" in client.get(page).content
    return time.perf_counter() - begun


def medians(client: Client) -> dict[str, float]:
    found = {}
    for name, page in PAGES.items():
        seconds(client, page)
        found[name] = statistics.median(seconds(client, page) for _ in range(ROUNDS))
    return found


@pytest.mark.bench
@pytest.mark.django_db
def test_a_million_messages_cost_little_more_than_twenty_thousand(
    in_poole: Landlord, officer_client: Client
) -> None:
    write(in_poole, 1, 20_000)
    small = medians(officer_client)
    write(in_poole, 20_001, 1_000_000)
    large = medians(officer_client)
    for name in PAGES:
        print(
            f"\nOutbox, {name}: {large[name]:.3f} s for 1,000,000, {small[name]:.3f} s for 20,000"
        )
    assert [name for name in PAGES if large[name] > MOST_RATIO * small[name]] == []
