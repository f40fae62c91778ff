from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from actionplans.feedback.models import Feedback
from actionplans.feedback.queries import LATEST_FIRST, ORDERS, feedback_with_speakers
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.factories.feedback import make_feedback

pytestmark = pytest.mark.django_db
# By what was said: how it stands, and the day of June it was said on
SAID = {
    "a": ("OPEN", 1),
    "b": ("NOTED", 2),
    "c": ("OPEN", 3),
    "d": ("OPEN", 3),
    "e": ("NOTED", 4),
    "f": ("OPEN", 5),
}
IN_ORDER = {
    "": "fedcba",
    "-said": "fedcba",
    "said": "abcdef",
    "state": "ebfdca",
    "-state": "acdfbe",
    "what-was-said": "fedcba",
}


@pytest.fixture
def log(poole: Landlord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actionplans.feedback.queries.log.PAGE", 2)
    with landlord_scope(poole):
        for words, (state, day) in SAID.items():
            said = make_feedback(words, said_on=dt.date(2026, 6, day))
            if state == "NOTED":
                noted = {"noted_reason": "Thanks.", "noted_at": timezone.now()}
                Feedback.objects.filter(pk=said.pk).update(state=state, **noted)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("sort", IN_ORDER)
def test_pages_show_every_row_once_there_and_back(officer_client: Client, sort: str) -> None:
    there, back, at = [], [], ""
    for _ in range(3):
        page = officer_client.get("/desk/said/", {"sort": sort, "at": at}).context["page"]
        there.append("".join(row.words for row in page.rows))
        at = page.following
    assert ("".join(there), at) == (IN_ORDER[sort], "")
    at = page.preceding
    for _ in range(2):
        page = officer_client.get("/desk/said/", {"sort": sort, "at": at}).context["page"]
        back.append("".join(row.words for row in page.rows))
        at = page.preceding
    assert back == there[1::-1]
    assert at == ""


@pytest.mark.usefixtures("log")
def test_a_narrowed_log_keeps_its_order_and_its_filter(officer_client: Client) -> None:
    page = officer_client.get("/desk/said/?state=OPEN&sort=-state")
    shown = page.content.decode()
    assert [row.words for row in page.context["page"].rows] == ["a", "c"]
    following = page.context["page"].following
    assert f'href="?state=OPEN&amp;sort=-state&amp;at={following}">The next ones</a>' in shown
    second = officer_client.get("/desk/said/", {"state": "OPEN", "sort": "-state", "at": following})
    assert [row.words for row in second.context["page"].rows] == ["d", "f"]
    assert 'href="?state=OPEN&amp;sort=said"' in second.content.decode(), "a head keeps no place"


@pytest.mark.usefixtures("log")
def test_heads_say_the_order_and_only_those_an_index_carries_sort(officer_client: Client) -> None:
    shown = officer_client.get("/desk/said/?sort=said").content.decode()
    assert 'aria-sort="ascending"><a class="sorts" href="?sort=-said">Said</a>' in shown
    assert '<a class="sorts" href="?sort=state">State</a>' in shown
    assert shown.count('class="sorts"') == 2
    assert "What was said, earliest first" in shown
    assert ">Newer</a>" in shown


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("at", ["on.20260603.1", "back.20260603.1.GONE", "on.20269999.7.OPEN", "x"])
def test_a_place_of_another_order_is_the_first_page(officer_client: Client, at: str) -> None:
    page = officer_client.get("/desk/said/", {"sort": "state", "at": at}).context["page"]
    assert [row.words for row in page.rows] == ["e", "b"]
    assert page.preceding == ""


@pytest.mark.parametrize("sort", IN_ORDER)
def test_each_order_stands_in_an_index(poole: Landlord, sort: str) -> None:
    """The planner, kept from sorting and from reading all, has an index for it."""
    with landlord_scope(poole), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = ORDERS.get(sort, LATEST_FIRST).put(feedback_with_speakers())[:30]
        plan = rows.explain()
    assert "Sort" not in plan
