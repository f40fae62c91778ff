"""The only writers of this capability."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from involvement.accounts import policies, queries
from involvement.accounts.models import Invitation, Membership, SignInRule, StaffMember, Team, User
from involvement.accounts.permissions import Role
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.queries import landlord_in_scope

log = logging.getLogger(__name__)

INVITATION_LASTS: Final = dt.timedelta(days=14)
# Board members and group viewers are guests: they do not belong in the staff directory
_OUTSIDE_THE_DIRECTORY: Final = {Role.BOARD, Role.GROUP_VIEWER}


@transaction.atomic
def choose_password(*, user: User, password: str, at: dt.datetime) -> User:
    """Give a log-in a password, checked by the form. Belongs to no landlord, so no landlord's
    history tells of it; the person gets an e-mail instead."""
    user.set_password(password)
    user.save(update_fields=["password"])
    message = render_to_string("account/email/password_set_message.txt", {"at": at})
    subject = render_to_string("account/email/password_set_subject.txt").strip()
    _mail(user.email, subject, message)
    return user


@transaction.atomic
def keep_record(
    *,
    record: StaffMember | Team,
    before: Mapping[str, str] | None,
    by: Actor,
    at: dt.datetime,
) -> StaffMember | Team:
    """Keep a colleague or team that a form made or changed; `before` is its snapshot, or None."""
    kind = record._meta.verbose_name
    if before is None:
        record.save()
        verb, sentence, changes = "added", f"added the {kind} {record}", []
    else:
        changes = auditing.changes_since(record, before)
        if not changes:
            return record
        record.save()
        verb, sentence = "changed", f"changed the {kind} {record}"
    auditing.record(
        verb=f"{record._meta.model_name}.{verb}",
        record=record,
        sentence=sentence,
        by=by,
        at=at,
        changes=changes,
    )
    return record


@transaction.atomic
def archive_team(*, team: Team, by: Actor, at: dt.datetime) -> Team:
    """Put a team away; those in it keep it until they are moved."""
    team.archived_at = at
    team.save(update_fields=["archived_at"])
    auditing.record(
        verb="team.archived", record=team, sentence=f"put away the team {team}", by=by, at=at
    )
    return team


@transaction.atomic
def import_staff(
    *, rows: Iterable[tuple[StaffMember, str]], by: Actor, at: dt.datetime
) -> tuple[int, int]:
    """Keep colleagues read from a file, each with the name of its team, which is made where there
    is none. Returns how many were new and how many changed."""
    teams = {team.name.lower(): team for team in Team.objects.order_by("pk")}
    new = changed = 0
    for colleague, team_name in rows:
        key = team_name.lower()
        if key and key not in teams:
            teams[key] = Team(name=team_name)
            keep_record(record=teams[key], before=None, by=by, at=at)
        before = None
        if colleague.pk:
            stored = StaffMember.objects.select_related("team").get(pk=colleague.pk)
            before = auditing.snapshot(stored, STAFF_FIELDS)
        if key:
            colleague.team = teams[key]
        if before is None:
            new += 1
        elif auditing.changes_since(colleague, before):
            changed += 1
        keep_record(record=colleague, before=before, by=by, at=at)
    return new, changed


STAFF_FIELDS: Final = ("name", "initials", "job_title", "email", "phone", "team", "left_on")


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    inviter: Membership | None,
    address: str,
    by: Actor,
    at: dt.datetime,
    name: str = "",
    staff: StaffMember | None = None,
) -> tuple[Invitation, str]:
    """Invite somebody to sign in, and send the e-mail once this is kept.

    `address` is where the landlord's pages begin. Returns the invitation and its link, which is
    kept nowhere. Raises OnlyAdministratorsGiveThisRole, MemberAlready, InvitedAlready.
    """
    email = email.strip().lower()
    policies.check_can_invite(inviter, role=role, email=email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        staff=staff or StaffMember.objects.filter(email__iexact=email, left_on=None).first(),
        token_hash=queries.token_hash(token),
        sent_at=at,
        expires_at=at + INVITATION_LASTS,
        **by.columns(),
    )
    sentence = f"invited {email} as {Role(role).label.lower()}"
    auditing.record(verb="invitation.sent", record=invitation, sentence=sentence, by=by, at=at)
    return invitation, _send(invitation, token, address)


@transaction.atomic
def resend_invitation(
    *, invitation: Invitation, inviter: Membership, address: str, by: Actor, at: dt.datetime
) -> Invitation:
    """Send an open invitation again with a new link; the old one stops working.

    Raises InvitationAccepted, InvitationWithdrawn, OnlyAdministratorsGiveThisRole.
    """
    if not policies.may_give_role(inviter, invitation.role):
        raise policies.OnlyAdministratorsGiveThisRole
    # One that is past its time may be sent again
    policies.check_can_accept(invitation, at=invitation.sent_at)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = queries.token_hash(token)
    invitation.sent_at, invitation.expires_at = at, at + INVITATION_LASTS
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    sentence = f"sent the invitation to {invitation.email} again"
    auditing.record(verb="invitation.resent", record=invitation, sentence=sentence, by=by, at=at)
    _send(invitation, token, address)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: dt.datetime) -> Invitation:
    """Take an open invitation back. Raises InvitationAccepted, InvitationWithdrawn."""
    policies.check_can_accept(invitation, at=invitation.sent_at)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    sentence = f"took back the invitation to {invitation.email}"
    auditing.record(verb="invitation.withdrawn", record=invitation, sentence=sentence, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, name: str, by: Actor, at: dt.datetime
) -> Membership:
    """Make the log-in and the membership an invitation promises. Returns the membership.

    Raises InvitationAccepted, InvitationWithdrawn, InvitationExpired.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    policies.check_can_accept(invitation, at=at)
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, name=name)
    values = {"role": invitation.role, "is_active": True, "staff": _colleague(invitation, user)}
    membership: Membership
    membership, _made = Membership.objects.update_or_create(
        user=user, defaults=values, create_defaults={**values, "joined_at": at}
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    sentence = f"accepted the invitation as {invitation.get_role_display().lower()}"
    auditing.record(verb="invitation.accepted", record=membership, sentence=sentence, by=by, at=at)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Actor, at: dt.datetime) -> Membership:
    """Give a member another role. Raises LastAdministrator."""
    if role == membership.role:
        return membership
    policies.check_can_lose_administrator(membership)
    before = auditing.snapshot(membership, ["role"])
    membership.role = role
    membership.save(update_fields=["role"])
    auditing.record(
        verb="membership.role",
        record=membership,
        sentence=f"made {membership.user} {membership.get_role_display().lower()}",
        by=by,
        at=at,
        changes=auditing.changes_since(membership, before),
    )
    return membership


@transaction.atomic
def set_active(*, membership: Membership, active: bool, by: Actor, at: dt.datetime) -> Membership:
    """Let a member sign in, or no longer. Raises LastAdministrator."""
    if membership.is_active == active:
        return membership
    if not active:
        policies.check_can_lose_administrator(membership)
    membership.is_active = active
    membership.save(update_fields=["is_active"])
    sentence = f"{'opened' if active else 'closed'} the log-in of {membership.user} here"
    verb = "membership.opened" if active else "membership.closed"
    auditing.record(verb=verb, record=membership, sentence=sentence, by=by, at=at)
    return membership


@transaction.atomic
def set_directory(
    *, rule: SignInRule, before: Mapping[str, str] | None, by: Actor, at: dt.datetime
) -> SignInRule:
    """Keep how staff sign in through the landlord's own directory. The secret is never told."""
    changes = auditing.changes_since(rule, before) if before is not None else []
    rule.save()
    auditing.record(
        verb="sign_in.directory",
        record=rule,
        sentence=f"set sign-in through {rule.provider_name}",
        by=by,
        at=at,
        changes=changes,
    )
    return rule


def _colleague(invitation: Invitation, user: User) -> StaffMember | None:
    if invitation.staff_id is not None or invitation.role in _OUTSIDE_THE_DIRECTORY:
        return invitation.staff
    known: StaffMember | None = StaffMember.objects.filter(email__iexact=user.email).first()
    return known or StaffMember.objects.create(name=str(user), email=user.email)


def _send(invitation: Invitation, token: str, address: str) -> str:
    link = f"{address}invitation/{token}/"
    landlord = landlord_in_scope()
    words: dict[str, Any] = {"invitation": invitation, "landlord": landlord, "link": link}
    message = render_to_string("involvement/accounts/email/invitation.txt", words)
    _mail(invitation.email, f"An invitation from {landlord.name}", message)
    return link


def _mail(to: str, subject: str, message: str) -> None:
    """Sent by itself and not through the outbox, which would keep the link where others read it."""

    def send() -> None:
        try:
            send_mail(subject, message, settings.DEFAULT_FROM_EMAIL, [to])
        except OSError:  # the row is kept; the page offers to send it again
            log.exception("An e-mail about a log-in did not go.")

    transaction.on_commit(send)
