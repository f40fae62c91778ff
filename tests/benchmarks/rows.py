"""A landlord with as much feedback and as many themes as wanted, written in bulk."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from actionplans.feedback.models import Feedback, SourceKind, SpeakerKind, Theme, ThemeEntry
from actionplans.plans.models import Plan
from actionplans.plans.operations import bringing_in
from involvement.auditing.actors import Actor, ActorKind
from involvement.importing.readers import read_table
from involvement.importing.tables import Table
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

CLERK = Actor(ActorKind.STAFF, "Jean Marlow (demo)")
SCREENFUL = 100
# So many that a screen is full of each narrowed list, too
ENOUGH = 700
PEOPLE = 500
IN_A_THEME = 200


@dataclass(frozen=True)
class Sized:
    """One landlord of a size, and its officer's browser."""

    landlord: Landlord
    client: Client


def read_csv(text: str) -> Table:
    """The rows of a CSV file with this text."""
    return read_table(io.BytesIO(text.encode()), name="plan.csv")


def bring_in(table: Table, landlord: Landlord, title: str, at: dt.datetime) -> Plan:
    """Read the table and store it as a plan."""
    draft = bringing_in.read_plan(table, landlord=landlord, at=at)
    plan = bringing_in.bring_in_plan(
        table=table, draft=draft, title=title, file_name="plan.csv", by=CLERK, at=at
    ).plan
    assert plan is not None
    return plan


def make_sized(slug: str, *, feedback: int) -> Sized:
    """A landlord with a log, everything said in the last two years."""
    landlord = make_landlord(slug)
    member = make_member(landlord, f"Jean of {slug} (demo)", "OFFICER", initials="JM")
    at = timezone.now()
    with landlord_scope(landlord):
        _say(feedback, at)
    return Sized(landlord, client_for(landlord, member))


def _words(each: int) -> str:
    """What was said; a third of it speaks of stairs, and every landlord's number 7 of a piano."""
    words = f"The lift at number {each} was out again, and nobody told us for how long."
    words += " I cannot climb the stairs." if each % 3 == 1 else ""
    return words + (" They carried my piano down." if each == 7 else "")


def _say(number: int, at: dt.datetime) -> None:
    people = Person.objects.bulk_create(
        Person(name=f"Resident {each} (demo)", address=f"{each} Drake Court", created_at=at)
        for each in range(min(PEOPLE, number))
    )
    said = Feedback.objects.bulk_create(
        [
            Feedback(
                words=_words(each),
                said_on=timezone.localdate(at) - dt.timedelta(days=1 + each % 700),
                recorded_at=at,
                source_kind=SourceKind.PHONE if each % 3 else SourceKind.MEETING,
                speaker_kind=SpeakerKind.PERSON,
                person=people[each % len(people)],
                wants_reply=True,
                **CLERK.columns(),
            )
            for each in range(number)
        ],
        batch_size=5000,
    )
    themes = Theme.objects.bulk_create(
        Theme(
            title=f"Lifts that stay mended, part {each}",
            opened_on=timezone.localdate(at),
            opened_at=at,
            first_said_on=timezone.localdate(at) - dt.timedelta(days=each % 400),
            decision_due=timezone.localdate(at) + dt.timedelta(days=60 - each % 400),
            **CLERK.columns(),
        )
        for each in range(max(-(-number // IN_A_THEME), min(number, SCREENFUL)))
    )
    ThemeEntry.objects.bulk_create(
        [
            ThemeEntry(theme=themes[each % len(themes)], feedback=one, at=at, **CLERK.columns())
            for each, one in enumerate(said)
            if each % 2
        ],
        batch_size=5000,
    )
