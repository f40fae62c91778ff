"""Texts go by themselves where a provider carries them, each once, and at a pace of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.delivery import operations, policies, queries, sending, tasks
from involvement.delivery.models import Message, Provider
from involvement.delivery.transports import Asked, Standing, TryLater, Unsure
from involvement.landlords.models import Landlord
from tests.involvement.delivery.notify_stand_in import KEY, TEMPLATE
from tests.involvement.delivery.scripted import Killed, Scripted, queue, state_of

pytestmark = pytest.mark.django_db
State = Message.State
MOBILE = "07700 900123"
LEASE = dt.timedelta(seconds=301)


@pytest.fixture
def notify(scripted: Scripted, in_poole: Landlord, officer: Actor, now: dt.datetime) -> Provider:
    """Poole is an ALMO whose texts go by GOV.UK Notify."""
    Landlord.objects.update(kind=Landlord.Kind.ALMO)
    provider = operations.keep_provider(
        kind="NOTIFY",
        channel="TEXT",
        values={"name": "Notify texts", "per_minute": 60},
        settings={"template": TEMPLATE, "pence": "2.4"},
        secrets={"key": KEY},
        by=officer,
        at=now,
    )
    return operations.switch_on(provider=provider, by=officer, at=now)


def text(by: Actor, at: dt.datetime, key: str = "reply:1", **given: str) -> Message:
    return queue(by, at, key=key, channel="TEXT", **{"to_address": MOBILE, **given})


def test_a_text_goes_by_itself_to_a_whole_number_and_counts_its_parts(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = text(officer, now, body="Answer: [link]", link="https://poole.example/" + "x" * 140)
    assert (message.to_address, message.parts, message.next_attempt_at) == ("+447700900123", 2, now)
    sending.send_due("TEXT")
    assert state_of(message) == State.SENT
    [sent] = scripted.took
    assert (sent.to_address, sent.body) == (
        "+447700900123",
        "Answer: https://poole.example/" + "x" * 140,
    )


def test_the_task_sends_texts_once_the_transaction_is_done(
    notify: Provider,
    scripted: Scripted,
    officer: Actor,
    now: dt.datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = text(officer, now)
    assert (state_of(message), len(scripted.took)) == (State.SENT, 1)


def test_without_a_provider_an_officer_texts(
    scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = text(officer, now, body="a" * 2000)
    assert (message.state, message.parts, message.to_address) == (State.QUEUED, 0, MOBILE)
    sending.send_due("TEXT")
    assert scripted.took == []
    assert list(queries.to_do_by_hand()) == [message]


def test_what_goes_by_itself_is_on_nobodys_list_of_calls(
    notify: Provider, officer: Actor, now: dt.datetime
) -> None:
    text(officer, now)
    call = queue(officer, now, key="reply:2", channel="PHONE")
    assert list(queries.to_do_by_hand()) == [call]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to_address": "none"}, "no telephone number that a text can go to"),
        ({"to_address": "01632 960123"}, "A text goes to a mobile"),
        ({"body": "a" * 2000}, "Shorten it by 1,082, or send it by e-mail or letter."),
        ({"body": ""}, "nothing in this text"),
    ],
)
def test_a_text_that_cannot_go_stands_among_what_did_not_go_with_the_reason(
    notify: Provider,
    scripted: Scripted,
    officer: Actor,
    now: dt.datetime,
    given: dict[str, str],
    words: str,
) -> None:
    message = text(officer, now, **given)
    assert message.state == State.FAILED
    assert words in message.failure
    assert list(queries.stuck()) == [message]
    sending.send_due("TEXT")
    assert scripted.took == []
    with pytest.raises(Refusal, match=words.partition(".")[0]):
        operations.retry_message(message=message, by=officer, at=now)


def test_the_same_cause_is_texted_once(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    assert text(officer, now).pk == text(officer, now).pk
    sending.send_due("TEXT")
    sending.send_due("TEXT")
    assert len(scripted.took) == 1


def test_what_is_tried_again_once_a_provider_is_set_goes_by_itself(
    scripted: Scripted, officer: Actor, now: dt.datetime, request: pytest.FixtureRequest
) -> None:
    message = text(officer, now)
    operations.mark_done_by_hand(message=message, by=officer, at=now)
    operations.report_failure(message=message, failure="It never came", by=officer, at=now)
    request.getfixturevalue("notify")
    operations.retry_message(message=message, by=officer, at=now)
    message.refresh_from_db()
    assert (message.to_address, message.parts) == ("+447700900123", 1)
    sending.send_due("TEXT")
    assert state_of(message) == State.SENT


def test_emails_and_texts_each_go_at_a_pace_of_their_own(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    email = operations.provider_for_email(by=officer, at=now)
    assert email is not None
    Provider.objects.filter(pk=notify.pk).update(per_minute=2)
    Provider.objects.filter(pk=email.pk).update(per_minute=3)
    for number in range(5):
        text(officer, now, key=f"text:{number}")
        queue(officer, now, key=f"email:{number}")
    with time_machine.travel(now, tick=False):
        for channel in Message.CARRIED:
            assert sending.send_due(channel)
    went = Message.objects.filter(state=State.SENT)
    assert went.filter(channel="TEXT").count() == 2
    assert went.filter(channel="EMAIL").count() == 3


def test_a_provider_of_texts_that_is_held_back_holds_no_email(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    one, other = text(officer, now), queue(officer, now, key="reply:2")
    scripted.outcomes = [TryLater("More slowly.", "429", holds_provider=True)]
    tasks.send_outbox(channel="TEXT")
    tasks.send_outbox(channel="EMAIL")
    assert (state_of(one), state_of(other)) == (State.QUEUED, State.SENT)
    notify.refresh_from_db()
    assert notify.is_held(timezone.now())


@pytest.mark.parametrize(
    ("standing", "state", "times"),
    [(Standing.DELIVERED, State.DELIVERED, 1), (Standing.NEVER_CAME, State.SENT, 2)],
)
def test_after_silence_the_provider_is_asked_by_itself(
    notify: Provider,
    scripted: Scripted,
    officer: Actor,
    now: dt.datetime,
    standing: Standing,
    state: str,
    times: int,
) -> None:
    message = text(officer, now)
    scripted.outcomes = [Unsure("Nobody said whether it went.", holds_provider=True)]
    tasks.send_outbox(channel="TEXT")
    assert state_of(message) == State.UNSURE
    scripted.asked = Asked(standing, "theirs-1")
    with time_machine.travel(now + LEASE):
        tasks.look_into_outboxes()
    with time_machine.travel(now + 3 * LEASE):
        tasks.look_into_outboxes()
    assert (state_of(message), len(scripted.took)) == (state, times)
    assert scripted.asked_for == [scripted.took[0].reference]


def test_a_provider_that_has_forgotten_is_not_taken_to_say_that_it_never_had_it(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = text(officer, now)
    scripted.outcomes = [Unsure("Nobody said whether it went.")]
    sending.send_due("TEXT")
    scripted.asked = Asked(Standing.NEVER_CAME)
    with time_machine.travel(now + dt.timedelta(days=8)):
        sending.ask_after(message=message, by=officer)
        sending.send_due("TEXT")
    assert (state_of(message), len(scripted.took)) == (State.UNSURE, 1)


def test_a_text_that_meets_silence_each_time_and_never_comes_is_given_to_an_officer(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message, at = text(officer, now), now
    scripted.asked = Asked(Standing.NEVER_CAME)
    for _ in range(12):
        scripted.outcomes = [Unsure("Nobody said whether it went.")]
        with time_machine.travel(at, tick=False):
            sending.take_up("TEXT")
            sending.send_due("TEXT")
        at += dt.timedelta(hours=7) if state_of(message) == State.QUEUED else LEASE
    assert state_of(message) == State.FAILED
    assert "said nothing to each try" in message.failure
    assert len(scripted.took) == 6
    assert set(queries.tries_of(message).values_list("outcome", flat=True)) == {"NEVER_CAME"}


def test_a_worker_killed_over_a_text_sends_it_to_nobody_twice(
    notify: Provider, scripted: Scripted, officer: Actor, now: dt.datetime
) -> None:
    message = text(officer, now)
    scripted.outcomes = [Killed()]
    with pytest.raises(Killed):
        sending.send_due("TEXT")
    scripted.asked = Asked(Standing.WENT, "theirs-1")
    with time_machine.travel(now + LEASE):
        tasks.look_into_outboxes()
    assert (state_of(message), len(scripted.took)) == (State.SENT, 1)


def test_a_housing_association_may_not_use_notify(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    Landlord.objects.update(kind=Landlord.Kind.ASSOCIATION)
    with pytest.raises(policies.NotForYou, match="housing associations and trusts may not use it"):
        operations.keep_provider(
            kind="NOTIFY",
            channel="TEXT",
            values={"name": "Notify texts", "per_minute": 60},
            settings={},
            secrets={},
            by=officer,
            at=now,
        )
    assert not Provider.objects.exists()


def test_who_becomes_an_association_cannot_switch_notify_on(
    notify: Provider, officer: Actor, now: dt.datetime
) -> None:
    operations.switch_off(provider=notify, by=officer, at=now)
    Landlord.objects.update(kind=Landlord.Kind.ASSOCIATION)
    with pytest.raises(policies.NotForYou):
        operations.switch_on(provider=Provider.objects.get(), by=officer, at=now)


@pytest.mark.parametrize(
    "values", [{"channel": "EMAIL", "parts": 1}, {"channel": "TEXT", "parts": 15}]
)
def test_the_database_refuses_parts_of_what_is_no_text(
    in_poole: Landlord, officer: Actor, now: dt.datetime, values: dict[str, Any]
) -> None:
    message = queue(officer, now, channel="PHONE")
    with pytest.raises(IntegrityError, match="message_in_parts_is_a_text"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**values, state="CANCELLED")


def test_the_database_refuses_a_text_that_goes_by_itself_without_a_moment(
    notify: Provider, officer: Actor, now: dt.datetime
) -> None:
    message = text(officer, now)
    with pytest.raises(IntegrityError, match="message_that_goes_by_itself"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(next_attempt_at=None)
