"""What did not go: read, and decided by an officer, one by one or many at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from tests.involvement.delivery.scripted import queue

pytestmark = pytest.mark.django_db
PAGE = reverse("delivery:stuck_list")
DECIDE = reverse("delivery:stuck_decide")


def stuck(officer: Actor, now: dt.datetime, number: int = 1, state: str = "FAILED") -> Message:
    message = queue(officer, now, key=f"reply:{number}", to_address=f"p{number}@homes.example")
    Message.objects.filter(pk=message.pk).update(
        state=state, failure=f"The mailbox is full, {number}.", next_attempt_at=None, attempts=6
    )
    message.refresh_from_db()
    return message


def test_each_stands_with_its_reason(
    in_poole: Landlord, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    stuck(officer, now, 1)
    stuck(officer, now, 2, "UNSURE")
    queue(officer, now, key="reply:3", body="Waits.")
    page = officer_client.get(PAGE).content.decode()
    assert "The mailbox is full, 1." in page
    assert "May have gone" in page
    assert page.count('name="chosen"') == 2
    narrowed = officer_client.get(PAGE, {"state": "UNSURE", "all": "1"}).content.decode()
    assert narrowed.count("checked") == narrowed.count('name="chosen"') == 1


@pytest.mark.parametrize(
    ("act", "state", "verb", "said"),
    [
        # The system sends them before the page is shown
        ("retry", "SENT", "queued", "2 messages are on their way again."),
        ("gone", "SENT", "sent", "2 messages count as sent."),
        ("give_up", "CANCELLED", "cancelled", "2 messages are given up."),
    ],
)
def test_the_ticked_ones_are_decided_and_the_others_left(
    in_poole: Landlord,
    officer: Actor,
    now: dt.datetime,
    officer_client: Client,
    act: str,
    state: str,
    verb: str,
    said: str,
) -> None:
    rows = [stuck(officer, now, 1), stuck(officer, now, 2, "UNSURE"), stuck(officer, now, 3)]
    chosen = [rows[0].pk, rows[1].pk]
    answer = officer_client.post(DECIDE, {"act": act, "chosen": chosen}, follow=True)
    assert said in answer.content.decode()
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == [state, state, "FAILED"]
    assert AuditEntry.objects.filter(verb=f"message.{verb}").count() == 2
    assert len(mail.outbox) == (2 if act == "retry" else 0)


def test_what_somebody_decided_meanwhile_stays_as_it_is(
    in_poole: Landlord, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    one, other = stuck(officer, now, 1), stuck(officer, now, 2)
    officer_client.post(reverse("delivery:message_gone", args=[one.pk]))
    answer = officer_client.post(
        DECIDE, {"act": "give_up", "chosen": [one.pk, other.pk, "nonsense"]}, follow=True
    )
    assert "1 message was left as they are" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "SENT"


@pytest.mark.parametrize("given", [{"act": "retry"}, {"act": "burn", "chosen": "1"}])
def test_nothing_ticked_or_nothing_said_changes_nothing(
    in_poole: Landlord,
    officer: Actor,
    now: dt.datetime,
    officer_client: Client,
    given: dict[str, Any],
) -> None:
    message = stuck(officer, now)
    officer_client.post(DECIDE, given)
    message.refresh_from_db()
    assert message.state == "FAILED"


def test_one_message_is_decided_on_its_own_page(
    in_poole: Landlord, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    message = stuck(officer, now, state="UNSURE")
    page = officer_client.get(reverse("delivery:message_detail", args=[message.pk]))
    for words in ("Try it again", "Mark it as gone", "Give it up", "they get it twice"):
        assert words in page.content.decode()
    officer_client.post(reverse("delivery:message_give_up", args=[message.pk]))
    message.refresh_from_db()
    assert (message.state, message.failure) == ("CANCELLED", "The mailbox is full, 1.")
    again = officer_client.post(
        reverse("delivery:message_retry", args=[message.pk]), follow=True
    ).content.decode()
    assert "can be tried again" in again


def test_pages_ask_as_often_for_three_rows_as_for_one(
    in_poole: Landlord,
    officer: Actor,
    now: dt.datetime,
    officer_client: Client,
    django_assert_num_queries: Any,
) -> None:
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            stuck(officer, now, number)
        for page, asked in ((PAGE, 10), (reverse("delivery:outbox"), 18)):
            with django_assert_num_queries(asked):
                assert officer_client.get(page).status_code == 200


def test_strangers_find_nothing_and_contributors_may_not(
    stranger_client: Client, contributor_client: Client
) -> None:
    assert stranger_client.get(PAGE).status_code == 404
    assert contributor_client.get(PAGE).status_code == 403
