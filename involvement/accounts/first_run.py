"""The steps of setting up that are about people."""

from __future__ import annotations

from typing import Final

from involvement.accounts.models import Invitation, Membership, StaffMember
from involvement.accounts.permissions import Permission
from involvement.landlords.first_run import Step

STEPS: Final = (
    Step(
        "List your colleagues and their initials",
        "Plan lines find their owners by initials, whether or not those people ever sign in.",
        "accounts:staff_import",
        lambda _landlord: StaffMember.objects.order_by("pk")[:2].count() > 1,
        permission=Permission.STAFF_INVITE,
    ),
    Step(
        "Invite the first colleague",
        "An e-mail with a link; accepting takes a minute.",
        "accounts:invitations",
        lambda _landlord: (
            Membership.objects.order_by("pk")[:2].count() > 1
            or Invitation.objects.filter(
                withdrawn_at__isnull=True, accepted_at__isnull=True
            ).exists()
        ),
        permission=Permission.STAFF_INVITE,
    ),
)
