"""How often a page asks the database for what is its own."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

# What every page of the desk asks for (session, member, menu) is not the page's own.
OWN = re.compile(r'FROM "(actionplans_|residents_|involvement_(message|letterbatch|auditentry))')


def asked(client: Client, address: str) -> tuple[int, str]:
    """The number of the page's own queries, and the page."""
    with override_settings(NAVIGATION=[]), CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    return sum(bool(OWN.search(query["sql"])) for query in queries.captured_queries), page


def text_of(response: Any) -> str:
    """The page as it reads: tags gone, spaces single."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def seen_of(response: Any) -> str:
    """The mark of what the page's writer was shown."""
    found = re.search(r'name="seen" value="([^"]*)"', response.content.decode())
    assert found is not None, "the page hands out no mark"
    return found[1]
