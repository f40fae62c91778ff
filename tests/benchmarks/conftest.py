"""Two landlords in one database: one whose lists fill a screen, and one five hundred times as
large. Rows are committed, as in production, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.benchmarks.rows import SCREENFUL, Sized, make_sized
from tests.database import analyse, committed


@pytest.fixture(scope="package")
def sizes(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Sized, Sized]]:
    """The small landlord and the large one."""
    with committed(django_db_blocker):
        small = make_sized("screenful", feedback=SCREENFUL)
        large = make_sized("large", feedback=50_000)
        analyse()
        yield small, large


@pytest.fixture
def small(sizes: tuple[Sized, Sized]) -> Sized:
    return sizes[0]


@pytest.fixture
def large(sizes: tuple[Sized, Sized]) -> Sized:
    return sizes[1]
