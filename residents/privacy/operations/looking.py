"""The register of who looked at, or took out, what is kept about people."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.models import ViewLogEntry
from residents.people.models import Person


@transaction.atomic
def record_view(*, person: Person, by: Actor, at: dt.datetime, page: str) -> ViewLogEntry:
    """Note that somebody looked at a person; `page` as they would say it: "their page"."""
    return auditing.note_look(page=page, record=person, by=by, at=at)


@transaction.atomic
def record_export(
    *,
    page: str,
    people: int,
    purpose: str,
    by: Actor,
    at: dt.datetime,
    person: Person | None = None,
) -> ViewLogEntry:
    """Note that data about `people` people were taken out, and what for."""
    return auditing.note_look(
        page=page, record=person, people=people, purpose=purpose, taken_out=True, by=by, at=at
    )
