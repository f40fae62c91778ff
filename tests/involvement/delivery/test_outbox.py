from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.delivery import operations, policies, queries, sending
from involvement.delivery.letters import letters_html
from involvement.delivery.models import DeliveryAttempt, Message, Provider
from involvement.landlords.models import Landlord
from tests.involvement.delivery.scripted import queue

pytestmark = pytest.mark.django_db


def test_an_email_goes_once_the_transaction_is_done(
    in_poole: Landlord, officer: Actor, now: dt.datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = queue(officer, now)
    message.refresh_from_db()
    assert [sent.to for sent in mail.outbox] == [["leroy@residents.example"]]
    assert message.state == Message.State.SENT


def test_the_same_cause_is_sent_once(in_poole: Landlord, officer: Actor, now: dt.datetime) -> None:
    first, second = queue(officer, now), queue(officer, now)
    assert first.pk == second.pk
    sending.send_due()
    sending.send_due()
    assert len(mail.outbox) == 1


def test_a_message_carries_our_reference_and_comes_from_whom_the_landlord_says(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    queue(officer, now)
    operations.provider_for_email(by=officer, at=now)
    Provider.objects.update(sender_name="Poole (demo)", sender_address="involve@poole.example")
    sending.send_due()
    [sent] = mail.outbox
    reference = DeliveryAttempt.objects.get().reference
    assert sent.from_email == '"Poole (demo)" <involve@poole.example>'
    assert sent.extra_headers["Message-ID"] == f"<{reference}@poole.example>"


def test_letters_are_printed_together_and_then_posted(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    letters = [queue(officer, now, key=f"reply:{n}", channel="POST") for n in range(3)]
    batch = operations.make_letter_batch(
        pdf=b"%PDF-1.7 letters", letters=letters, by=officer, at=now
    )
    assert queries.letters_to_print().count() == 0
    operations.mark_posted(batch=batch, by=officer, at=now)
    assert Message.objects.filter(state=Message.State.SENT).count() == 3
    with pytest.raises(policies.AlreadyPosted):
        operations.mark_posted(batch=batch, by=officer, at=now)


def test_a_letter_forgets_its_link_as_it_is_posted(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    letter = queue(officer, now, channel="POST", link="https://poole.example/answer/once/")
    batch = operations.make_letter_batch(
        pdf=b"%PDF-1.7 letters", letters=[letter], by=officer, at=now
    )
    operations.mark_posted(batch=batch, by=officer, at=now)
    letter.refresh_from_db()
    assert (letter.state, letter.link) == (Message.State.SENT, "")


def test_the_database_refuses_a_second_message_for_one_cause(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now)
    message.pk = None
    message._state.adding = True
    with pytest.raises(IntegrityError, match="message_for_one_cause"), transaction.atomic():
        message.save()


@pytest.mark.parametrize("first_line", ["", "POOLE Housing Partnership \n"])
def test_the_head_of_a_letter_names_the_landlord_once(
    in_poole: Landlord, officer: Actor, now: dt.datetime, first_line: str
) -> None:
    in_poole.name = "Poole Housing Partnership"
    in_poole.contact_address = f"{first_line}The Beacon Office\nPoole"
    html = letters_html([queue(officer, now, channel="POST")], landlord=in_poole, on=now.date())
    head = html.partition('<div class="letter-head">')[2].partition("</div>")[0]
    assert head == (
        '<p class="letter-landlord">Poole Housing Partnership</p>'
        "<p>The Beacon Office</p><p>Poole</p>"
    )


def test_a_letter_that_came_back_is_printed_anew(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    letter = queue(officer, now, channel="POST")
    batch = operations.make_letter_batch(
        pdf=b"%PDF-1.7 letters", letters=[letter], by=officer, at=now
    )
    operations.mark_posted(batch=batch, by=officer, at=now)
    operations.report_failure(message=letter, failure="Gone away", by=officer, at=now)
    operations.retry_message(message=letter, by=officer, at=now)
    assert list(queries.letters_to_print()) == [letter]


def test_what_has_lost_its_link_is_not_sent_without_it(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    message = queue(officer, now, body="Answer: [link]", link="https://poole.example/once/")
    sending.send_due()
    operations.report_failure(message=message, failure="It bounced", by=officer, at=now)
    with pytest.raises(policies.LinkForgotten):
        operations.retry_message(message=message, by=officer, at=now)


def test_somebody_who_left_gets_nothing_that_can_still_go(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    for number, state in enumerate(Message.CAN_STILL_GO):
        message = queue(officer, now, key=f"reply:{number}", channel="TEXT")
        Message.objects.filter(pk=message.pk).update(state=state)
    on_its_way = queue(officer, now, key="reply:9")
    Message.objects.filter(pk=on_its_way.pk).update(
        state="SENDING", lease_ends_at=now, next_attempt_at=None
    )
    assert operations.cancel_waiting(messages=Message.objects.all(), by=officer, at=now) == 3
    with pytest.raises(policies.OnItsWay):
        operations.cancel_message(message=on_its_way, by=officer, at=now)
