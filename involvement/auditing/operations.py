from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from django.db import connection, transaction
from django.db.models import Model

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry, ViewLogEntry


class Change(TypedDict):
    field: str
    label: str
    old: str
    new: str


def in_words(value: Any) -> str:
    """A stored value as a person would say it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(item) for item in value)
    return str(value)


def snapshot(record: Model, fields: Iterable[str]) -> dict[str, str]:
    """The fields' values in words, choices by their label. Take it before changing the record."""
    values = {}
    for name in fields:
        display = getattr(record, f"get_{name}_display", None)
        values[name] = in_words(display() if display else getattr(record, name))
    return values


def changes_since(record: Model, before: Mapping[str, str]) -> list[Change]:
    """What differs from the snapshot now, field by field."""
    after = snapshot(record, before)
    return [
        Change(field=name, label=_label(record, name), old=before[name], new=after[name])
        for name in before
        if before[name] != after[name]
    ]


def what_changed(changes: Iterable[Change]) -> str:
    """The sentence of a change to some fields: "changed title, next review on"."""
    return "changed " + ", ".join(change["label"] for change in changes)


def record(
    *,
    verb: str,
    record: Model,
    sentence: str,
    by: Actor,
    at: dt.datetime,
    changes: Iterable[Change] = (),
) -> AuditEntry:
    """Write one line of history inside the caller's transaction.

    `sentence` begins with the verb: "changed the deadline of …"; the actor is put before it when
    it is read. Returns the entry.
    """
    entry: AuditEntry = AuditEntry.objects.create(
        **_entry(verb, record, sentence), changes=list(changes), at=at, **by.columns()
    )
    return entry


def record_many(
    *, verb: str, records: Iterable[tuple[Model, str]], by: Actor, at: dt.datetime
) -> int:
    """Write a line for each (record, sentence) in bulk. Returns how many."""
    entries = [
        AuditEntry(**_entry(verb, record, sentence), at=at, **by.columns())
        for record, sentence in records
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=1000)
    return len(entries)


def note_look(
    *,
    page: str,
    by: Actor,
    at: dt.datetime,
    record: Model | None = None,
    people: int = 1,
    purpose: str = "",
    taken_out: bool = False,
) -> ViewLogEntry:
    """Write into the register of who looked at, or took out, what is kept about people.

    The one door to it, and the one thing a page may write when it is only looked at. `record` is
    whose data it was, None for a list of `people`. What is taken out says what for.
    """
    entry: ViewLogEntry = ViewLogEntry.objects.create(
        kind=ViewLogEntry.Kind.EXPORTED if taken_out else ViewLogEntry.Kind.VIEWED,
        record_kind=record._meta.label_lower if record else "",
        record_id=record.pk if record else None,
        page=page[:120],
        people=people,
        purpose=purpose[:300],
        at=at,
        **by.columns(),
    )
    return entry


def _entry(verb: str, record: Model, sentence: str) -> dict[str, Any]:
    return {
        "verb": verb,
        "record_kind": record._meta.label_lower,
        "record_id": record.pk,
        "record_name": str(record)[:200],
        "sentence": sentence[:500],
    }


def _label(record: Model, name: str) -> str:
    field = record._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


@transaction.atomic
def forget(
    *,
    records: Sequence[Model],
    words: Sequence[str],
    pattern: str,
    instead: str,
    by: Actor,
    at: dt.datetime,
) -> int:
    """Take the words of these people's records out of the landlord's history, and their names off
    whatever they did themselves or somebody did for them.

    Their own lines keep what was done, when and by whom, and lose every value; anywhere else
    `instead` takes the place of each of `words`, and of what PostgreSQL's regular expression
    `pattern` finds, whatever its case. Returns how many lines changed.
    """
    kind = records[0]._meta.label_lower
    keys = [record.pk for record in records]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT forget_in_history(%s, %s, %s, %s, %s)",
            [kind, keys, list(words), pattern, instead],
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def tidy(*, looks: bool, before: dt.datetime, by: Actor, at: dt.datetime) -> int:
    """Delete the landlord's history, or its register of looks, from before a moment.

    Returns how many lines went. PostgreSQL refuses a moment less than a year ago.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tidy_history(%s, %s)", ["looks" if looks else "changes", before])
        return int(cursor.fetchone()[0])
