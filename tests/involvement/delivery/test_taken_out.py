from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse

from involvement.auditing.actors import Actor
from involvement.delivery import operations
from involvement.landlords.models import Landlord
from tests.residents.exports.taken import asked_for, doors, take, taken

PAGE = reverse("delivery:outbox")


def queue(number: int, channel: str, by: Actor, at: dt.datetime) -> None:
    operations.queue_message(
        key=f"reply:{number}",
        channel=channel,
        to_name="=Leroy Biggs (demo)",
        to_address="5 Mill Row, Poole",
        subject=f"What became of it {number}",
        body="The lights are brighter.",
        link="",
        by=by,
        at=at,
    )


def test_the_outbox_leaves_as_its_page_narrows_it_and_without_the_words(
    in_poole: Landlord, officer: Actor, now: dt.datetime, officer_client: Client
) -> None:
    queue(1, "POST", officer, now)
    queue(2, "PHONE", officer, now)
    rows = take(officer_client, doors(officer_client, f"{PAGE}?channel=POST")["outbox"])
    assert [(row["To"], row["About"], row["State"]) for row in rows] == [
        ("'=Leroy Biggs (demo)", "What became of it 1", "Waiting to go")
    ]
    assert "brighter" not in str(rows)
    assert taken("outbox", state="SENT") == []


def test_the_outbox_is_read_in_one_question(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    for number in (1, 2, 3):
        queue(number, "POST", officer, now)
        assert (len(taken("outbox")), asked_for("outbox")) == (number, 2)
