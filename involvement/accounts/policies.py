"""Who may invite whom, and what keeps a landlord from shutting itself out."""

from __future__ import annotations

import datetime as dt

from involvement.accounts import queries
from involvement.accounts.models import Invitation, Membership
from involvement.accounts.permissions import Permission, Role
from involvement.auditing.refusals import Refusal


class LastAdministrator(Refusal):
    """This is the last administrator. Make somebody else an administrator first, or nobody could
    run the settings."""


class OnlyAdministratorsGiveThisRole(Refusal):
    """Only an administrator can invite somebody into this role. You can invite contributors."""


class MemberAlready(Refusal):
    """This person signs in here already. Change their role instead."""


class InvitedAlready(Refusal):
    """This address has an open invitation. Send it again instead."""


class InvitationClosed(Refusal):
    """This invitation no longer works. Ask whoever sent it for a new one."""


class InvitationExpired(InvitationClosed):
    """This invitation is older than 14 days, so it no longer works. Ask whoever sent it to send it
    again."""


class InvitationWithdrawn(InvitationClosed):
    """This invitation was taken back. Ask whoever sent it, if you think that is a mistake."""


class InvitationAccepted(InvitationClosed):
    """This invitation was accepted already. Sign in with a code by e-mail."""


def check_can_invite(inviter: Membership | None, *, role: str, email: str) -> None:
    """Whether `inviter` (None: the person at the server's keyboard) may invite into the role.

    Raises OnlyAdministratorsGiveThisRole, MemberAlready, InvitedAlready.
    """
    if inviter is not None and not may_give_role(inviter, role):
        raise OnlyAdministratorsGiveThisRole
    if Membership.objects.filter(user__email=email, is_active=True).exists():
        raise MemberAlready
    if queries.open_invitations().filter(email__iexact=email).exists():
        raise InvitedAlready


def may_give_role(inviter: Membership, role: str) -> bool:
    """Administrators give every role; officers invite contributors."""
    if inviter.may(Permission.STAFF_MANAGE):
        return True
    return inviter.may(Permission.STAFF_INVITE) and role == Role.CONTRIBUTOR


def check_can_accept(invitation: Invitation, *, at: dt.datetime) -> None:
    """Raises InvitationAccepted, InvitationWithdrawn, InvitationExpired."""
    if invitation.accepted_at is not None:
        raise InvitationAccepted
    if invitation.withdrawn_at is not None:
        raise InvitationWithdrawn
    if at >= invitation.expires_at:
        raise InvitationExpired


def check_can_lose_administrator(membership: Membership) -> None:
    """Whether the landlord has another administrator. Raises LastAdministrator.

    The administrators' rows are locked, so that two of them cannot shut out each other at once.
    """
    if membership.role != Role.ADMINISTRATOR or not membership.is_active:
        return
    others = (
        Membership.objects.select_for_update()
        .filter(role=Role.ADMINISTRATOR, is_active=True)
        .order_by("pk")
        .values_list("pk", "user__is_active")
    )
    if not any(pk != membership.pk and active for pk, active in others):
        raise LastAdministrator
