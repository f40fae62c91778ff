"""What comes back is kept once, handed to whoever listens, or shown to an officer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.delivery import operations, queries, sending
from involvement.delivery.hooks import hook_of
from involvement.delivery.models import InboundMessage, Message, Receipt, RefusedCalls
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.involvement.delivery.calling import Caller, inbound, receipt

pytestmark = pytest.mark.django_db
State = Message.State


def test_a_receipt_of_what_we_did_not_send_is_kept_for_an_officer(
    notify_calls: Caller, officer_client: Client
) -> None:
    assert notify_calls.call(receipt("somebody-elses", "permanent-failure")).status_code == 200
    [kept] = queries.receipts_of_nothing()
    assert kept.reference == "somebody-elses"
    page = officer_client.get(reverse("delivery:came_back")).content.decode()
    assert "somebody-elses" in page
    assert (
        reverse("delivery:came_back")
        in officer_client.get(reverse("delivery:outbox")).content.decode()
    )


def test_what_somebody_texts_back_is_kept_once_and_waits_for_an_officer(
    notify_calls: Caller, officer_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert notify_calls.call(inbound(), "texts").json() == {"noted": 1}
    [kept] = queries.not_taken()
    assert (kept.from_address, kept.body) == ("+447700900123", "YES please")
    page = reverse("delivery:came_back")
    shown = officer_client.get(page).content.decode()
    assert "07700 900123" in shown
    assert "YES please" in shown
    settle = reverse("delivery:inbound_settle", args=[kept.pk])
    assert "It is dealt with." in officer_client.post(settle, follow=True).content.decode()
    assert "dealt with this already" in officer_client.post(settle, follow=True).content.decode()
    kept.refresh_from_db()
    assert kept.taken_by == "Jean Marlow (demo)"
    assert "YES please" not in officer_client.get(page).content.decode()


def test_whoever_listens_takes_it(
    notify_calls: Caller,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    heard: list[str] = []

    class Suppression:
        def take(self, *, inbound: InboundMessage, by: Actor, at: dt.datetime) -> str:
            heard.append(inbound.body)
            return "the suppression list"

    monkeypatch.setattr(
        "involvement.delivery.operations.coming_back.port", lambda name: Suppression()
    )
    with django_capture_on_commit_callbacks(execute=True):
        notify_calls.call(inbound(message="STOP"), "texts")
    kept = InboundMessage.objects.get()
    assert (heard, kept.taken_by) == (["STOP"], "the suppression list")
    operations.hand_on(inbound=kept, by=sending.OUTBOX, at=timezone.now())
    assert heard == ["STOP"]


def test_an_address_is_made_and_shown_this_once(
    notify_calls: Caller, poole: Landlord, now: dt.datetime
) -> None:
    ruth = client_for(poole, make_member(poole, "Ruth Amos (demo)", "ADMINISTRATOR", initials="RA"))
    made = ruth.post(reverse("delivery:provider_hook", args=[notify_calls.provider.pk]))
    page = made.content.decode()
    notify_calls.provider.refresh_from_db()
    token, word = hook_of(notify_calls.provider)
    assert f"/{token}/receipts/" in page
    assert f"/{token}/texts/" in page
    assert word in page
    assert made["Cache-Control"] == "no-store"
    detail = ruth.get(reverse("delivery:provider_detail", args=[notify_calls.provider.pk]))
    assert word not in detail.content.decode()
    assert token not in detail.content.decode()
    assert "It has an address to call" in detail.content.decode()


@pytest.mark.parametrize(
    ("model", "name", "values"),
    [
        (Receipt, "receipt_says_which_one_it_is", {"key": ""}),
        (InboundMessage, "inbound_message_comes_from_somewhere", {"from_address": ""}),
        (InboundMessage, "inbound_message_taken_says_by_whom", {"taken_by": "Jean"}),
    ],
)
def test_the_database_refuses_half_of_what_came_back(
    notify_calls: Caller, model: Any, name: str, values: dict[str, Any]
) -> None:
    notify_calls.call(receipt("somebody-elses"))
    notify_calls.call(inbound(), "texts")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Receipt, "receipt_is_kept_once"),
        (InboundMessage, "inbound_message_is_kept_once"),
        (RefusedCalls, "refused_calls_are_counted_once_a_day"),
    ],
)
def test_the_database_refuses_a_second_of_what_came_back(
    notify_calls: Caller, model: Any, name: str
) -> None:
    notify_calls.call(receipt("somebody-elses"))
    notify_calls.call(inbound(), "texts")
    notify_calls.call({}, shown="")
    row = model.objects.get()
    row.pk, row._state.adding = None, True
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


def test_the_page_asks_as_often_for_three_as_for_one(
    notify_calls: Caller, officer_client: Client, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    page = reverse("delivery:came_back")
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            notify_calls.call(receipt(f"else-{number}", id=f"r-{number}"))
            notify_calls.call(inbound(id=f"i-{number}"), "texts")
        with time_machine.travel(now), django_assert_num_queries(9):
            assert officer_client.get(page).status_code == 200


def test_strangers_find_nothing_and_contributors_may_not(
    stranger_client: Client, contributor_client: Client
) -> None:
    page = reverse("delivery:came_back")
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(page).status_code == 403
