"""What tests of lists that can be taken out ask."""

from __future__ import annotations

import csv
import html
import io
import re

from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from involvement.wiring.lists import list_named
from residents.exports.models import Export

PURPOSE = "Invitations to the AGM of 3 March"


def taken(which: str, **narrowed: str) -> list[dict[str, str]]:
    """The rows of a list as it is narrowed, each by its headings."""
    wanted = list_named(which)
    assert wanted is not None
    rows = [dict(zip(wanted.headings, cells, strict=True)) for cells in wanted.lines(narrowed)]
    assert wanted.count(narrowed) == len(rows)
    return rows


def asked_for(which: str, **narrowed: str) -> int:
    """How often taking a list out asks the database."""
    with CaptureQueriesContext(connection) as queries:
        taken(which, **narrowed)
    return len(queries)


def doors(client: Client, page: str) -> dict[str, str]:
    """The links on a page by which lists leave: the list's key → the address."""
    text = client.get(page).content.decode()
    found = re.findall(r'href="([^"]*/people/taken-out/([\w-]+)/[^"]*)"', text)
    return {which: html.unescape(address) for address, which in found}


def read(export: Export) -> list[dict[str, str]]:
    """The rows of the CSV file somebody took out."""
    assert export.file is not None
    with default_storage.open(export.file.path) as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


def taken_file(client: Client, address: str, form: str = "CSV") -> bytes:
    """Go through the door, with a purpose, and fetch the file."""
    answer = client.post(address, {"purpose": PURPOSE, "form": form}, follow=True)
    fetch = re.search(r'href="([^"]*/people/taken-out/\d+/file/)"', answer.content.decode())
    assert fetch is not None
    return b"".join(client.get(fetch[1]))


def take(client: Client, address: str) -> list[dict[str, str]]:
    """Go through the door, with a purpose, and read the file."""
    file = taken_file(client, address)
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
