from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.interests import policies
from residents.interests.models import GroupNote, GroupPartner, GroupToReach


@transaction.atomic
def add_group(
    *, values: Mapping[str, Any], by: Actor, at: dt.datetime, is_demo: bool = False
) -> GroupToReach:
    """Add people the landlord hears from too little: `name`, `why`, `plan`, `owner`, `review_on`.

    Returns the group.
    """
    group: GroupToReach = GroupToReach.objects.create(
        added_at=at, is_demo=is_demo, **values, **by.columns()
    )
    return _note(group, "added", "added them to the groups to reach", by=by, at=at)


@transaction.atomic
def change_group(
    *, group: GroupToReach, values: Mapping[str, Any], by: Actor, at: dt.datetime
) -> GroupToReach:
    """Change who they are, why, the plan, who looks after it or the next review. Returns it."""
    before = auditing.snapshot(group, values)
    for name, value in values.items():
        setattr(group, name, value)
    changes = auditing.changes_since(group, before)
    if changes:
        group.save(update_fields=list(values))
        auditing.record(
            verb="group_to_reach.changed",
            record=group,
            sentence=auditing.what_changed(changes),
            changes=changes,
            by=by,
            at=at,
        )
    return group


@transaction.atomic
def put_group(
    *, group: GroupToReach, archived_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> GroupToReach:
    """Put a group away, or bring it back with None. Returns it."""
    group.archived_at = archived_at
    group.save(update_fields=["archived_at"])
    done = "put them away" if archived_at else "brought them back"
    return _note(group, "put", done, by=by, at=at)


@transaction.atomic
def add_partner(
    *, group: GroupToReach, values: Mapping[str, Any], by: Actor, at: dt.datetime
) -> GroupPartner:
    """Add an organisation that helps: `name`, `contact_name`, `phone`, `email`, `notes`.

    Returns it.
    """
    partner: GroupPartner = GroupPartner.objects.create(
        group=group, added_at=at, **values, **by.columns()
    )
    _note(group, "partner_added", f"added the partner {partner}", by=by, at=at)
    return partner


@transaction.atomic
def end_partner(*, partner: GroupPartner, by: Actor, at: dt.datetime) -> GroupPartner:
    """They help no longer; the row is kept. Returns it."""
    partner.ended_at = at
    partner.save(update_fields=["ended_at"])
    _note(partner.group, "partner_ended", f"took the partner {partner} off", by=by, at=at)
    return partner


@transaction.atomic
def note_progress(
    *, group: GroupToReach, done_on: dt.date, words: str, by: Actor, at: dt.datetime
) -> GroupNote:
    """Write down what was done to reach them. Returns the note. Raises DayInTheFuture."""
    if done_on > timezone.localdate(at):
        raise policies.DayInTheFuture
    note: GroupNote = GroupNote.objects.create(
        group=group, done_on=done_on, words=words.strip(), noted_at=at, **by.columns()
    )
    _note(group, "progress", f"wrote down what was done: {note}", by=by, at=at)
    return note


def _note(
    group: GroupToReach, verb: str, sentence: str, *, by: Actor, at: dt.datetime
) -> GroupToReach:
    auditing.record(verb=f"group_to_reach.{verb}", record=group, sentence=sentence, by=by, at=at)
    return group
