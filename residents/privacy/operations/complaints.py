"""Complaints about data: received from a page or at the desk, acknowledged, answered."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Max

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from involvement.isolation.scope import landlord_id
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.people.queries import Contact
from residents.privacy import clocks, policies
from residents.privacy.models import DataComplaint


@transaction.atomic
def receive(
    *,
    name: str,
    contact: str,
    words: str,
    received_on: dt.date,
    received_how: str,
    by: Actor,
    at: dt.datetime,
    person: Person | None = None,
    form_token: uuid.UUID | None = None,
) -> DataComplaint:
    """Record a complaint about how data were used. Returns it; the same form again returns the same.

    It is to be acknowledged within 30 days: see `clocks.acknowledge_by`.
    """
    # One number after the other, also for two at once
    Landlord.objects.select_for_update().get(pk=landlord_id())
    if form_token is not None:
        there = DataComplaint.objects.filter(form_token=form_token).order_by("pk")
        for sent_already in there:
            found: DataComplaint = sent_already
            return found
    last = DataComplaint.objects.aggregate(last=Max("number"))["last"] or 0
    complaint: DataComplaint = DataComplaint.objects.create(
        number=last + 1,
        person=person,
        name=name.strip(),
        contact=contact.strip(),
        words=words.strip(),
        received_on=received_on,
        received_how=received_how,
        recorded_at=at,
        acknowledge_by_on=clocks.acknowledge_by(received_on),
        form_token=form_token,
        **by.columns(),
    )
    _note(complaint, "received", "recorded a complaint about data", by=by, at=at)
    return complaint


@transaction.atomic
def acknowledge(
    *, complaint: DataComplaint, landlord: Landlord, on: dt.date, by: Actor, at: dt.datetime
) -> DataComplaint:
    """Note that they were told their complaint has arrived; an e-mail address is written to,
    unless they have died meanwhile.

    Returns the complaint. Raises AcknowledgedAlready.
    """
    row = _locked(complaint)
    if row.acknowledged_on is not None:
        raise policies.AcknowledgedAlready
    row.acknowledged_on = max(on, row.received_on)
    row.save(update_fields=["acknowledged_on"])
    email = Contact.read(row.contact).email
    if email and not (row.person and row.person.status == Person.Status.DECEASED):
        queue_message(
            key=f"data-complaint:{row.pk}",
            channel=Message.Channel.EMAIL,
            to_name=row.name,
            to_address=email,
            subject=f"Your complaint about your data, number {row.number}",
            body=(
                f"Dear {row.name},\n\nWe have your complaint about how we used your data. Its "
                f"number is {row.number}. We are looking into it and will tell you what we "
                f"found as soon as we can.\n\n{_whom_to_ring(landlord)}You can also complain to "
                "the Information Commissioner at any time.\n"
            ),
            by=by,
            at=at,
        )
    _note(row, "acknowledged", "acknowledged a complaint about data", by=by, at=at)
    return row


@transaction.atomic
def say_whose(
    *, complaint: DataComplaint, person: Person | None, by: Actor, at: dt.datetime
) -> DataComplaint:
    """Say whose complaint it is: somebody's in the register, or nobody's there. Returns it.

    Raises ComplaintSettled.
    """
    row = _locked(complaint)
    policies.check_can_answer(row)
    if row.person_id == (person.pk if person else None):
        return row
    before = auditing.snapshot(row, ("person",))
    row.person = person
    row.save(update_fields=["person"])
    auditing.record(
        verb="privacy.complaint_matched",
        record=row,
        sentence="said whose complaint about data it is",
        by=by,
        at=at,
        changes=auditing.changes_since(row, before),
    )
    return row


@transaction.atomic
def answer(
    *,
    complaint: DataComplaint,
    outcome: str,
    outcome_words: str,
    told_on: dt.date,
    told_how: str,
    by: Actor,
    at: dt.datetime,
) -> DataComplaint:
    """Record what was found and that they were told; telling them acknowledges it too.

    Returns the complaint. Raises ComplaintSettled.
    """
    row = _locked(complaint)
    policies.check_can_answer(row)
    row.outcome, row.outcome_words = outcome, outcome_words.strip()
    row.told_on, row.told_how = told_on, told_how
    row.acknowledged_on = row.acknowledged_on or told_on
    row.save()
    _note(row, "answered", "answered a complaint about data", by=by, at=at)
    return row


def _whom_to_ring(landlord: Landlord) -> str:
    if not landlord.contact_phone:
        return ""
    who = landlord.contact_name or "us"
    return f"If you want to talk about it, ring {who} on {landlord.contact_phone}. "


def _locked(complaint: DataComplaint) -> DataComplaint:
    row: DataComplaint = DataComplaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    return row


def _note(
    complaint: DataComplaint, verb: str, sentence: str, *, by: Actor, at: dt.datetime
) -> None:
    auditing.record(
        verb=f"privacy.complaint_{verb}", record=complaint, sentence=sentence, by=by, at=at
    )
