"""A campaign to very many people, by a mail server and by GOV.UK Notify that drop, delay, refuse and
fall over, its workers killed and cut off from the database on the way: nobody is reached twice, and
the totals add up."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from involvement.auditing.actors import job
from involvement.delivery import operations, queries, sending
from involvement.delivery.models import DeliveryAttempt, Message, Provider
from involvement.delivery.transports import notify as notify_transport
from involvement.env import BASE_DIR
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.factories.landlords import make_landlord
from tests.involvement.delivery import mail_stand_in as mail
from tests.involvement.delivery import notify_stand_in as notify
from tests.involvement.delivery.mail_stand_in import MailStandIn
from tests.involvement.delivery.notify_stand_in import KEY, TEMPLATE, NotifyStandIn
from tests.reporting.library.test_kill import ahead, environment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]
BY = job("A test")
State = Message.State
PER_MINUTE = 3000
SEED = 20261130
NOTIFY_FAULTS = {
    notify.LOST: 0.01,
    notify.SILENT: 0.01,
    notify.FELL: 0.005,
    notify.FELL_AFTER: 0.005,
    notify.SLOW: 0.004,
    notify.LIMITED: 0.01,
    notify.NOT_TAKEN: 0.02,
}
MAIL_FAULTS = {
    mail.REFUSED: 0.02,
    mail.LATER: 0.02,
    mail.BUSY: 0.01,
    mail.LOST: 0.01,
    mail.SILENT: 0.01,
}
# A worker that sends by one channel until there is no more, or it is killed.
WORKER = """
import sys, time
import django, time_machine
django.setup()
time_machine.travel(time.time() + float(sys.argv[2]), tick=True).start()
from involvement.delivery import sending
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord

with landlord_scope(Landlord.objects.get(slug="poole")):
    print("sending", flush=True)
    while sending.send_due(sys.argv[1]) is not None:
        time.sleep(0.05)
"""


@pytest.fixture
def poole() -> Landlord:
    return make_landlord("poole", kind="ALMO")


@pytest.fixture
def servers(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[MailStandIn, NotifyStandIn]]:
    cache.clear()
    monkeypatch.setattr(notify_transport, "TIMEOUT", 0.3)
    monkeypatch.setattr(sending, "AT_ONCE", 1000)
    with MailStandIn(SEED, MAIL_FAULTS) as post, NotifyStandIn(SEED, NOTIFY_FAULTS) as gov:
        settings.EMAIL_BACKEND = f"{EmailBackend.__module__}.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.NOTIFY_ADDRESS = gov.address
        settings.DELIVERY_PER_MINUTE = 2 * PER_MINUTE
        yield post, gov


def begin(number: int) -> None:
    """Providers of both channels, and as many messages of each, all in the outbox at once."""
    at = timezone.now()
    operations.provider_for_email(by=BY, at=at)
    texts = operations.keep_provider(
        kind="NOTIFY",
        channel="TEXT",
        values={"name": "Notify texts", "per_minute": PER_MINUTE},
        settings={"template": TEMPLATE},
        secrets={"key": KEY},
        by=BY,
        at=at,
    )
    operations.switch_on(provider=texts, by=BY, at=at)
    Provider.objects.update(per_minute=PER_MINUTE)
    soon = mock.patch("involvement.delivery.operations.queueing.send_soon")
    with soon, transaction.atomic():
        for one in range(number):
            written: dict[str, Any] = {
                "to_name": f"Resident {one} (demo)",
                "subject": "The lights",
                "by": BY,
                "at": at,
            }
            operations.queue_message(
                key=f"campaign:email:{one}",
                channel="EMAIL",
                to_address=f"r{one}@homes.example",
                body="They are brighter.",
                **written,
            )
            operations.queue_message(
                key=f"campaign:text:{one}",
                channel="TEXT",
                to_address=f"+353 85 {1_000_000 + one}",
                body="They are brighter.",
                **written,
            )


def stop_a_worker(
    channel: str,
    reached: Any,
    more: int,
    post: MailStandIn,
    gov: NotifyStandIn,
    *,
    cut_off: bool = False,
) -> None:
    """Let a worker send so many messages of a channel, and kill it, or cut it off from the database,
    in the worst moment: when the server has a message and has not said so."""
    there = {
        **environment(),
        "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
        "NOTIFY_ADDRESS": gov.address,
        "DELIVERY_PER_MINUTE": str(2 * PER_MINUTE),
        # The worker asks the cache alone, which wants the address of the same server written so
        "REDIS_URL": f"unix:{django_settings.CELERY_BROKER_URL.partition(':')[2].split('?')[0]}",
        "SEALING_KEY": django_settings.SEALING_KEYS[0],
    }
    begun = len(reached())
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, channel, str(ahead())],
        env=there,
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "sending\n"
        while len(reached()) < begun + more and process.poll() is None:
            time.sleep(0.002)
        if cut_off:
            end_all_conversations()
            process.wait(timeout=60)
        else:
            os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.communicate()
    assert len(reached()) > begun
    if cut_off:
        # It could not write what became of the message, and ended by itself
        assert process.returncode == 1


def end_all_conversations() -> None:
    """The database drops every process but this one, as when it falls over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user "
            "AND pid <> pg_backend_pid()"
        )


def send_the_rest() -> float:
    """Work as the sweep does, the clock going on, until nothing moves any more. Answers for how many
    seconds messages were really being sent."""
    at, spent = timezone.now(), 0.0
    for _ in range(2000):
        with time_machine.travel(at, tick=True):
            for channel in Message.CARRIED:
                sending.take_up(channel)
                begun = time.perf_counter()
                sending.send_due(channel)
                spent += time.perf_counter() - begun
            open_still = Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists()
            asked = any(
                queries.met_silence(timezone.now(), one).exists() for one in Message.CARRIED
            )
        if not open_still and not asked and not _could_be_asked():
            return spent
        at += dt.timedelta(minutes=3)
    raise AssertionError("Something goes round and round.")


def _could_be_asked() -> bool:
    return bool(Message.objects.filter(state=State.UNSURE, channel="TEXT").exists())


def addresses(channel: str, *states: str) -> set[str]:
    rows = Message.objects.filter(channel=channel, state__in=states)
    return set(rows.values_list("to_address", flat=True))


def check(number: int, post: MailStandIn, gov: NotifyStandIn) -> None:
    """Nobody was reached twice, and every message is where the servers say it is."""
    for reached in (post.reached(), gov.reached()):
        assert [one for one, times in Counter(reached).items() if times > 1] == []
    emails, texts = set(post.reached()), set(gov.reached())
    # Notify can be asked, so that nothing stays open
    assert addresses("TEXT", State.SENT) == texts
    assert addresses("TEXT", State.UNSURE) == set()
    refused = addresses("TEXT", State.FAILED)
    assert refused == gov.refused - texts
    assert len(texts) + len(refused) == number
    # A mail server cannot: what met silence is left to an officer
    assert addresses("EMAIL", State.SENT) <= emails
    unsure = addresses("EMAIL", State.UNSURE)
    assert emails <= addresses("EMAIL", State.SENT) | unsure
    assert addresses("EMAIL", State.FAILED) == post.refused
    assert len(addresses("EMAIL", State.SENT)) + len(unsure) + len(post.refused) == number
    assert len(unsure) <= post.befell[mail.LOST] + post.befell[mail.SILENT] + 2 * KILLED
    taken = DeliveryAttempt.objects.filter(outcome="ACCEPTED", provider__channel="TEXT")
    assert taken.count() == len(texts)
    assert not DeliveryAttempt.objects.filter(outcome="OPEN").exists()
    # Something did happen on the way
    assert {*post.befell} == {*MAIL_FAULTS}
    assert {*gov.befell} == {*NOTIFY_FAULTS}


KILLED = 2
"""Workers of each channel that are killed, and as many that are cut off from the database."""


@pytest.mark.parametrize("each", [1000, pytest.param(17_500, marks=pytest.mark.full)])
def test_a_campaign_reaches_everybody_at_most_once_and_the_totals_add_up(
    poole: Landlord,
    servers: tuple[MailStandIn, NotifyStandIn],
    capsys: pytest.CaptureFixture[str],
    each: int,
) -> None:
    post, gov = servers
    post.faults, post.late, gov.faults, gov.late = {}, 0.1, {notify.SLOW: 1}, 0.1
    with landlord_scope(poole):
        begin(each)
    for cut_off in [False, True] * KILLED:
        stop_a_worker("EMAIL", post.reached, 40, post, gov, cut_off=cut_off)
        stop_a_worker("TEXT", gov.reached, 40, post, gov, cut_off=cut_off)
    post.faults, post.late, gov.faults, gov.late = MAIL_FAULTS, 0, NOTIFY_FAULTS, 0.6
    already = len(post.reached()) + len(gov.reached())
    with landlord_scope(poole):
        spent = send_the_rest()
        check(each, post, gov)
    went = len(post.reached()) + len(gov.reached()) - already
    with capsys.disabled():
        sys.stdout.write(
            f"\n{2 * each:,} messages: {went:,} in {spent:.0f} s by one worker, that is "
            f"{went / spent * 60:,.0f} a minute of the {PER_MINUTE:,} that GOV.UK Notify takes.\n"
        )
