"""The kinds of record that this floor and the ground floor keep, and how each is let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry, ViewLogEntry
from involvement.calendars.days import end_of_day
from involvement.delivery.models import DeliveryAttempt, Message
from residents.people.models import Person
from residents.privacy.holding import ERASED
from residents.privacy.kinds import Kind, Then
from residents.privacy.models import AccessRequest, DataComplaint, Erasure
from residents.privacy.operations.erasing import erase, propose
from residents.privacy.ports import A_RESIDENT
from residents.privacy.queries import holds, unsettled


def _people_due(day: dt.date) -> QuerySet[Any]:
    gone = (Person.Status.LEFT, Person.Status.DECEASED)
    rows: QuerySet[Any] = Person.objects.filter(
        status__in=gone, status_on__lte=day, merged_into__isnull=True
    )
    return rows.order_by("status_on", "pk")


def _forget_people(rows: Sequence[Any], then: Then, by: Actor, at: dt.datetime) -> int:
    for person in rows:
        today = timezone.localdate(at)
        proposal = propose(person=person, reason=Erasure.Reason.OVER, asked_on=today, by=by, at=at)
        erase(erasure=proposal, by=by, at=at)
    return len(rows)


def _messages_due(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = Message.objects.filter(queued_at__lt=end_of_day(day)).exclude(
        state__in=(Message.State.QUEUED, Message.State.SENDING)
    )
    return rows.exclude(body=ERASED).order_by("queued_at", "pk")


def _empty_messages(rows: Sequence[Any], then: Then, by: Actor, at: dt.datetime) -> int:
    keys = [row.pk for row in rows]
    # What has no address any more is not tried again
    Message.objects.filter(pk__in=keys, state__in=Message.STUCK).update(
        state=Message.State.CANCELLED, link=""
    )
    DeliveryAttempt.objects.filter(message__in=keys).update(answer="")
    emptied: int = Message.objects.filter(pk__in=keys).update(
        to_name=A_RESIDENT,
        to_address=ERASED,
        body=ERASED,
        link="",
        unsubscribe_url="",
        failure="",
    )
    return emptied


def _complaints_due(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = DataComplaint.objects.filter(told_on__lte=day)
    return rows.exclude(words=ERASED).order_by("told_on", "pk")


def _empty_complaints(rows: Sequence[Any], then: Then, by: Actor, at: dt.datetime) -> int:
    keys = [row.pk for row in rows]
    emptied: int = DataComplaint.objects.filter(pk__in=keys).update(
        name=A_RESIDENT, contact=ERASED, words=ERASED, person=None
    )
    return emptied


def _requests_due(day: dt.date) -> QuerySet[Any]:
    settled = (AccessRequest.State.SENT, AccessRequest.State.CLOSED)
    rows: QuerySet[Any] = AccessRequest.objects.filter(
        state__in=settled, asked_on__lte=day, pack__isnull=True
    )
    return rows.order_by("asked_on", "pk")


def _delete_requests(rows: Sequence[Any], then: Then, by: Actor, at: dt.datetime) -> int:
    keys = [row.pk for row in rows]
    AccessRequest.objects.filter(pk__in=keys).delete()
    return len(keys)


def _history_due(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = AuditEntry.objects.filter(at__lt=end_of_day(day))
    return rows.order_by("at", "pk")


def _looks_due(day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = ViewLogEntry.objects.filter(at__lt=end_of_day(day))
    return rows.order_by("at", "pk")


def _all_while_a_hold_stands(rows: Sequence[Any], on: dt.date) -> set[int]:
    """History goes by days and not by people: while anything is under a hold, all of it stays."""
    held = holds.in_force(on).exists()
    return {row.pk for row in rows} if held else set()


def _tidy(rows: Sequence[Any], by: Actor, at: dt.datetime) -> int:
    newest = max(timezone.localdate(row.at) for row in rows)
    looks = isinstance(rows[0], ViewLogEntry)
    return auditing.tidy(looks=looks, before=end_of_day(newest), by=by, at=at)


KINDS = (
    Kind(
        key="people-left",
        label="People who left or died",
        starts="from the day they left or died",
        months=24,
        then=Then.PSEUDONYMISE,
        source="No longer than we need it (UK GDPR, article 5(1)(e)): two years answer most "
        "questions that come after a tenancy. What they took part in stays counted.",
        may=(Then.PSEUDONYMISE, Then.KEEP),
        due=_people_due,
        apply=_forget_people,
        name_of=lambda row: str(row.name),
        person_of=lambda row: row.pk,
        waits_for=lambda rows, _on: unsettled.waiting_among(rows),
    ),
    Kind(
        key="messages",
        label="Letters, e-mails and texts we sent",
        starts="from the day they were written",
        months=24,
        then=Then.PSEUDONYMISE,
        source="That somebody was told, and when, is part of the record; the words are not needed "
        "for so long.",
        may=(Then.PSEUDONYMISE, Then.KEEP),
        due=_messages_due,
        apply=_empty_messages,
        name_of=lambda row: f"{row.subject}, to {row.to_name}",
    ),
    Kind(
        key="data-complaints",
        label="Complaints about data that were answered",
        starts="from the day they were told what we found",
        months=72,
        then=Then.PSEUDONYMISE,
        source="Six years, in which a claim may be brought (Limitation Act 1980).",
        may=(Then.PSEUDONYMISE, Then.KEEP),
        due=_complaints_due,
        apply=_empty_complaints,
        name_of=lambda row: f"Number {row.number}, {row.name}",
        person_of=lambda row: row.person_id,
    ),
    Kind(
        key="access-requests",
        label="Access requests that were answered",
        starts="from the day they asked",
        months=72,
        then=Then.DELETE,
        source="Six years, in which a claim may be brought (Limitation Act 1980). The packs "
        "themselves go after 30 days.",
        may=(Then.DELETE, Then.KEEP),
        due=_requests_due,
        apply=_delete_requests,
        person_of=lambda row: row.person_id,
    ),
    Kind(
        key="history",
        label="History of what was changed",
        starts="from the day of each change",
        months=84,
        then=Then.DELETE,
        source="Six years and the current one, as finance and audit ask. All of it stays while "
        "anything is under a hold.",
        may=(Then.DELETE, Then.KEEP),
        due=_history_due,
        apply=lambda rows, _then, by, at: _tidy(rows, by, at),
        name_of=lambda row: f"{row.by_name} {row.sentence}",
        waits_for=_all_while_a_hold_stands,
    ),
    Kind(
        key="looks",
        label="Register of who looked at whom",
        starts="from the day of each look",
        months=84,
        then=Then.DELETE,
        source="As long as the history it stands beside.",
        may=(Then.DELETE, Then.KEEP),
        due=_looks_due,
        apply=lambda rows, _then, by, at: _tidy(rows, by, at),
        name_of=lambda row: f"{row.by_name}: {row.page}",
        waits_for=_all_while_a_hold_stands,
    ),
)
