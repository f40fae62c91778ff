"""A page of a large landlord takes hardly longer than the same page with one screenful."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.measuring import hold
from tests.benchmarks.rows import Sized

MOST = 1.5
Path = Callable[[Sized], str]


def log(of: Sized) -> str:
    return reverse("feedback:log")


def themes(of: Sized) -> str:
    return reverse("feedback:theme_list")


PAGES = {
    "Feedback log, 50,000 rows": log,
    "Themes, 250 of 50,000 rows": themes,
}


def opened(of: Sized, path: Path) -> Callable[[], None]:
    def get() -> None:
        response = of.client.get(path(of))
        assert response.status_code == 200
        response.content  # noqa: B018 -- the page is made by now, and read

    return get


def queries(of: Sized, path: Path) -> int:
    opened(of, path)()
    with CaptureQueriesContext(connection) as asked:
        opened(of, path)()
    return len(asked)


@pytest.mark.parametrize("what", PAGES)
def test_a_large_page_takes_hardly_longer(what: str, small: Sized, large: Sized) -> None:
    hold(what, opened(large, PAGES[what]), opened(small, PAGES[what]), most=MOST)


@pytest.mark.parametrize("what", PAGES)
def test_a_large_page_asks_no_more_of_the_database(what: str, small: Sized, large: Sized) -> None:
    asked = queries(large, PAGES[what])
    print(f"\n{what}: {asked} queries")
    assert asked == queries(small, PAGES[what])
