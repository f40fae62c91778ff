from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.replies import operations
from actionplans.replies.due import OF_ONE, count_due, everybody_due
from actionplans.replies.hearers import hearers_of
from actionplans.replies.queries import still_to_tell
from involvement.auditing.actors import Channel
from involvement.landlords.models import Landlord
from tests.factories.decisions import make_body, make_decision, theme_of
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person
from tests.residents.exports.taken import asked_for, doors, take, taken

PAGE = reverse("replies:replies_due")


def test_everybody_who_waits_leaves_however_few_of_a_decision_the_page_shows(
    in_poole: Landlord, officer_client: Client
) -> None:
    decision = make_decision(theme_of(OF_ONE + 3, "=Lifts"))
    told = decision.theme.entries.order_by("pk")[0].feedback
    operations.told_by_hand(
        decision=decision,
        keys=[f"p{told.person_id}"],
        channel=Channel.FACE,
        on=decision.decided_on,
        by=CLERK,
        at=timezone.now(),
    )
    assert officer_client.get(PAGE).content.decode().count("By letter") <= OF_ONE
    rows = take(officer_client, doors(officer_client, PAGE)["replies-due"])
    assert len(rows) == OF_ONE + 2
    assert told.person is not None
    assert told.person.name not in {row["Who"] for row in rows}
    assert {row["About"] for row in rows} == {"'=Lifts"}


def test_only_the_late_ones_leave_where_the_page_shows_only_them(in_poole: Landlord) -> None:
    late = make_decision(theme_of(2, "Lifts"))
    make_decision(theme_of(1, "Doors"))
    Decision.objects.filter(pk=late.pk).update(told_due_on="2020-01-03")
    rows = taken("replies-due", late="1")
    assert [row["About"] for row in rows] == ["Lifts", "Lifts"]
    assert all("late" in row["Late"] for row in rows)
    assert len(taken("replies-due")) == 3


def test_they_are_read_in_as_many_questions_for_three_decisions_as_for_one(
    in_poole: Landlord,
) -> None:
    make_decision(theme_of(1, "Lifts"))
    one = asked_for("replies-due")
    for title in ("Doors", "Bins"):
        make_decision(theme_of(2, title))
    assert (len(taken("replies-due")), asked_for("replies-due")) == (5, one)


@pytest.mark.parametrize("at_once", [1, 2, 3, 1000])
def test_in_parts_they_are_the_same_in_the_same_order(
    in_poole: Landlord, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    twice = make_person("bea Hart (demo)")
    people = [
        make_person(name) for name in ("Cy Long (demo)", "bea Hart (demo)", "Ann Prior (demo)")
    ]
    said = [make_feedback("It is dark.", person=one) for one in [*people, twice, twice]]
    many = make_decision(
        make_theme("Lights", feedback=[*said, make_feedback("Yes.", body=make_body("Area team"))])
    )
    make_decision(theme_of(2, "Lifts"))
    make_decision(theme_of(1, "Doors"))
    Decision.objects.filter(pk=many.pk).update(told_due_on="2020-01-03")
    decisions = list(still_to_tell(timezone.localdate()))
    rows = hearers_of(decisions)
    wanted = [
        (one.pk, hearer.key, len(hearer.said)) for one in decisions for hearer in rows[one.pk]
    ]
    assert len(wanted) == 8

    monkeypatch.setattr("actionplans.replies.due.AT_ONCE", at_once)

    found = everybody_due(still_to_tell(timezone.localdate()), timezone.localdate())
    assert [(due.decision.pk, due.hearer.key, len(due.hearer.said)) for due in found] == wanted
    assert count_due(still_to_tell(timezone.localdate())) == len(wanted)
