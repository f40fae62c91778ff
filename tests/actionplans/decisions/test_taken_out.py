from __future__ import annotations

from django.test import Client
from django.urls import reverse

from involvement.landlords.models import Landlord
from tests.factories.decisions import make_body, make_decision, theme_of
from tests.residents.exports.taken import asked_for, doors, take, taken

PAGE = reverse("decisions:decision_list")


def test_the_decisions_leave_with_their_reasons_as_the_page_narrows_them(
    in_poole: Landlord, officer_client: Client
) -> None:
    make_decision(theme_of(1, "=Lifts"), what="New lifts.")
    no = {"result": "NOT_AGREED", "because": "It costs too much.", "reason": "COST"}
    make_decision(theme_of(1, "Doors"), body=make_body("Youth forum"), **no)
    rows = take(officer_client, doors(officer_client, f"{PAGE}?result=AGREED")["decisions"])
    assert [(row["Theme"], row["What was decided"]) for row in rows] == [("'=Lifts", "New lifts.")]
    forum = taken("decisions", body=str(make_body("Youth forum").pk))
    assert [(row["Why"], row["Kind of reason"]) for row in forum] == [
        ("It costs too much.", "It costs too much")
    ]
    assert taken("decisions", again="due") == []
    assert len(taken("decisions", body="nonsense")) == 2


def test_the_decisions_are_read_in_as_many_questions_for_three_as_for_one(
    in_poole: Landlord,
) -> None:
    make_decision(theme_of(1, "Lifts"))
    one = asked_for("decisions")
    for title in ("Doors", "Bins"):
        make_decision(theme_of(1, title))
    assert (len(taken("decisions")), asked_for("decisions")) == (3, one)
