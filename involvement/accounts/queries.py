from __future__ import annotations

from django.db import connection

from involvement.accounts.models import Membership, User
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
