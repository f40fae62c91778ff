"""The outbox of a landlord with a million messages beside that of one with twenty thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from involvement.isolation import landlord_scope
from tests.benchmarks.measuring import hold
from tests.conftest import client_for
from tests.database import analyse, committed
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

FEW, MANY = 20_000, 1_000_000
MOST = 1.5
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
    subject, body, link, unsubscribe_url, parts, queued_at, sent_at, delivered_at, attempts, failure,
    by_kind, by_name, by_behalf, by_channel, by_clerk)
SELECT %s, 'bench:' || n, CASE WHEN n %% 10 = 0 THEN 'TEXT' ELSE 'EMAIL' END,
    CASE WHEN n %% 50 = 0 THEN 'FAILED' WHEN n %% 2 = 0 THEN 'DELIVERED' ELSE 'SENT' END,
    'Somebody ' || (n %% 99991), 's' || n || '@homes.example', '[]', 'About ' || n %% 40,
    'Words.', '', '', 0, moment, CASE WHEN n %% 50 = 0 THEN NULL ELSE moment END,
    CASE WHEN n %% 50 > 0 AND n %% 2 = 0 THEN moment END, 1, '', 'JOB', 'Bench', '', 'WEB', ''
FROM (SELECT n, now() - n * interval '1 minute' AS moment FROM generate_series(%s, %s) AS n) rows
"""


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Client, Client]]:
    """The browsers of two officers: of the landlord with few messages, and of that with many."""
    with committed(django_db_blocker):
        found = written("few", FEW), written("many", MANY)
        analyse()
        yield found


def written(slug: str, number: int) -> Client:
    landlord = make_landlord(slug)
    with landlord_scope(landlord), connection.cursor() as cursor:
        # A statement may take a minute, and all of them at once take more
        for start in range(1, number + 1, AT_ONCE):
            cursor.execute(WRITE, [landlord.pk, start, min(start + AT_ONCE - 1, number)])
    return client_for(landlord, make_member(landlord, f"Jean of {slug} (demo)", "OFFICER"))


def opened(client: Client, page: str) -> Callable[[], None]:
    def get() -> None:
        assert b"Somebody" in client.get(page).content

    return get


@pytest.mark.bench
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_many_takes_hardly_longer_and_asks_no_more(
    name: str, both: tuple[Client, Client]
) -> None:
    few, many = (opened(client, PAGES[name]) for client in both)
    hold(f"Outbox, {name}: {MANY:,} messages beside {FEW:,}", many, few, most=MOST)
    asked = []
    for page in (few, many):
        with CaptureQueriesContext(connection) as found:
            page()
        asked.append(len(found))
    assert asked[0] == asked[1]
