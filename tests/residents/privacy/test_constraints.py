"""What the database itself refuses around access, erasing, complaints and retention."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.documents.operations import keep_made
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy.models import (
    AccessRequest,
    DataComplaint,
    Erasure,
    LegalHold,
    Mention,
    RecordWarnedOf,
    RetentionRule,
    RetentionWarning,
)
from tests.factories.people import make_person

DAY = dt.date(2026, 3, 2)
EARLIER = DAY - dt.timedelta(days=1)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person("Doreen Hackett (demo)")


def refused(constraint: str, model: Any, plain: dict[str, Any], **wrong: Any) -> None:
    """PostgreSQL refuses the row by this constraint, and takes it without what is wrong with it."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**{**plain, **wrong})
    if wrong:
        with transaction.atomic():
            model.objects.create(**plain)
            transaction.set_rollback(True)


def twice(constraint: str, model: Any, plain: dict[str, Any], **apart: Any) -> None:
    """The second of two rows alike is refused; one that differs in `apart` is taken."""
    with transaction.atomic():
        model.objects.create(**plain)
        refused(constraint, model, plain)
        model.objects.create(**{**plain, **apart})
        transaction.set_rollback(True)


def a_request(person: Person, by: Actor, **values: Any) -> dict[str, Any]:
    return {
        "person": person,
        "asked_on": DAY,
        "asked_how": "PHONE",
        "identity_words": "Rang from her number",
        "recorded_at": NOON,
        "due_on": DAY + dt.timedelta(days=31),
        **by.columns(),
        **values,
    }


def test_access_requests_say_who_when_and_what_became_of_them(
    doreen: Person, officer: Actor
) -> None:
    plain = a_request(doreen, officer)
    refused("access_is_due_after_it_was_asked", AccessRequest, plain, due_on=EARLIER)
    refused("access_says_how_we_know_them", AccessRequest, plain, identity_words="")
    sent = "access_sent_says_when_and_how"
    refused(sent, AccessRequest, plain, state="SENT")
    refused(sent, AccessRequest, plain, state="SENT", sent_on=DAY)
    refused(sent, AccessRequest, plain, sent_on=DAY, sent_how="POST")
    refused("access_closed_says_why", AccessRequest, plain, state="CLOSED")
    refused("access_closed_says_why", AccessRequest, plain, closed_because="Not her")


def test_a_pack_has_an_end(doreen: Person, officer: Actor, now: dt.datetime) -> None:
    pack = keep_made(name="a.zip", data=b"x", content_type="application/zip", by=officer, at=now)
    whole = a_request(doreen, officer, pack=pack, made_at=NOON, expires_on=DAY)
    refused("access_pack_has_an_end", AccessRequest, whole, expires_on=None)
    refused("access_pack_has_an_end", AccessRequest, whole, made_at=None)


def test_somebody_asks_once_at_a_time_and_a_form_counts_once(
    doreen: Person, officer: Actor
) -> None:
    closed = {"state": "CLOSED", "closed_because": "Not her"}
    twice("access_is_asked_once_at_a_time", AccessRequest, a_request(doreen, officer), **closed)
    form = a_request(doreen, officer, form_token=uuid.uuid4(), **closed)
    twice("access_form_is_saved_once", AccessRequest, form, form_token=uuid.uuid4())


def test_a_text_is_found_once_and_says_something_where_it_is_included(
    doreen: Person, officer: Actor
) -> None:
    request = AccessRequest.objects.create(**a_request(doreen, officer))
    mention = {
        "request": request,
        "record_kind": "actionplans.feedback",
        "record_id": 1,
        "field": "words",
        "heading": "Feedback",
        "words": "Doreen said so.",
        "shown_words": "Doreen said so.",
    }
    included = {**mention, "choice": "INCLUDED"}
    refused("mention_included_has_words", Mention, included, shown_words="")
    twice("mention_is_found_once_for_a_request", Mention, mention, field="note")


def test_erasures_are_proposed_once_and_settled_with_a_moment_and_a_reason(
    doreen: Person, officer: Actor
) -> None:
    plain = {
        "person": doreen,
        "reason": "ASKED",
        "asked_on": DAY,
        "proposed_at": NOON,
        **officer.columns(),
    }
    refused("erasure_settled_has_a_moment", Erasure, plain, state="DONE")
    refused("erasure_settled_has_a_moment", Erasure, plain, settled_at=NOON)
    no = {**plain, "state": "REFUSED", "settled_at": NOON, "refused_because": "A claim"}
    refused("erasure_refused_says_why", Erasure, no, refused_because="")
    twice("erasure_is_proposed_once", Erasure, plain, **no)


def test_complaints_say_who_what_when_and_how(doreen: Person, officer: Actor) -> None:
    plain = {
        "number": 1,
        "name": "Doreen Hackett (demo)",
        "contact": "01632 960123",
        "words": "You wrote to somebody else.",
        "received_on": DAY,
        "received_how": "PHONE",
        "recorded_at": NOON,
        "acknowledge_by_on": DAY + dt.timedelta(days=30),
        "form_token": uuid.uuid4(),
        **officer.columns(),
    }
    for empty in ("name", "contact", "words"):
        refused("complaint_says_who_and_what", DataComplaint, plain, **{empty: ""})
    late = "complaint_is_acknowledged_after_it_came"
    refused(late, DataComplaint, plain, acknowledged_on=EARLIER)
    answer = {"outcome": "UPHELD", "outcome_words": "Sorry", "told_on": DAY, "told_how": "POST"}
    answered = {**plain, **answer}
    whole = "complaint_answered_says_what_when_and_how"
    for wrong in ("outcome", "outcome_words", "told_how"):
        refused(whole, DataComplaint, answered, **{wrong: ""})
    for day in (None, EARLIER):
        refused(whole, DataComplaint, answered, told_on=day)
    twice("complaint_has_a_number_of_its_own", DataComplaint, plain, number=2, form_token=None)
    form = {**plain, "number": 3}
    with transaction.atomic():
        DataComplaint.objects.create(**plain)
        refused("complaint_form_is_saved_once", DataComplaint, form)
        DataComplaint.objects.create(**{**form, "form_token": uuid.uuid4()})
        transaction.set_rollback(True)


def test_rules_end_or_keep_for_ever_and_say_why(in_poole: Landlord) -> None:
    plain = {"kind": "people", "months": 24, "then": "DELETE", "source": "So.", "changed_at": NOON}
    ends = "retention_rule_ends_or_keeps_for_ever"
    for wrong in ({"months": None}, {"months": 0}, {"months": 1201}, {"then": "KEEP"}):
        refused(ends, RetentionRule, plain, **wrong)
    refused("retention_rule_says_why", RetentionRule, plain, source="")
    twice("retention_rule_is_one_for_a_kind", RetentionRule, plain, kind="other")


def test_holds_are_on_somebody_or_something_and_say_why(doreen: Person, officer: Actor) -> None:
    plain = {
        "person": doreen,
        "reason": "A claim",
        "started_on": DAY,
        "placed_at": NOON,
        **officer.columns(),
    }
    on = "hold_is_on_a_person_or_a_record"
    for wrong in (
        {"person": None},
        {"kind": "people-left", "record_id": 1},
        {"person": None, "kind": "people-left"},
        {"person": None, "record_id": 1},
    ):
        refused(on, LegalHold, plain, **wrong)
    refused("hold_says_why", LegalHold, plain, reason="")
    refused("hold_ends_after_it_starts", LegalHold, plain, ends_on=EARLIER)


def test_a_warning_is_given_once(in_poole: Landlord) -> None:
    plain = {"kind": "people", "due_on": DAY, "days": 30, "rows": 1, "warned_at": NOON}
    twice("retention_warning_is_given_once", RetentionWarning, plain, days=7)


def test_a_record_is_warned_of_once_and_first_before_last(in_poole: Landlord) -> None:
    plain = {"kind": "people", "record_id": 1, "first_at": NOON}
    twice("record_is_warned_of_once", RecordWarnedOf, plain, record_id=2)
    later = {**plain, "record_id": 3, "last_at": NOON}
    earlier = NOON - dt.timedelta(seconds=1)
    refused("record_is_warned_of_first_before_last", RecordWarnedOf, later, last_at=earlier)
