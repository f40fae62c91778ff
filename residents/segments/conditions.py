"""Questions about a person that a capability brings, for segments and for rules of who may join.

A capability lists its own in `<capability>/conditions.py` as a tuple, and the settings name the
tuple in SEGMENT_CONDITIONS. Nothing may be asked of the equality answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from involvement.calendars.words import say_date

_asked_on: ContextVar[dt.date | None] = ContextVar("asked_on", default=None)


def day_asked() -> dt.date:
    """The day a condition is asked about: today, unless `asking_on` says another."""
    return _asked_on.get() or timezone.localdate()


@contextmanager
def asking_on(day: dt.date) -> Iterator[None]:
    """Ask about another day inside the block: ages and lengths of time follow it."""
    token = _asked_on.set(day)
    try:
        yield
    finally:
        _asked_on.reset(token)


@dataclass(frozen=True)
class Condition:
    """One question: `field` makes the form field its answer is chosen with, `filter` turns the
    cleaned answer into a condition on Person.

    `label` begins a sentence that the answer ends: “Tenure is”; `after` ends it where a number
    needs a word: “Took part within 12 months”. `group` heads it in the list to
    choose from. Where not knowing is no no, `known` chooses the
    people of whom the answer is known.
    """

    key: str
    label: str
    field: Callable[[], forms.Field]
    filter: Callable[[Any], Q]
    group: str = "About them"
    after: str = ""
    known: Callable[[], Q] | None = None

    def cleaned(self, raw: Any) -> Any:
        """The answer as the filter takes it. Raises ValidationError where it is no longer one."""
        return self.field().clean(raw)

    def words(self, raw: Any) -> str:
        """The question with its answer: “Tenure is Sheltered or Supported”."""
        field = self.field()
        try:
            value = field.clean(raw)
        except ValidationError:
            return f"{self.label} something that is no longer there"
        return f"{self.label} {say(field, value)} {self.after}".strip()


@cache
def _registered(paths: tuple[str, ...]) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    for path in paths:
        for condition in import_string(path):
            if condition.key in found:
                raise ValueError(f"Two conditions are called “{condition.key}”.")
            found[condition.key] = condition
    return found


def conditions() -> dict[str, Condition]:
    """Every condition by its key, in the order of the settings."""
    return _registered(tuple(settings.SEGMENT_CONDITIONS))


def grouped() -> Iterator[tuple[str, list[Condition]]]:
    """The conditions under their headings, for a list to choose from."""
    by_group: dict[str, list[Condition]] = {}
    for condition in conditions().values():
        by_group.setdefault(condition.group, []).append(condition)
    yield from by_group.items()


def say(field: forms.Field, value: Any) -> str:
    """An answer in words: choices by their labels joined with “or”, days in full."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, (QuerySet, list, tuple)):
        return _either([_one(field, each) for each in value])
    return _one(field, value)


def _one(field: forms.Field, value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ()) or ()}
    if str(value) in labels:
        return labels[str(value)]
    if hasattr(value, "strftime"):
        return say_date(value)
    return str(value)


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
