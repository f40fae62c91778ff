from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from involvement.accounts.models import Membership, SignInRule, User
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
