"""Landlords in one database: one whose lists fill a screen, one whose lists fill it still when they
are narrowed, and one five hundred times as large as the first. Rows are committed, as in
production, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from involvement.auditing.models import AuditEntry
from residents.feeds.models import StagedRow
from residents.people.models import Home, Person, PersonTerm, Residency, Tenancy
from tests.benchmarks.rows import ENOUGH, SCREENFUL, Sized, make_sized
from tests.database import analyse, committed, never_tidied


@pytest.fixture(scope="package")
def sizes(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Sized, Sized, Sized]]:
    """The small landlord, the one with enough to narrow, and the large one."""
    with committed(django_db_blocker):
        small = make_sized("screenful", feedback=SCREENFUL)
        enough = make_sized("enough", feedback=ENOUGH)
        analyse()  # or keys are checked, fifty thousand times, as if the tables were empty
        large = make_sized("large", feedback=50_000)
        analyse()
        yield small, enough, large


@pytest.fixture
def small(sizes: tuple[Sized, Sized, Sized]) -> Sized:
    return sizes[0]


@pytest.fixture
def enough(sizes: tuple[Sized, Sized, Sized]) -> Sized:
    return sizes[1]


@pytest.fixture
def large(sizes: tuple[Sized, Sized, Sized]) -> Sized:
    return sizes[2]


@pytest.fixture(scope="module")
def empty_register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """No home and nobody, as before a landlord's first list."""
    written = (Home, Tenancy, Person, PersonTerm, Residency, StagedRow, AuditEntry)
    with never_tidied(django_db_blocker, *(model._meta.db_table for model in written)):
        yield
