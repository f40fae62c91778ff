"""What a capability gives to be read in a person's story.

`settings.TIMELINES` lists dotted paths of tellers. Each lives in its capability's `moments.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from involvement.accounts.permissions import Permission
from residents.people.models import Person


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, in a sentence without its full stop; `kind` in a word or two."""

    at: dt.datetime
    sentence: str
    kind: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells at most so many moments of a person, newest first, to those who have the permission."""

    name: str
    permission: Permission
    tell: Callable[[Person, int], Sequence[Moment]]

    def __call__(self, person: Person, limit: int) -> Sequence[Moment]:
        return self.tell(person, limit)


def noon(day: dt.date) -> dt.datetime:
    """The moment of what is known by its day alone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
