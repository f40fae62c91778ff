from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.thread import queries
from involvement.accounts.models import Team
from involvement.landlords.models import Landlord
from tests.actionplans.thread.test_thread import LONG_AGO, old_theme
from tests.factories.decisions import make_decision, make_outcome
from tests.factories.feedback import make_feedback
from tests.residents.exports.taken import asked_for, doors, take, taken

PAGE = reverse("thread:broken_list")


def test_all_that_is_broken_leaves_in_the_order_of_its_page(
    in_poole: Landlord, officer_client: Client
) -> None:
    make_feedback("=Nobody answers.", said_on=LONG_AGO)
    old_theme("No decision")
    make_decision(old_theme("Not told"), decided_on=LONG_AGO)
    claimed = make_decision(old_theme("Claimed"), decided_on=LONG_AGO)
    long_ago = timezone.now() - dt.timedelta(days=100)
    make_outcome(claimed, happened_on=LONG_AGO, at=long_ago)
    rows = take(officer_client, doors(officer_client, PAGE)["broken-threads"])
    page = queries.oldest_broken(in_poole, timezone.localdate())
    assert [row["Where it breaks"] for row in rows] == [queries.KINDS[one.kind] for one in page]
    assert {"NO_THEME", "NO_DECISION", "NOT_TOLD", "NO_LINE", "NO_EVIDENCE"} == {
        one.kind for one in page
    }
    titles = {row["What it is about"] for row in rows}
    assert titles == {"'=Nobody answers.", "No decision", "Not told", "Claimed"}


def test_the_list_is_narrowed_by_kind_and_team_as_its_page_is(in_poole: Landlord) -> None:
    team = Team.objects.create(name="Repairs")
    make_feedback("Nobody answers.", said_on=LONG_AGO, team=team)
    old_theme("No decision")
    assert [row["Team"] for row in taken("broken-threads", team=str(team.pk))] == ["Repairs"]
    nobodys = taken("broken-threads", team="none")
    assert [row["What it is about"] for row in nobodys] == ["No decision"]
    of_kind = taken("broken-threads", kind="NO_THEME")
    assert [row["What it is about"] for row in of_kind] == ["Nobody answers."]
    assert len(taken("broken-threads", kind="NONSENSE")) == 2


def test_they_are_read_in_as_many_questions_for_three_as_for_one(in_poole: Landlord) -> None:
    old_theme("Lifts")
    one = asked_for("broken-threads")
    old_theme("Doors")
    make_feedback("Nobody answers.", said_on=LONG_AGO)
    assert (len(taken("broken-threads")), asked_for("broken-threads")) == (3, one)
