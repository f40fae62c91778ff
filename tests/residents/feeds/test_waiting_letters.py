"""What waits to go to whoever a list makes a leaver does not go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from involvement.auditing.queries import history_of
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from residents.feeds.models import Mode
from residents.people.models import Person
from tests.residents.feeds.files import BY, DOREEN, bring, one

pytestmark = pytest.mark.usefixtures("in_poole")
ELIZABETH = {**one(9), "Email": "elizabeth@example.org", "Name": "Elizabeth Orme (demo)"}


def letter_to(person: Person, now: dt.datetime, *, by: str = "POST") -> Message:
    return queue_message(
        key=f"test:{person.pk}:{by}",
        channel=by,
        to_name=person.name,
        to_address={"POST": person.address, "EMAIL": person.email, "PHONE": person.phone}[by],
        subject="Lights",
        body="They shine.",
        by=BY,
        at=now,
    )


def known_as(reference: str) -> Person:
    person: Person = Person.objects.get(reference=reference)
    return person


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_by_every_way_to_whoever_is_no_longer_in_the_list_and_nobody_elses(
    now: dt.datetime,
) -> None:
    bring(DOREEN, one(2), ELIZABETH, mode=Mode.FULL)
    gone, stays = known_as("P009"), known_as("P001")
    mine = [letter_to(gone, now, by=way) for way in ("POST", "EMAIL", "PHONE")]
    letter_to(stays, now)
    Message.objects.filter(pk=mine[0].pk).update(state=Message.State.FAILED, failure="Returned")

    intake = bring(DOREEN, one(2), mode=Mode.FULL, allow_leavers=True)

    assert known_as("P009").status == Person.Status.LEFT
    assert states() == ["CANCELLED", "CANCELLED", "CANCELLED", "QUEUED"]
    for message in mine:
        entry = history_of(message)[0]
        assert (entry.verb, entry.sentence) == ("message.cancelled", "cancelled it")
        assert entry.by_name == "A test"
    told = history_of(intake)[0].sentence
    assert told.endswith("3 messages that waited to go to them will not go.")


def test_whose_row_has_an_end_and_a_new_name_at_once(now: dt.datetime) -> None:
    bring(DOREEN, one(2))
    letter_to(known_as("P001"), now)

    bring({**DOREEN, "Name": "Doreen Marsh (demo)", "Tenancy End": "2026-08-01"})

    assert known_as("P001").name == "Doreen Marsh (demo)"
    assert states() == ["CANCELLED"]


def test_what_went_stays_sent_and_whoever_moves_still_gets_theirs(now: dt.datetime) -> None:
    bring(DOREEN, one(2))
    went, waits = letter_to(known_as("P001"), now), letter_to(known_as("P002"), now)
    Message.objects.filter(pk=went.pk).update(state=Message.State.SENT, sent_at=now)

    moved = {**one(7), "Person Ref": "P002", "Name": "Resident 2 (demo)"}
    bring({**DOREEN, "Tenancy End": "2026-08-01"}, moved)

    assert states() == ["SENT", "QUEUED"]
    assert not history_of(waits).exists()


@pytest.mark.parametrize("how_many", [1, 3])
def test_as_many_statements_for_many_as_for_one(now: dt.datetime, how_many: int) -> None:
    rows = [one(number) for number in range(1, 8)]
    bring(*rows, mode=Mode.FULL)
    for number in range(1, how_many + 1):
        letter_to(known_as(f"P{number:03}"), now)

    with CaptureQueriesContext(connection) as asked:
        bring(*rows[how_many:], mode=Mode.FULL, allow_leavers=True)

    about = [one for one in asked.captured_queries if "involvement_message" in one["sql"]]
    assert states() == ["CANCELLED"] * how_many
    assert len(about) == 2
