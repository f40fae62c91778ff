"""A page of a large landlord takes hardly longer than the same page with one screenful."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.benchmarks.measuring import hold
from tests.benchmarks.rows import Sized

MOST = 1.5
Path = Callable[[Sized], str]


def log(of: Sized) -> str:
    return reverse("feedback:log")


def themes(of: Sized) -> str:
    return reverse("feedback:theme_list")


def narrowed(**filters: str) -> Path:
    """The log narrowed by a filter."""
    return lambda of: reverse("feedback:log") + "?" + urlencode(filters)


def day(ago: int) -> str:
    return (timezone.localdate() - dt.timedelta(days=ago)).isoformat()


def sorted_by(head: str) -> Path:
    """The log in the order of a head."""
    return lambda of: reverse("feedback:log") + "?" + urlencode({"sort": head})


PAGES = {
    "Feedback log, 50,000 rows": log,
    "Feedback log, earliest first": sorted_by("said"),
    "Feedback log by state": sorted_by("state"),
    "Feedback log by state, the other way": sorted_by("-state"),
    "Themes, 250 of 50,000 rows": themes,
}

# Each of these shows as many rows of the large landlord as of the one with enough.
FILTERS = {
    "by a rare word": narrowed(words="piano"),
    "by a word in all": narrowed(words="lifts"),
    "by a word in a third": narrowed(words="stairs"),
    "by two words": narrowed(words="stairs lift"),
    "by a rare and a common word": narrowed(words="pianos and lifts"),
    "by a word nobody said": narrowed(words="dragon"),
    "by a word in no theme": narrowed(words="stairs", theme="none"),
    "by no theme": narrowed(theme="none"),
    "by no theme, open": narrowed(theme="none", state="OPEN"),
    "by the last 300 days": narrowed(said_from=day(300)),
    "by an early period": narrowed(said_from=day(600), said_to=day(390)),
    "by how": narrowed(source_kind="MEETING"),
    "by state": narrowed(state="OPEN"),
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


@pytest.mark.parametrize("what", FILTERS)
def test_a_narrowed_log_takes_hardly_longer(what: str, enough: Sized, large: Sized) -> None:
    assert rows_shown(large, FILTERS[what]) == rows_shown(enough, FILTERS[what])
    hold(
        f"Feedback log narrowed {what}",
        opened(large, FILTERS[what]),
        opened(enough, FILTERS[what]),
        most=MOST,
    )


@pytest.mark.parametrize("what", FILTERS)
def test_a_narrowed_log_asks_no_more_of_the_database(
    what: str, enough: Sized, large: Sized
) -> None:
    assert queries(large, FILTERS[what]) == queries(enough, FILTERS[what])


def rows_shown(of: Sized, path: Path) -> int:
    return len(re.findall(rb'name="chosen"', of.client.get(path(of)).content))
