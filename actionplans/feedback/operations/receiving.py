from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from actionplans.feedback.models import EARLIEST, LONGEST_WORDS, Feedback, MailKey, SourceKind
from actionplans.feedback.operations.mail import Letter, read_message
from actionplans.feedback.operations.recording import Said, record_feedback
from involvement.accounts.models import StaffMember
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind, Channel
from residents.people.models import Person
from residents.people.operations import person_reached
from residents.people.queries import Contact, only_one_with_email


@transaction.atomic
def receive_email(*, content: bytes, by: Actor, at: dt.datetime) -> Feedback:
    """Turn an e-mail into a row of the log. Returns the row; the same e-mail again gives the same.

    The writer is found by their address or added to the people. Attachments are not kept, and the
    row says how many there were. Raises NotFromAPerson, NothingSaid.
    """
    colleagues = _colleagues()
    letter = read_message(content, colleagues=colleagues)
    known: Feedback | None = Feedback.objects.filter(message_id=letter.message_id).first()
    if known is not None:
        return known
    # What a colleague writes down is somebody's whom they name in it, not their own
    clerk = letter.name if letter.email in colleagues else ""
    person = None if clerk else _writer(letter, by=by, at=at)
    said = Said(
        words=letter.words[:LONGEST_WORDS],
        said_on=_day(letter, at),
        source_kind=SourceKind.EMAIL,
        source_words=_about(letter),
        person=person,
        speaker_words="" if person is not None or clerk else letter.name[:120],
        message_id=letter.message_id,
    )
    return record_feedback(said=said, by=_speaking(letter, person, clerk), at=at)


@transaction.atomic
def issue_mail_key(*, by: Actor, at: dt.datetime) -> str:
    """Make the key with which a mail server may hand e-mails in, and end the one before it.

    Returns the key, which is shown this once; only its hash is kept.
    """
    MailKey.objects.filter(ended_at__isnull=True).update(ended_at=at)
    key = secrets.token_urlsafe(32)
    row = MailKey.objects.create(key_hash=hash_key(key), made_at=at, **by.columns())
    auditing.record(
        verb="mail_key.issued",
        record=row,
        sentence="made a new key for handing e-mails in",
        by=by,
        at=at,
    )
    return key


def hash_key(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _colleagues() -> frozenset[str]:
    addresses = StaffMember.objects.exclude(email="").values_list("email", flat=True)
    return frozenset(address.lower() for address in addresses)


def _writer(letter: Letter, *, by: Actor, at: dt.datetime) -> Person | None:
    if not letter.email:
        return None
    known = only_one_with_email(letter.email)
    if known is not None:
        return known
    contact = Contact(email=letter.email)
    return person_reached(name=letter.name[:120], contact=contact, by=by, at=at)


def _day(letter: Letter, at: dt.datetime) -> dt.date:
    """The day it was sent, where that can be believed; else the day it came."""
    today = timezone.localdate(at)
    if letter.sent_at is None:
        return today
    sent = timezone.localdate(letter.sent_at)
    return sent if EARLIEST <= sent <= today else today


def _about(letter: Letter) -> str:
    count = len(letter.attachments)
    left_out = f"{count} attachment{'' if count == 1 else 's'} not kept" if count else ""
    room = 200 - len(left_out) - 3
    subject = letter.subject if len(letter.subject) <= room else letter.subject[: room - 1] + "…"
    if subject and left_out:
        return f"{subject} ({left_out})"
    return subject or left_out


def _speaking(letter: Letter, person: Person | None, clerk: str) -> Actor:
    """The writer acts, by e-mail; the clerk is whoever passed it on, where somebody did."""
    if clerk:
        name = "Somebody who gave no name"
        return Actor(ActorKind.RESIDENT, name, channel=Channel.EMAIL, clerk=clerk)
    return Actor(
        ActorKind.RESIDENT,
        person.name if person is not None else letter.name,
        key=person.pk if person is not None else None,
        channel=Channel.EMAIL,
        clerk="a colleague who forwarded it" if letter.forwarded else "",
    )
