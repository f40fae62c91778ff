from __future__ import annotations

import hashlib

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from involvement.accounts.models import Invitation, Membership, SignInRule, StaffMember, Team, User
from involvement.accounts.permissions import Permission, Role, permissions_of
from involvement.landlords.models import Landlord


def membership_of(user: User) -> Membership | None:
    """The user's active membership at the landlord in scope."""
    membership: Membership | None = (
        Membership.objects.filter(user=user, is_active=True).select_related("staff", "user").first()
    )
    return membership


def landlords_of(user: User) -> list[Landlord]:
    """Every landlord at which the user is an active member, by name.

    Asked of the database function `landlords_of_user`, the one place that may look across.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT landlord_id FROM landlords_of_user(%s)", [user.pk])
        keys = [row[0] for row in cursor.fetchall()]
    return list(Landlord.objects.defer("logo_png").filter(pk__in=keys).order_by("name", "pk"))


def active_members() -> QuerySet[Membership]:
    """The landlord in scope's active members, by name."""
    members: QuerySet[Membership] = (
        Membership.objects.filter(is_active=True, user__is_active=True)
        .select_related("user", "staff", "staff__team")
        .order_by("user__name", "pk")
    )
    return members


def sign_in_rule() -> SignInRule | None:
    """The directory through which the staff of the landlord in scope may sign in."""
    rule: SignInRule | None = SignInRule.objects.filter(is_active=True).order_by("pk").first()
    return rule


def member_by_address(addresses: list[str]) -> User | None:
    """Who of the landlord in scope's active members has one of these e-mail addresses."""
    membership = (
        Membership.objects.filter(is_active=True, user__is_active=True, user__email__in=addresses)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    return membership.user if membership else None


def members() -> QuerySet[Membership]:
    """Everybody who signs in at the landlord in scope or did, those who may first, by name."""
    rows: QuerySet[Membership] = Membership.objects.select_related("user", "staff").order_by(
        "-is_active", "user__name", "pk"
    )
    return rows


def administrators() -> list[str]:
    """The names of those who can change what somebody may do here."""
    roles = [role for role in Role if Permission.STAFF_MANAGE in permissions_of(role)]
    return [str(each.user) for each in active_members().filter(role__in=roles)]


def staff_who_may(permission: Permission) -> QuerySet[StaffMember]:
    """Who works here and may do something, by name: to whom work that needs it can be given."""
    roles = [role for role in Role if permission in permissions_of(role)]
    may = Membership.objects.filter(is_active=True, user__is_active=True, role__in=roles)
    rows: QuerySet[StaffMember] = StaffMember.objects.filter(
        left_on__isnull=True, pk__in=may.order_by().values("staff_id")
    )
    return rows.order_by("name", "pk")


def directory(
    *, words: str = "", team: Team | None = None, left: bool = False
) -> QuerySet[StaffMember]:
    """The directory by name: those who work here, or those who left.

    `words` are looked for in name, initials and job title; `team` keeps one team's people.
    """
    rows: QuerySet[StaffMember] = (
        StaffMember.objects.filter(left_on__isnull=not left)
        .select_related("team")
        .prefetch_related(
            Prefetch("memberships", Membership.objects.order_by("pk"), to_attr="signs_in")
        )
        .order_by("name", "pk")
    )
    if team is not None:
        rows = rows.filter(team=team)
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(initials__iexact=words) | Q(job_title__icontains=words)
        )
    return rows


def teams() -> QuerySet[Team]:
    """Teams by name, open ones first, each with how many work in it."""
    rows: QuerySet[Team] = Team.objects.annotate(
        people=Count("staff", filter=Q(staff__left_on__isnull=True))
    ).order_by("archived_at", "name", "pk")
    return rows


def open_invitations() -> QuerySet[Invitation]:
    """Invitations neither accepted nor taken back, newest first; some may be past their time."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True
    ).order_by("-sent_at", "-pk")
    return rows


def invitation_by_token(token: str) -> Invitation | None:
    """The landlord in scope's invitation that this token opens, in whatever state."""
    found: Invitation | None = Invitation.objects.filter(token_hash=token_hash(token)).first()
    return found


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
