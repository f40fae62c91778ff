"""Two people with one form: the second is shown what the first saved, and loses nothing.

A page hands out the mark of what stands in the record's fields; the form brings it back; the
operation compares, with the row locked. Where it differs the page shows both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, NamedTuple

from django.db.models import Model

from involvement.auditing.operations import changes_since, snapshot
from involvement.auditing.refusals import ChangedMeanwhile


class Difference(NamedTuple):
    """A field that two people filled in differently, as each would read it."""

    label: str
    theirs: str
    yours: str


def mark_of(record: Model, fields: Iterable[str]) -> str:
    """A short mark that differs as soon as one of the fields does."""
    columns = {field.name: field.attname for field in record._meta.concrete_fields}
    stored = {name: getattr(record, columns[name]) for name in fields}
    return hashlib.sha256(json.dumps(stored, sort_keys=True, default=str).encode()).hexdigest()[:32]


def check_unchanged(record: Model, fields: Iterable[str], seen: str) -> None:
    """Lock the record's row. Raises ChangedMeanwhile where it is no longer what `seen` marks.

    Without a mark nothing is compared: whoever calls has not been shown anything.
    """
    if not seen:
        return
    rows = type(record)._default_manager.select_for_update(of=("self",))
    if mark_of(rows.get(pk=record.pk), fields) != seen:
        raise ChangedMeanwhile


class Writing:
    """One form over one record, from the page to the answer.

    Made before the form touches the record. `seen` is what the form must bring back; after
    `show_both` it is the mark of what stands now, and `differences` says what that is.
    """

    def __init__(self, record: Model, fields: Iterable[str], given: Mapping[str, Any]) -> None:
        self.fields = tuple(fields)
        self.before = snapshot(record, self.fields)
        self._now = mark_of(record, self.fields)
        self.seen = str(given.get("seen", "")) or self._now
        self.differences: list[Difference] = []

    def show_both(self, record: Model, typed: Mapping[str, Any] | None = None) -> None:
        """Set what stands beside what was typed: `typed`, or what a form put on the record."""
        mine = copy(record)
        for name, value in (typed or {}).items():
            setattr(mine, name, value)
        self.differences = [
            Difference(change["label"], change["old"], change["new"])
            for change in changes_since(mine, self.before)
        ]
        self.seen = self._now
