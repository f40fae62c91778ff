from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.db.models import Model

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry


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
