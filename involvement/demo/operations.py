"""Writes invented rows in bulk, each with its line of history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models, transaction

from involvement.accounts.models import Membership, StaffMember, User
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def plant(*, rows: Sequence[Row], by: Actor, at: dt.datetime) -> list[Row]:
    """Write rows of one kind at once. Returns them with their keys."""
    if not rows:
        return []
    made = type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)
    auditing.record_many(
        verb=f"{made[0]._meta.model_name}.added",
        records=[(row, f"added the {row._meta.verbose_name} “{row}”"[:500]) for row in made],
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def furnish(
    *, landlord: Landlord, values: Mapping[str, Any], by: Actor, at: dt.datetime
) -> Landlord:
    """Give a landlord of the demonstration its colour, promises and contact. Returns it."""
    for name, value in values.items():
        setattr(landlord, name, value)
    landlord.save()
    auditing.record(
        verb="landlord.changed",
        record=landlord,
        sentence="filled in the landlord's settings",
        by=by,
        at=at,
    )
    return landlord


@transaction.atomic
def enrol(*, staff: StaffMember, role: str, by: Actor, at: dt.datetime) -> Membership:
    """Give a member of staff a log-in, or the one they have elsewhere, and a role here.

    Returns the membership.
    """
    user = User.objects.filter(email=staff.email).first()
    if user is None:
        user = User.objects.create_user(staff.email, name=staff.name)
    membership: Membership = Membership.objects.create(
        user=user, role=role, staff=staff, joined_at=at
    )
    auditing.record(
        verb="membership.added",
        record=membership,
        sentence=f"let {staff.name} in as {membership.get_role_display().lower()}",
        by=by,
        at=at,
    )
    return membership
