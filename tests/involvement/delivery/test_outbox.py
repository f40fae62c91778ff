from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.delivery import operations, queries
from involvement.delivery.letters import letters_html
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord

pytestmark = pytest.mark.django_db


def queue(
    officer: Actor,
    now: dt.datetime,
    key: str = "reply:1",
    channel: str = "EMAIL",
    link: str = "",
) -> Message:
    return operations.queue_message(
        key=key,
        channel=channel,
        to_name="Leroy Biggs (demo)",
        to_address="leroy@residents.example",
        subject="What became of what you said",
        body="The lights are brighter.",
        link=link,
        by=officer,
        at=now,
    )


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
    assert operations.send_email(message_id=first.pk, sender="a@b.example", at=now) is True
    assert operations.send_email(message_id=first.pk, sender="a@b.example", at=now) is False
    assert len(mail.outbox) == 1


def test_a_failure_is_kept_and_given_up_after_five_tries(
    in_poole: Landlord, officer: Actor, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPServerDisconnected("The server hung up.")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    message = queue(officer, now)
    for _ in range(operations.MOST_ATTEMPTS):
        operations.send_email(message_id=message.pk, sender="a@b.example", at=now)
    message.refresh_from_db()
    assert (message.state, message.failure) == (Message.State.FAILED, "The server hung up.")


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
    with pytest.raises(operations.AlreadyPosted):
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
