"""A group's landlords side by side: the numbers, who may read them, and that nothing else is read."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from python_calamine import CalamineWorkbook

from actionplans.feedback.models import Feedback
from actionplans.plans.models import Line
from actionplans.thread.queries_group import ThreadTotals
from involvement.accounts.models import Membership
from involvement.calendars.periods import financial_year
from involvement.isolation import for_each, landlord_scope
from involvement.landlords.models import Landlord
from reporting.rollup.queries import Totals, roll_up
from residents.people.models import Person
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.decisions import make_decision, theme_of
from tests.factories.feedback import make_feedback
from tests.factories.landlords import make_landlord
from tests.factories.plans import make_agreed_plan, make_line
from tests.factories.reports import noon, tell

pytestmark = pytest.mark.django_db

PAGE = "/board/group/"
TODAY = dt.date(2026, 11, 12)
QUESTIONS, QUESTIONS_OF_A_MEMBER = 5, 15


@pytest.fixture
def group() -> Landlord:
    return make_landlord("synergy", kind="GROUP")


@pytest.fixture
def viewer(group: Landlord) -> Client:
    """Hattie Broom (demo), who works for the group."""
    with landlord_scope(group):
        hattie: Membership = make_member(group, "Hattie Broom (demo)", "GROUP_VIEWER")
        return client_for(group, hattie)


@pytest.fixture
def purbeck(group: Landlord) -> Landlord:
    """One line done, one late, one to come; three things said, one of them told, one waiting."""
    return member_with_rows(group, "purbeck")


def member_with_rows(group: Landlord, slug: str) -> Landlord:
    landlord = make_landlord(slug, parent=group)
    with landlord_scope(landlord):
        plan = make_agreed_plan()
        done = make_line(plan, "Begin road shows")
        Line.objects.filter(pk=done.pk).update(status=Line.Status.DONE)
        late = make_line(plan, "Mend the lift")
        Line.objects.filter(pk=late.pk).update(due_on=dt.date(2026, 9, 1))
        make_line(plan, "Plant trees")
        make_feedback("A secret of Northmoor", said_on=dt.date(2026, 11, 1))
        theme = theme_of(2)
        decision = make_decision(theme)
        first = Feedback.objects.filter(theme_entries__theme=theme).order_by("pk")[0]
        tell(decision, [first], noon(TODAY).date())
    return landlord


def test_a_member_counts_what_its_own_rows_say(group: Landlord, purbeck: Landlord) -> None:
    with landlord_scope(group):
        rolled = roll_up(group, financial_year(TODAY), TODAY)
    assert [member.landlord for member in rolled.members] == [purbeck]
    assert rolled.totals == Totals(
        plans=1,
        lines=3,
        done=1,
        late=1,
        heard=3,
        waiting=1,
        to_tell=2,
        told=1,
        threads=2,
        cuts=rolled.totals.cuts,
    )


@pytest.mark.parametrize("status", ["DECEASED", "LEFT"])
def test_whoever_died_or_left_untold_is_not_to_be_told(
    group: Landlord, purbeck: Landlord, status: str
) -> None:
    with landlord_scope(purbeck):
        people = Person.objects.filter(feedback__theme_entries__isnull=False)
        assert people.count() == 2
        people.update(status=status, status_on=TODAY)
    with landlord_scope(group):
        totals = roll_up(group, financial_year(TODAY), TODAY).totals
    assert (totals.to_tell, totals.told) == (1, 1)


def test_the_page_adds_members_up_and_shows_nothing_of_what_was_said(
    group: Landlord, purbeck: Landlord, viewer: Client
) -> None:
    member_with_rows(group, "stourside")
    make_landlord("northfield")
    page = viewer.get(PAGE)
    words = " ".join(page.content.decode().split())
    assert "residents said 6 things to 2 landlords; 2 wait for an answer" in words
    assert "and no thread is broken." in words
    assert words.index("Purbeck") < words.index("Stourside") < words.index("All together")
    assert "Northfield" not in words
    for secret in ("secret of Northmoor", "Resident 1", "Mend the lift", "New lifts are fitted"):
        assert secret not in words


def test_broken_threads_are_called_so_and_added_up(
    group: Landlord, purbeck: Landlord, viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_with_rows(group, "stourside")
    monkeypatch.setattr(
        "reporting.rollup.queries.thread_totals", lambda *_: ThreadTotals(threads=3, cuts=2)
    )
    words = " ".join(viewer.get(PAGE).content.decode().split())
    assert "and 4 threads are broken." in words
    assert "Broken threads" in words
    assert "Cuts" not in words


@pytest.mark.parametrize("member_count", [1, 3])
def test_each_member_costs_equally_many_questions(
    group: Landlord, viewer: Client, django_assert_num_queries: Any, member_count: int
) -> None:
    for number in range(member_count):
        member_with_rows(group, f"member-{number}")
    with django_assert_num_queries(QUESTIONS + member_count * QUESTIONS_OF_A_MEMBER):
        viewer.get(PAGE)


def test_a_year_is_chosen_and_anything_else_is_this_one(purbeck: Landlord, viewer: Client) -> None:
    now, before = viewer.get(PAGE), viewer.get(PAGE, {"year": "2025/26"})
    assert "residents said 3 things" in now.content.decode()
    assert "Nothing that residents said" in before.content.decode()
    odd = viewer.get(PAGE, {"year": "\x00 nonsense"})
    assert "residents said 3 things" in odd.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_is_taken_away_as_a_file(purbeck: Landlord, viewer: Client, form: str) -> None:
    answer: Any = viewer.get(f"/board/group/totals.{form}")
    data = b"".join(answer.streaming_content)
    if form == "csv":
        rows: list[Any] = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Landlord", "Purbeck", "All together"]
    assert rows[0][5:7] == ["Things said", "Things said that wait for an answer"]
    assert rows[1][5:7] == rows[2][5:7] == ["3", "1"]
    assert f"synergy totals 2026-27.{form}" in answer["Content-Disposition"]


def test_a_group_without_members_says_so(viewer: Client) -> None:
    assert "No landlord belongs to this group yet." in viewer.get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, "/board/group/totals.csv", "/board/group/totals.xlsx"])
def test_only_group_viewers_of_a_group_get_in(
    address: str, group: Landlord, purbeck: Landlord, viewer: Client
) -> None:
    answer: Any = viewer.get(address)
    assert answer.status_code == 200
    assert b"".join(answer)
    with landlord_scope(group):
        director = make_member(group, "Alun Reese (demo)", "MANAGER")
        assert client_for(group, director).get(address).status_code == 403
    with landlord_scope(purbeck):
        lonely = make_member(purbeck, "Una Marsh (demo)", "GROUP_VIEWER")
        assert client_for(purbeck, lonely).get(address).status_code == 404
        assert client_for(group, lonely).get(address).status_code == 404
        assert (
            "The group’s landlords"
            not in client_for(purbeck, lonely).get("/board/").content.decode()
        )


def test_a_group_viewer_arrives_at_the_totals(viewer: Client) -> None:
    assert viewer.get("/sign-in/arrive/")["Location"] == PAGE
    assert PAGE in viewer.get("/board/").content.decode()


def test_a_member_is_only_read(group: Landlord, purbeck: Landlord) -> None:
    with landlord_scope(group), pytest.raises(DatabaseError, match="permission denied"):
        list(for_each([purbeck], lambda _: Feedback.objects.update(words="Changed")))


@pytest.mark.django_db(transaction=True)
def test_the_page_leaves_each_member_before_it_asks_the_next(
    group: Landlord, purbeck: Landlord, viewer: Client, settings: Any
) -> None:
    member_with_rows(group, "stourside")
    settings.SCOPE_MAY_SWITCH_IN_TRANSACTION = False
    assert "6 things to 2 landlords" in viewer.get(PAGE).content.decode()
