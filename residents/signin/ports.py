"""What a capability gives to a resident's first page.

`settings.MY_NEEDS` lists dotted paths of tellers, each in its capability's `needs.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from residents.people.models import Person


@dataclass(frozen=True, slots=True)
class Need:
    """Something that needs a person: a question or an act, in words for them.

    `icon` is one of the faces' marks, `on` the day by which, where there is one.
    """

    title: str
    words: str
    act: str
    url: str
    icon: str = "question"
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NeedTeller:
    """Tells what needs a person on a day. `may` is what somebody who acts for them must have leave
    for, a field of an authority's scope; "" where it is for themselves alone."""

    name: str
    may: str
    tell: Callable[[Person, dt.date], Sequence[Need]]
