"""Invents what people asked about their own data, and rows that are one person twice."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone

from involvement.auditing.actors import Channel
from involvement.calendars.words import count
from involvement.demo import operations
from involvement.demo.moments import ago
from involvement.demo.queries import officer
from involvement.landlords.models import Landlord
from residents.duplicates import queries as pairs
from residents.duplicates.operations import look_for_duplicates, merge_people
from residents.people.models import Person
from residents.privacy.models import AccessRequest
from residents.privacy.operations import complaints, erasing, holds, looking, requests, retention

LEFT_DAYS_AGO: Final = (800, 950, 1100)
"""Longer than the two years for which those who left are kept."""
DOUBLES: Final = 4


def load(landlord: Landlord, *, full: bool) -> str:
    """Add to the landlord in scope what shows the pages of privacy at work, once."""
    people = list(Person.objects.filter(is_demo=True, status="CURRENT").order_by("pk")[:40])
    if len(people) < 12 or AccessRequest.objects.exists():
        return ""
    retention.adopt_rules(by=officer(), at=ago(200))
    _twice(people[:DOUBLES])
    _left(people[4:7])
    _asked(people)
    return count(AccessRequest.objects.count(), "access request")


def _twice(people: list[Person]) -> None:
    """Rows that came from another list, one of which was merged already."""
    by, at = officer(), ago(20)
    rows = [
        Person(
            name=_as_misspelt(person.name, number),
            preferred_channel=Channel.POST,
            phone=person.phone or "01632 960 555",
            email=person.email,
            address=person.address or "Not said",
            place=person.place,
            unit=person.unit,
            is_demo=True,
            created_at=at,
        )
        for number, person in enumerate(people)
    ]
    operations.plant(rows=rows, by=by, at=at)
    look_for_duplicates(by=by, at=at)
    first = pairs.open_pairs().first()
    if first is not None:
        merge_people(kept=first.first, gone=first.second, taken=[], by=by, at=ago(3))


def _as_misspelt(name: str, number: int) -> str:
    """As another clerk might have written it down."""
    words = name.removesuffix(" (demo)").split()
    if number % 2:
        words[-1] = words[-1].replace("tt", "t").replace("ll", "l").replace("ck", "k")
    return " ".join([*words, "(demo)"])


def _left(people: list[Person]) -> None:
    """People who left so long ago that the schedule lets them go."""
    rows = [
        Person(
            name=f"{person.name.split()[0]} {other.name.split()[1]} (demo)",
            preferred_channel=Channel.POST,
            address=person.address or "Not said",
            place=person.place,
            unit=person.unit,
            status=Person.Status.LEFT,
            status_on=timezone.localdate() - dt.timedelta(days=days),
            is_demo=True,
            created_at=ago(1200),
        )
        for person, other, days in zip(people, people[1:] + people[:1], LEFT_DAYS_AGO, strict=True)
    ]
    operations.plant(rows=rows, by=officer(), at=ago(1100))


def _asked(people: list[Person]) -> None:
    by, today = officer(), timezone.localdate()
    for person, days in ((people[0], 19), (people[8], 3)):
        requests.record_request(
            person=person,
            asked_on=today - dt.timedelta(days=days),
            asked_how=Channel.PHONE,
            identity_words="Rang from the number we have, and knew when they moved in",
            by=by,
            at=ago(days),
        )
        looking.record_view(person=person, by=by, at=ago(days), page="their page")
    for person, days, words in (
        (people[9], 12, "You wrote to my old address, and the new people opened the letter."),
        (people[10], 2, "My telephone number was read out at the meeting."),
    ):
        complaints.receive(
            name=person.name,
            contact=person.email or person.phone or person.address,
            words=words,
            received_on=today - dt.timedelta(days=days),
            received_how=Channel.PHONE,
            person=person,
            by=by,
            at=ago(days),
        )
    erasing.propose(
        person=people[11],
        reason="ASKED",
        asked_on=today - dt.timedelta(days=4),
        by=by,
        at=ago(4),
    )
    holds.place_hold(
        person=people[7], reason="A claim about the stairs is with the insurer", ends_on=None,
        by=by, at=ago(40),
    )  # fmt: skip
    looking.record_export(
        page="the list of people",
        people=len(people),
        purpose="To print address labels for the newsletter",
        by=by,
        at=ago(6),
    )
