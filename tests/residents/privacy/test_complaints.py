"""A complaint about data has a number, a clock, an acknowledgement and an outcome."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from involvement.auditing.actors import Actor
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from residents.privacy import policies
from residents.privacy.models import DataComplaint
from residents.privacy.operations import complaints
from residents.privacy.queries import complaints as queries

MONDAY = dt.date(2026, 3, 2)


def complain(by: Actor, at: dt.datetime, **values: object) -> DataComplaint:
    given: dict[str, object] = {
        "name": "Doreen Hackett (demo)",
        "contact": "d@post.example",
        "words": "You wrote to my old address.",
        "received_on": MONDAY,
        "received_how": "PHONE",
    }
    return complaints.receive(**{**given, **values}, by=by, at=at)  # type: ignore[arg-type]  # as given above


def test_the_day_it_came_is_the_first_of_thirty(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    row = complain(officer, now)
    assert row.acknowledge_by_on == dt.date(2026, 3, 31)
    assert queries.late_to_acknowledge(dt.date(2026, 3, 31)) == 0
    assert queries.late_to_acknowledge(dt.date(2026, 4, 1)) == 1


def test_numbers_follow_one_another_and_a_form_makes_one(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    token = uuid.uuid4()
    first = complain(officer, now, form_token=token)
    assert complain(officer, now, form_token=token) == first
    assert complain(officer, now).number == first.number + 1


def test_acknowledging_writes_to_an_email_address_once(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    row = complaints.acknowledge(
        complaint=complain(officer, now), landlord=in_poole, on=MONDAY, by=officer, at=now
    )
    assert row.acknowledged_on == MONDAY
    assert Message.objects.get().to_address == "d@post.example"
    with pytest.raises(policies.AcknowledgedAlready):
        complaints.acknowledge(complaint=row, landlord=in_poole, on=MONDAY, by=officer, at=now)


def test_somebody_who_gave_a_telephone_number_is_rung(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    row = complain(officer, now, contact="01632 960123")
    complaints.acknowledge(complaint=row, landlord=in_poole, on=MONDAY, by=officer, at=now)
    assert not Message.objects.exists()


def test_an_answer_settles_it_and_acknowledges_it(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    row = complain(officer, now)
    given = {"outcome": "PARTLY", "outcome_words": "We have put it right.", "told_how": "POST"}
    row = complaints.answer(complaint=row, told_on=MONDAY, by=officer, at=now, **given)
    assert (row.acknowledged_on, list(queries.unanswered())) == (MONDAY, [])
    assert list(queries.answered()) == [row]
    with pytest.raises(policies.ComplaintSettled):
        complaints.answer(complaint=row, told_on=MONDAY, by=officer, at=now, **given)
