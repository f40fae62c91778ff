"""The kinds of record a retention schedule speaks of: which are due, and what may become of them.

A capability that keeps rows of a kind of its own declares it beside its operations and names it in
`settings.RETENTION_KINDS`. The periods here are where a landlord starts; it changes them itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from involvement.auditing.actors import Actor
from residents.privacy.models import RetentionRule

Then = RetentionRule.Then


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `due` gives the rows whose period began on or before a day; `apply` does what the rule says to
    some of them and returns how many. `starts` says in words from when the period runs: "from the
    day they left". `months` None is for ever. `person_of` leads from a row to a person's key, so
    that a hold on the person holds the row. `waits_for` are the keys of those of some rows in whose
    way something else stands on a day, which somebody has to settle first.
    """

    key: str
    label: str
    starts: str
    months: int | None
    then: Then
    source: str
    may: tuple[Then, ...]
    due: Callable[[dt.date], QuerySet[Any]]
    apply: Callable[[Sequence[Any], Then, Actor, dt.datetime], int]
    name_of: Callable[[Any], str] = str
    person_of: Callable[[Any], int | None] = lambda _: None
    waits_for: Callable[[Sequence[Any], dt.date], set[int]] = lambda _rows, _on: set()


def kinds() -> Iterator[Kind]:
    """Every kind that `settings.RETENTION_KINDS` names, in its order."""
    for path in settings.RETENTION_KINDS:
        yield from import_string(path)


def kind_named(key: str) -> Kind | None:
    """The kind of this key."""
    return next((kind for kind in kinds() if kind.key == key), None)
