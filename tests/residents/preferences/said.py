"""What tests of preferences say and by whom."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from involvement.auditing.actors import Actor, ActorKind
from residents.preferences.models import Heard, Purpose, Source
from residents.preferences.operations import add_purpose

CLERK = Actor(ActorKind.STAFF, "Jean Marlow (demo)", key=1)


def heard(source: str = Source.PHONE, days_ago: int = 0) -> Heard:
    """Said by the person so many days ago, by telephone unless said otherwise."""
    return Heard(source, timezone.localdate() - dt.timedelta(days=days_ago))


def make_purpose(name: str = "Newsletters", *, by_channel: bool = True) -> Purpose:
    """A purpose of the landlord in scope, with words."""
    return add_purpose(
        name=name,
        words=f"May we? ({name})",
        by_channel=by_channel,
        by=CLERK,
        at=timezone.now(),
    )
