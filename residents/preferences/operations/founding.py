from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.preferences.models import Purpose, Wording
from residents.preferences.starting_purposes import STARTING_PURPOSES


@transaction.atomic
def found(*, by: Actor, at: dt.datetime) -> int:
    """Give a landlord without purposes the usual ones. Returns how many were added."""
    if Purpose.objects.exists():
        return 0
    for position, (name, by_channel, words) in enumerate(STARTING_PURPOSES):
        add_purpose(name=name, by_channel=by_channel, words=words, position=position, by=by, at=at)
    return len(STARTING_PURPOSES)


@transaction.atomic
def add_purpose(
    *, name: str, words: str, by_channel: bool, by: Actor, at: dt.datetime, position: int = 0
) -> Purpose:
    """Add something to ask leave for, with the words it is asked with. Returns it."""
    purpose: Purpose = Purpose.objects.create(name=name, by_channel=by_channel, position=position)
    auditing.record(
        verb="purpose.added", record=purpose, sentence=f"added the purpose {name}", by=by, at=at
    )
    write_wording(purpose=purpose, words=words, by=by, at=at)
    return purpose


@transaction.atomic
def change_purpose(
    *, purpose: Purpose, name: str, position: int, by: Actor, at: dt.datetime
) -> Purpose:
    """Rename a purpose or move it in the list. What people said about it stands. Returns it."""
    before = auditing.snapshot(purpose, ["name", "position"])
    purpose.name, purpose.position = name, position
    changes = auditing.changes_since(purpose, before)
    if changes:
        purpose.save(update_fields=["name", "position"])
        auditing.record(
            verb="purpose.changed",
            record=purpose,
            sentence=auditing.what_changed(changes),
            changes=changes,
            by=by,
            at=at,
        )
    return purpose


@transaction.atomic
def write_wording(*, purpose: Purpose, words: str, by: Actor, at: dt.datetime) -> Wording:
    """Ask with these words from now on; whoever agreed to earlier ones agreed to those.

    Returns the wording; the words in force again make none.
    """
    purpose = Purpose.objects.select_for_update(of=("self",)).get(pk=purpose.pk)
    words = words.strip()
    latest: Wording | None = Wording.objects.filter(purpose=purpose).order_by("-number").first()
    if latest is not None and latest.words == words:
        return latest
    last = latest.number if latest is not None else 0
    wording: Wording = Wording.objects.create(
        purpose=purpose, number=last + 1, words=words, written_at=at, **by.columns()
    )
    auditing.record(
        verb="wording.written",
        record=purpose,
        sentence=f"wrote the words it is asked with, version {wording.number}",
        by=by,
        at=at,
    )
    return wording


@transaction.atomic
def put_purpose(
    *, purpose: Purpose, archived_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> Purpose:
    """Put a purpose away, or bring it back with None. Returns it."""
    purpose.archived_at = archived_at
    purpose.save(update_fields=["archived_at"])
    auditing.record(
        verb="purpose.put",
        record=purpose,
        sentence="put it away" if archived_at else "brought it back",
        by=by,
        at=at,
    )
    return purpose
