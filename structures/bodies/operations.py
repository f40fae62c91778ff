from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from structures.bodies.models import Body


@transaction.atomic
def save_body(*, body: Body, by: Actor, at: dt.datetime, values: dict[str, Any]) -> Body:
    """Add a group, or change one. Returns it."""
    is_new = body.pk is None
    before = {} if is_new else auditing.snapshot(body, values)
    for name, value in values.items():
        setattr(body, name, value)
    body.save()
    changes = [] if is_new else auditing.changes_since(body, before)
    if is_new or changes:
        auditing.record(
            verb="body.added" if is_new else "body.changed",
            record=body,
            sentence=f"{'added' if is_new else 'changed'} “{body.name}”",
            changes=changes,
            by=by,
            at=at,
        )
    return body


@transaction.atomic
def close_body(*, body: Body, on: dt.date, by: Actor, at: dt.datetime) -> Body:
    """The group has ended; what it decided stays."""
    body.closed_on = on
    body.save(update_fields=["closed_on"])
    auditing.record(verb="body.closed", record=body, sentence=f"closed “{body.name}”", by=by, at=at)
    return body


@transaction.atomic
def reopen_body(*, body: Body, by: Actor, at: dt.datetime) -> Body:
    """The group meets again."""
    body.closed_on = None
    body.save(update_fields=["closed_on"])
    auditing.record(
        verb="body.reopened", record=body, sentence=f"opened “{body.name}” again", by=by, at=at
    )
    return body
