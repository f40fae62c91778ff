from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import CustomerType

_K = CustomerType.Kind
# Name, what it is, whether they live in one of the landlord's homes
STARTING_TYPES: Final[tuple[tuple[str, CustomerType.Kind, bool], ...]] = (
    ("Tenant", _K.TENANT, True),
    ("Sheltered or supported tenant", _K.SHELTERED, True),
    ("Leaseholder living here", _K.LEASEHOLDER, True),
    ("Leaseholder living elsewhere", _K.LEASEHOLDER_AWAY, False),
    ("Shared owner", _K.SHARED_OWNER, True),
    ("Intermediate renter", _K.INTERMEDIATE, True),
    ("Member of a household", _K.HOUSEHOLD, True),
    ("Service user", _K.SERVICE_USER, False),
    ("Advocate", _K.ADVOCATE, False),
    ("Private renter", _K.PRIVATE_RENTER, False),
    ("Owner-occupier", _K.OWNER_OCCUPIER, False),
)


@transaction.atomic
def found(*, by: Actor, at: dt.datetime) -> int:
    """Give a landlord without customer types the usual ones. Returns how many were added."""
    if CustomerType.objects.exists():
        return 0
    rows = CustomerType.objects.bulk_create(
        [
            CustomerType(name=name, kind=kind, lives_here=lives_here, position=position)
            for position, (name, kind, lives_here) in enumerate(STARTING_TYPES)
        ]
    )
    auditing.record_many(
        verb="customer_type.added",
        records=[(row, f"added the customer type {row}") for row in rows],
        by=by,
        at=at,
    )
    return len(rows)
