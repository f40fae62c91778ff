"""What a capability gives to the screen for a telephone call.

`settings.PERSON_ACTS` lists dotted paths of tuples of acts, each in its capability's `acts.py`;
`settings.PHONE_DUES` those of tellers of what is due, each in its capability's `dues.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.urls import reverse

from involvement.accounts.permissions import Permission
from residents.people.models import Person


class About(StrEnum):
    """What an act is about: the headings under which the screen shows them."""

    SAY = "What they say"
    TAKE_PART = "Taking part"
    THEMSELVES = "Themselves"
    DATA = "Their data"


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done for a person: a page for them, or one that begins with their name.

    `takes` is what the address takes the person's key as, "" for none; `asks` what it is asked with. `why_not` says in a few words what stands in its way now.
    """

    label: str
    about: About
    permission: Permission
    url_name: str
    takes: str = "pk"
    asks: Callable[[Person], dict[str, str]] | None = None
    why_not: Callable[[Person], str] | None = None

    def words(self, person: Person) -> str:
        """What the link says: the label, and what stands in the way now."""
        reason = self.why_not(person) if self.why_not else ""
        return f"{self.label} (not now: {reason})" if reason else self.label

    def url(self, person: Person) -> str:
        """The address at which the act is done for this person."""
        page = reverse(self.url_name, kwargs={self.takes: person.pk} if self.takes else {})
        return f"{page}?{urlencode(self.asks(person))}" if self.asks else page


@dataclass(frozen=True, slots=True)
class Due:
    """What we owe a person or what is coming for them, in a sentence without its full stop."""

    sentence: str
    url: str
    on: dt.date | None = None
    is_owed: bool = True
    note: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class DueTeller:
    """Tells what is due to a person on a day, to those who have the permission."""

    name: str
    permission: Permission
    tell: Callable[[Person, dt.date], Sequence[Due]]


def by_label(person: Person) -> dict[str, str]:
    """Asks a page that finds people by their name and number: “Doreen Hackett, no. 12”."""
    return {"who": f"{person.name}, no. {person.pk}"}
