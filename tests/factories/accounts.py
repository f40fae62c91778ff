from __future__ import annotations

from django.utils import timezone

from involvement.accounts.models import Membership, StaffMember, User
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord


def make_member(
    landlord: Landlord, name: str, role: str, *, initials: str = "", email: str = ""
) -> Membership:
    """A user with a role at one landlord, and their entry in its directory."""
    address = email or f"{name.split(maxsplit=1)[0].lower()}@{landlord.slug}.example"
    user = User.objects.create_user(address, name=name)
    with landlord_scope(landlord):
        staff = StaffMember.objects.create(name=name, initials=initials, email=address)
        membership: Membership = Membership.objects.create(
            user=user, role=role, staff=staff, joined_at=timezone.now()
        )
    return membership
