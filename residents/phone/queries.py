from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.people.queries import first_found
from residents.phone.ports import About, Act, Due, DueTeller

log = logging.getLogger(__name__)

May = Callable[[Permission], bool]
CALLERS = 8


@dataclass
class Dues:
    """What we owe a person and what is coming, soonest first; and who failed to tell."""

    owed: list[Due] = field(default_factory=list)
    coming: list[Due] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def late(self) -> int:
        """How much of what we owe is late."""
        return sum(due.is_late for due in self.owed)


def callers(words: str) -> tuple[list[Person], bool]:
    """Who may be ringing, and whether more than these fit."""
    found = first_found(words, CALLERS + 1)
    return found[:CALLERS], len(found) > CALLERS


def dues_of(person: Person, may: May, today: dt.date) -> Dues:
    """Everything due to a person that the reader may read. A teller that fails is named.

    Nothing is due to somebody who has died.
    """
    found = Dues()
    if person.status == Person.Status.DECEASED:
        return found
    for path in settings.PHONE_DUES:
        teller: DueTeller = import_string(path)
        if not may(teller.permission):
            continue
        try:
            with transaction.atomic():
                told = list(teller.tell(person, today))
        except Exception:  # one teller that fails must not take the call with it
            log.exception("The teller of %s failed.", teller.name)
            found.missing.append(teller.name)
            continue
        found.owed += [due for due in told if due.is_owed]
        found.coming += [due for due in told if not due.is_owed]
    for rows in (found.owed, found.coming):
        rows.sort(key=lambda due: (not due.is_late, due.on or dt.date.max))
    return found


def acts_for(person: Person, may: May) -> Sequence[tuple[str, list[tuple[str, str]]]]:
    """What the reader may do for a person: headings, and under each labels and addresses.

    Nothing for somebody who has died: whoever rings about them is somebody else.
    """
    if person.status == Person.Status.DECEASED:
        return []
    acts: list[Act] = [act for path in settings.PERSON_ACTS for act in import_string(path)]
    allowed = [act for act in acts if may(act.permission)]
    grouped = [
        (
            about.value,
            [(act.words(person), act.url(person)) for act in allowed if act.about is about],
        )
        for about in About
    ]
    return [(heading, links) for heading, links in grouped if links]
