"""Providers call us: only they get in, and each thing they say counts once."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest

from involvement.auditing.actors import Actor
from involvement.delivery import operations, queries, sending
from involvement.delivery.models import InboundMessage, Message, Provider, Receipt, RefusedCalls
from involvement.landlords.models import Landlord
from tests.involvement.delivery.calling import Caller, inbound, receipt, sent
from tests.involvement.delivery.scripted import Scripted, state_of

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        ("delivered", State.DELIVERED, ""),
        ("permanent-failure", State.FAILED, "There is no such address or number"),
        ("temporary-failure", State.FAILED, "It did not arrive in three days"),
        ("technical-failure", State.FAILED, "It can be tried again."),
        ("sending", State.SENT, ""),
    ],
)
def test_a_receipt_of_notify_says_what_became_of_a_text(
    notify_calls: Caller, officer: Actor, now: dt.datetime, status: str, state: str, words: str
) -> None:
    message, reference = sent(officer, now)
    assert notify_calls.call(receipt(reference, status)).status_code == 200
    assert state_of(message) == state
    assert words in message.failure
    assert Receipt.objects.filter(message=message).count() == (status != "sending")


def test_the_same_receipt_again_is_answered_alike_and_changes_nothing(
    notify_calls: Caller, officer: Actor, now: dt.datetime
) -> None:
    message, reference = sent(officer, now)
    told = receipt(reference)
    answers = [notify_calls.call(told).json() for _ in range(3)]
    assert answers == [{"noted": 1}] * 3
    assert (Receipt.objects.count(), state_of(message)) == (1, State.DELIVERED)
    operations.report_failure(message=message, failure="It never came", by=officer, at=now)
    notify_calls.call(told)
    assert state_of(message) == State.FAILED


def test_a_receipt_of_an_earlier_try_says_nothing_of_a_later(
    notify_calls: Caller, officer: Actor, now: dt.datetime
) -> None:
    message, first = sent(officer, now)
    operations.report_failure(message=message, failure="It never came", by=officer, at=now)
    operations.retry_message(message=message, by=officer, at=now)
    sending.send_due("TEXT")
    notify_calls.call(receipt(first, "permanent-failure"))
    assert state_of(message) == State.SENT


@pytest.mark.parametrize(
    "forged",
    [
        {"shown": ""},
        {"shown": "Bearer nonsense"},
        {"shown": f"Basic {base64.b64encode(b'involvement:nonsense').decode()}"},
        {"shown": "Basic nonsense!"},
        {"token": "PK." + "x" * 43},
    ],
)
def test_whoever_does_not_show_that_it_is_the_provider_is_refused_and_counted(
    notify_calls: Caller, officer: Actor, now: dt.datetime, forged: dict[str, str]
) -> None:
    message, reference = sent(officer, now)
    known = {
        name: words.replace("PK", str(notify_calls.provider.pk)) for name, words in forged.items()
    }
    for _ in range(2):
        assert notify_calls.call(receipt(reference), **known).status_code == 403
    assert (state_of(message), Receipt.objects.count()) == (State.SENT, 0)
    assert RefusedCalls.objects.get().number == 2
    assert queries.refused_lately(notify_calls.provider, now.date()) == 2
    assert notify_calls.call(receipt(reference)).status_code == 200


def test_a_new_address_closes_the_old(
    notify_calls: Caller, officer: Actor, now: dt.datetime
) -> None:
    _, reference = sent(officer, now)
    operations.make_hook(provider=notify_calls.provider, by=officer, at=now)
    assert notify_calls.call(receipt(reference)).status_code == 403


def test_nobody_tries_words_for_long(notify_calls: Caller) -> None:
    codes = [notify_calls.call({}, shown="Bearer x").status_code for _ in range(61)]
    assert set(codes[:60]) == {403}
    assert codes[60] == 429


def test_a_provider_without_an_address_hears_nothing(
    notify_calls: Caller, officer: Actor, now: dt.datetime
) -> None:
    Provider.objects.update(sealed=b"")
    assert notify_calls.call(receipt("x"), token="none", shown="").status_code == 403
    assert notify_calls.call(receipt("x"), token="none", shown="Bearer ").status_code == 403


@pytest.mark.parametrize("days", [-5, 1])
def test_what_is_stale_or_still_to_come_is_refused(
    notify_calls: Caller, officer: Actor, now: dt.datetime, days: int
) -> None:
    message, reference = sent(officer, now)
    moment = (now + dt.timedelta(days=days)).isoformat()
    answer = notify_calls.call(receipt(reference, completed_at=moment))
    assert (answer.status_code, state_of(message)) == (403, State.SENT)
    assert "too long ago" in answer.json()["error"]
    assert notify_calls.call(inbound(date_received=moment), "texts").status_code == 403
    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize("said", [b"", b"[]", b"nonsense", {}, {"id": None}, b"\xff\xfe"])
def test_what_no_provider_says_is_refused_in_words(notify_calls: Caller, said: Any) -> None:
    for what in ("receipts", "texts"):
        answer = notify_calls.call(said, what)
        assert answer.status_code == 400
        assert "nothing that the provider" in answer.json()["error"]
    assert not Receipt.objects.exists()
    assert not InboundMessage.objects.exists()


def test_what_is_too_long_or_of_no_kind_is_refused(notify_calls: Caller) -> None:
    assert notify_calls.call(b"x" * 300_000).status_code == 413
    assert notify_calls.call({}, "letters").status_code == 404
    assert notify_calls.client.get("/providers/1.x/receipts/").status_code == 405


def test_a_gateway_tells_by_its_own_reference_and_shows_a_password(
    scripted: Scripted, in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    gateway = Caller(
        "GATEWAY", "TEXT", officer, now, receipt_reference="data.id", receipt_status="data.state"
    )
    message, _ = sent(officer, now)
    pair = base64.b64encode(f"involvement:{gateway.word}".encode()).decode()
    told = {"data": {"id": "theirs-1", "state": "DELIVRD"}, "timestamp": now.timestamp() // 1}
    assert gateway.call(told, shown=f"Basic {pair}").json() == {"noted": 1}
    assert state_of(message) == State.DELIVERED
    late = {"data": {"id": "theirs-1", "state": "expired"}}
    assert gateway.call(late).json() == {"noted": 1}
    assert (state_of(message), message.failure) == (
        State.FAILED,
        "The text gateway says that it did not arrive: expired.",
    )
    assert gateway.call({"data": {"id": "theirs-1", "state": "buffered"}}).json() == {"noted": 0}
    assert gateway.call({"from": "447700900123", "text": "STOP"}, "texts").status_code == 200
    assert gateway.call({"from": "447700900123", "text": "STOP"}, "texts").status_code == 200
    assert InboundMessage.objects.get().body == "STOP"


@pytest.mark.parametrize(
    ("record", "state", "words"),
    [
        ({"RecordType": "Delivery", "DeliveredAt": "MOMENT"}, State.DELIVERED, ""),
        (
            {"RecordType": "Bounce", "Type": "HardBounce", "ID": 4, "BouncedAt": "MOMENT"},
            State.FAILED,
            "It came back undelivered.",
        ),
        (
            {
                "RecordType": "SpamComplaint",
                "Type": "SpamComplaint",
                "ID": 5,
                "BouncedAt": "MOMENT",
            },
            State.FAILED,
            "marked it as unwanted",
        ),
        ({"RecordType": "Open", "ReceivedAt": "MOMENT"}, State.SENT, ""),
        (
            {"RecordType": "Bounce", "Type": "Transient", "ID": 6, "BouncedAt": "MOMENT"},
            State.SENT,
            "",
        ),
    ],
)
def test_postmark_tells_by_the_reference_we_gave_it(
    scripted: Scripted,
    in_poole: Landlord,
    officer: Actor,
    now: dt.datetime,
    record: dict[str, Any],
    state: str,
    words: str,
) -> None:
    postmark = Caller("API", "EMAIL", officer, now, service="POSTMARK")
    message, reference = sent(officer, now, "EMAIL")
    told = {
        **{name: now.isoformat() if said == "MOMENT" else said for name, said in record.items()},
        "MessageID": "pm-1",
        "Email": "leroy@residents.example",
        "Metadata": {"reference": reference},
    }
    for _ in range(2):
        assert postmark.call(told).status_code == 200
    assert state_of(message) == state
    assert words in message.failure
    assert postmark.call(told, "texts").status_code == 404
