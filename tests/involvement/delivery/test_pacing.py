"""What did not go comes again, later each time; a provider is given no more than it takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.delivery import backoff, operations, queries, sending
from involvement.delivery.models import DeliveryAttempt, Message, Provider
from involvement.delivery.transports import (
    Refused,
    TryLater,
    Unsure,
)
from tests.involvement.delivery.scripted import ADDRESS, Scripted, queue, state_of

pytestmark = pytest.mark.django_db
State = Message.State


def test_what_a_provider_asks_for_later_comes_again_each_time_later_and_at_last_no_more(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message, waits, at = queue(officer, now), [], now
    for _ in range(backoff.MOST_ATTEMPTS):
        scripted.outcomes = [TryLater("The mailbox is full.", f"452 4.2.2 <{ADDRESS}> full")]
        with time_machine.travel(at, tick=False):
            sending.send_due()
            sending.send_due()
        if state_of(message) == State.QUEUED:
            assert message.next_attempt_at is not None
            waits.append(message.next_attempt_at - at)
            at = message.next_attempt_at
    assert (state_of(message), message.failure) == (State.FAILED, "The mailbox is full.")
    assert len(scripted.took) == backoff.MOST_ATTEMPTS == len(waits) + 1
    assert waits == sorted(waits)
    assert waits[-1] > 100 * waits[0]
    assert set(queries.tries_of(message).values_list("answer", flat=True)) == {
        "452 4.2.2 <the address> full"
    }
    assert AuditEntry.objects.filter(verb="message.failed").count() == 1


def test_waits_are_drawn_apart_and_always_the_same() -> None:
    waits = [backoff.after(3, of=f"message:{number}") for number in range(200)]
    assert waits == [backoff.after(3, of=f"message:{number}") for number in range(200)]
    assert len(set(waits)) == 200
    plain = dt.timedelta(minutes=16)
    assert plain * 0.8 <= min(waits) < plain * 0.9
    assert plain * 1.1 < max(waits) <= plain * 1.2


def test_what_is_refused_is_not_tried_again(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    scripted.outcomes = [Refused("There is no such address at the other end.", "550 5.1.1")]
    sending.send_due()
    with time_machine.travel(now + dt.timedelta(days=1)):
        sending.send_due()
    assert (state_of(message), len(scripted.took)) == (State.FAILED, 1)
    assert message.failure == "There is no such address at the other end."


def test_silence_after_the_message_was_given_is_for_an_officer(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    scripted.outcomes = [Unsure("Nobody said whether it went.", holds_provider=True)]
    sending.send_due()
    assert state_of(message) == State.UNSURE
    assert queries.tries_of(message).get().outcome == "UNSURE"


def test_a_provider_that_has_too_much_is_left_alone_and_no_message_pays_for_it(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    rows = [queue(officer, now, key=f"reply:{number}") for number in range(5)]
    scripted.outcomes = [
        TryLater("The provider asks us to send more slowly.", "429", holds_provider=True)
    ]
    sending.send_due()
    sending.send_due()
    assert len(scripted.took) == 1
    assert [state_of(row) for row in rows] == [State.QUEUED] * 5
    assert [row.attempts for row in rows] == [0] * 5
    provider = Provider.objects.get()
    assert provider.is_held(now)
    with time_machine.travel(now + dt.timedelta(hours=1)):
        sending.send_due()
    assert [state_of(row) for row in rows] == [State.SENT] * 5
    provider.refresh_from_db()
    assert (provider.holds, provider.held_until_at) == (0, None)


def test_a_server_that_cannot_be_reached_is_tried_less_and_less_often(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message, at, waits = queue(officer, now), now, []
    scripted.opens = TryLater("The mail server cannot be reached.", holds_provider=True)
    for _ in range(6):
        with time_machine.travel(at, tick=False):
            sending.send_due()
        held = Provider.objects.get().held_until_at
        assert held is not None
        waits.append(held - at)
        at = held
    assert waits[:3] == sorted(waits[:3])
    assert max(waits) <= dt.timedelta(hours=1.2)
    assert (state_of(message), message.attempts) == (State.QUEUED, 0)
    assert not DeliveryAttempt.objects.exists()


def test_no_more_goes_in_a_minute_than_the_provider_takes(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    for number in range(7):
        queue(officer, now, key=f"reply:{number}")
    operations.provider_for_email(by=officer, at=now)
    Provider.objects.update(per_minute=3)
    with time_machine.travel(now, tick=False) as clock:
        wait = sending.send_due()
        assert len(scripted.took) == 3
        assert wait is not None
        assert 0 < wait <= 60
        sending.send_due()
        assert len(scripted.took) == 3
        for most in (6, 7):
            clock.shift(dt.timedelta(seconds=120))
            sending.send_due()
            assert len(scripted.took) == most


def test_half_a_minute_later_half_the_room_of_the_last_minute_is_free(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    for number in range(20):
        queue(officer, now, key=f"reply:{number}")
    operations.provider_for_email(by=officer, at=now)
    Provider.objects.update(per_minute=10)
    whole = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    with time_machine.travel(whole, tick=False) as clock:
        sending.send_due()
        clock.shift(dt.timedelta(seconds=90))
        sending.send_due()
    assert len(scripted.took) == 15


def test_all_landlords_together_keep_to_what_the_installation_takes(
    scripted: Scripted, officer: Actor, now: dt.datetime, settings: Any
) -> None:
    settings.DELIVERY_PER_MINUTE = 2
    for number in range(5):
        queue(officer, now, key=f"reply:{number}")
    sending.send_due()
    assert len(scripted.took) == 2


def test_a_landlord_that_switched_everything_off_sends_nothing(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    provider = operations.provider_for_email(by=officer, at=now)
    assert provider is not None
    operations.switch_off(provider=provider, by=officer, at=now)
    sending.send_due()
    assert (state_of(message), scripted.took) == (State.QUEUED, [])
