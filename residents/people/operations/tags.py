from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import Person, PersonTag, Tag


@transaction.atomic
def put_tag(*, person: Person, name: str, by: Actor, at: dt.datetime) -> PersonTag:
    """Put a tag on a person, made where there is none of this name. Returns it; once is enough."""
    name = " ".join(name.split())
    tag = Tag.objects.filter(name__iexact=name).order_by("pk").first()
    if tag is None:
        tag = Tag.objects.create(name=name, created_at=at)
    row: PersonTag
    row, is_new = PersonTag.objects.get_or_create(person=person, tag=tag, defaults={"put_at": at})
    if is_new:
        auditing.record(
            verb="person.tagged", record=person, sentence=f"tagged them {tag}", by=by, at=at
        )
    return row


@transaction.atomic
def take_tag_off(*, person: Person, tag: Tag, by: Actor, at: dt.datetime) -> None:
    """Take a tag off a person; nothing happens where they have it no more."""
    gone, _ = PersonTag.objects.filter(person=person, tag=tag).delete()
    if gone:
        auditing.record(
            verb="person.untagged", record=person, sentence=f"took the tag {tag} off", by=by, at=at
        )
