from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from actionplans.feedback import operations
from actionplans.feedback.models import Feedback, SourceKind, Theme
from actionplans.feedback.operations import Said
from involvement.auditing.actors import Actor, ActorKind

CLERK = Actor(ActorKind.STAFF, "Jean Marlow (demo)")


def make_feedback(words: str = "The lift is out again.", **fields: Any) -> Feedback:
    """Something said to the landlord in scope, yesterday by telephone unless said otherwise."""
    at = fields.pop("at", timezone.now() - dt.timedelta(minutes=1))
    by = fields.pop("by", CLERK)
    fields.setdefault("said_on", timezone.localdate(at) - dt.timedelta(days=1))
    fields.setdefault("source_kind", SourceKind.PHONE)
    return operations.record_feedback(said=Said(words=words, **fields), by=by, at=at)


def make_theme(title: str = "Lifts that stay mended", **fields: Any) -> Theme:
    """A theme of the landlord in scope, empty unless `feedback` is given."""
    at = fields.pop("at", timezone.now() - dt.timedelta(minutes=1))
    by = fields.pop("by", CLERK)
    return operations.start_theme(title=title, by=by, at=at, **fields)
