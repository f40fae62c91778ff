"""Each message goes at most once, whoever is killed when; what can go again does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.delivery import operations, policies, queries, sending, tasks
from involvement.delivery.models import Message, Provider
from involvement.delivery.transports import (
    Accepted,
    Asked,
    Refused,
    Standing,
    TryLater,
)
from tests.involvement.delivery.scripted import Killed, Scripted, queue, state_of

pytestmark = pytest.mark.django_db
LEASE = dt.timedelta(seconds=301)
State = Message.State


def kill_while_sending(scripted: Scripted, message: Message) -> None:
    scripted.outcomes = [Killed()]
    with pytest.raises(Killed):
        sending.send_due()
    assert state_of(message) == State.SENDING


def test_what_is_due_goes_and_its_try_is_kept(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now, body="Answer here: [link]", link="https://poole.example/x/")
    assert sending.send_due() is None
    assert state_of(message) == State.SENT
    assert (message.link, message.next_attempt_at, message.lease_ends_at) == ("", None, None)
    [sent] = scripted.took
    assert sent.body == "Answer here: https://poole.example/x/"
    kept = queries.tries_of(message).get()
    assert (kept.reference, kept.their_reference, kept.answer, kept.outcome) == (
        sent.reference,
        "theirs-1",
        "250 OK",
        "ACCEPTED",
    )


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_committed_before_the_provider_is_spoken_to(
    scripted: Scripted, officer: Actor, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, str]] = []

    def send(message: Any) -> Accepted:
        seen.append((connection.in_atomic_block, Message.objects.get(key="reply:1").state))
        return Accepted()

    monkeypatch.setattr(scripted, "send", send)
    queue(officer, now)
    sending.send_due()
    assert seen == [(False, "SENDING")]
    assert state_of(Message.objects.get(key="reply:1")) == State.SENT


def test_nobody_leases_what_somebody_else_has(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    provider = operations.provider_for_email(by=officer, at=now)
    assert provider is not None
    first, second = (
        operations.lease_message(message_id=message.pk, provider=provider, by=officer, at=now)
        for _ in range(2)
    )
    assert first is not None
    assert second is None


def test_a_worker_killed_in_between_sends_nothing_twice(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    kill_while_sending(scripted, message)
    for later in (dt.timedelta(seconds=10), LEASE, dt.timedelta(days=2)):
        with time_machine.travel(now + later):
            sending.take_up()
            sending.send_due()
    assert state_of(message) == State.UNSURE
    assert len(scripted.took) == 1
    assert "stopped before it could write" in message.failure


@pytest.mark.parametrize(
    ("standing", "state", "times"),
    [
        (Standing.WENT, State.SENT, 1),
        (Standing.DELIVERED, State.DELIVERED, 1),
        (Standing.RETURNED, State.FAILED, 1),
        (Standing.NEVER_CAME, State.SENT, 2),
        (Standing.NO_ANSWER, State.SENDING, 1),
    ],
)
def test_a_provider_that_can_be_asked_is_asked_by_our_reference(
    scripted: Scripted,
    officer: Actor,
    now: dt.datetime,
    standing: Standing,
    state: str,
    times: int,
) -> None:
    message = queue(officer, now)
    kill_while_sending(scripted, message)
    scripted.asked = Asked(standing, "theirs-9", "It came back undelivered.")
    with time_machine.travel(now + LEASE):
        assert sending.take_up() == 1
        sending.send_due()
    assert scripted.asked_for == [scripted.took[0].reference]
    assert (state_of(message), len(scripted.took)) == (state, times)


def test_a_provider_that_never_answers_leaves_it_to_an_officer(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    kill_while_sending(scripted, message)
    scripted.asked = Asked(Standing.NO_ANSWER)
    with time_machine.travel(now + dt.timedelta(hours=2)):
        sending.take_up()
    assert state_of(message) == State.UNSURE


def test_a_slow_worker_that_learns_it_went_is_believed_before_it_goes_again(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    kill_while_sending(scripted, message)
    attempt = queries.tries_of(message).get()
    with time_machine.travel(now + LEASE):
        sending.take_up()
        operations.retry_message(message=message, by=officer, at=timezone.now())
        operations.note_outcome(
            attempt=attempt, outcome=Accepted("late"), by=officer, at=timezone.now()
        )
        sending.send_due()
    assert (state_of(message), len(scripted.took)) == (State.SENT, 1)


def test_a_slow_worker_that_learns_it_did_not_go_changes_nothing_any_more(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    kill_while_sending(scripted, message)
    attempt = queries.tries_of(message).get()
    with time_machine.travel(now + LEASE):
        sending.take_up()
        operations.note_outcome(
            attempt=attempt, outcome=Refused("No."), by=officer, at=timezone.now()
        )
    assert state_of(message) == State.UNSURE


def test_one_run_at_a_time_and_the_sweep_takes_up_what_was_left(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    cache.add(f"{tasks.RUNNING}:EMAIL", 1, 60)
    tasks.send_outbox()
    assert state_of(message) == State.QUEUED
    cache.delete(f"{tasks.RUNNING}:EMAIL")
    tasks.look_into_outboxes()
    assert (state_of(message), cache.get(f"{tasks.RUNNING}:EMAIL")) == (State.SENT, None)


def test_a_run_that_has_to_wait_for_room_ends(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    operations.provider_for_email(by=officer, at=now)
    Provider.objects.update(per_minute=1)
    for number in range(3):
        queue(officer, now, key=f"reply:{number}")
    tasks.send_outbox()
    assert len(scripted.took) == 1


@pytest.mark.parametrize("standing", [Standing.NEVER_CAME, Standing.CANNOT_BE_ASKED])
def test_an_answer_about_an_earlier_try_takes_nobody_elses_lease(
    scripted: Scripted, officer: Actor, now: dt.datetime, standing: Standing
) -> None:
    message = queue(officer, now)
    kill_while_sending(scripted, message)
    attempt = queries.tries_of(message).get()
    operations.note_outcome(attempt=attempt, outcome=TryLater("Later."), by=officer, at=now)
    with time_machine.travel(now + LEASE):
        kill_while_sending(scripted, message)
        operations.note_asked(attempt=attempt, asked=Asked(standing), by=officer, at=timezone.now())
        sending.send_due()
    assert (state_of(message), len(scripted.took)) == (State.SENDING, 2)


def test_the_provider_is_asked_what_became_of_what_it_took(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    sending.send_due()
    with pytest.raises(policies.NotAsked):
        sending.ask_after(message=message, by=officer)
    Provider.objects.update(
        kind="API", sender_address="a@b.example", settings={"service": "POSTMARK"}
    )
    scripted.asked = Asked(Standing.NO_ANSWER)
    with pytest.raises(policies.NoWordFromProvider):
        sending.ask_after(message=message, by=officer)
    scripted.asked = Asked(Standing.DELIVERED, "theirs-1")
    assert sending.ask_after(message=message, by=officer).state == State.DELIVERED
    message.refresh_from_db()
    assert message.sent_at is not None
    assert queries.tries_of(message).get().answer == "250 OK"
