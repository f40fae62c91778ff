from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord


class SlugTaken(Refusal):
    """Another landlord has this short address. Choose another."""


class ParentIsNoGroup(Refusal):
    """Only a group of landlords can be a parent."""


def create_landlord(
    *,
    slug: str,
    name: str,
    kind: str,
    by: Actor,
    at: dt.datetime,
    short_name: str = "",
    parent: Landlord | None = None,
    is_demo: bool = False,
) -> Landlord:
    """Found a landlord. Returns it. Raises SlugTaken, ParentIsNoGroup.

    Serves no landlord when called, since the landlord is not there yet.
    """
    if parent is not None and not parent.is_group:
        raise ParentIsNoGroup
    if Landlord.objects.filter(slug=slug).exists():
        raise SlugTaken
    with transaction.atomic():
        landlord = Landlord.objects.create(
            slug=slug,
            name=name,
            short_name=short_name or name[:40],
            kind=kind,
            parent=parent,
            is_demo=is_demo,
            languages=["en-GB"],
        )
    with landlord_scope(landlord):
        auditing.record(
            verb="landlord.founded", record=landlord, sentence=f"founded {name}", by=by, at=at
        )
    return landlord
