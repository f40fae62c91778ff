from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.replies import operations
from actionplans.replies.due import OF_ONE
from involvement.auditing.actors import Channel
from involvement.landlords.models import Landlord
from tests.factories.decisions import make_decision, theme_of
from tests.factories.feedback import CLERK
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
