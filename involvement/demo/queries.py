from __future__ import annotations

from involvement.accounts.models import Membership, StaffMember
from involvement.accounts.permissions import Role
from involvement.auditing.actors import Actor, ActorKind, Channel, job

LOADER = job("The demonstration")


def staff_by_initials() -> dict[str, StaffMember]:
    """The staff of the landlord in scope by their initials."""
    return {each.initials: each for each in StaffMember.objects.exclude(initials="").order_by("pk")}


def officer() -> Actor:
    """The landlord's first involvement officer, who did most of what the demonstration shows."""
    return _actor(Membership.objects.filter(role=Role.OFFICER))


def actors() -> list[Actor]:
    """Everybody who works with plans and the log at the landlord in scope, the officer first."""
    working = Membership.objects.filter(
        role__in=[Role.OFFICER, Role.CONTRIBUTOR, Role.MANAGER]
    ).select_related("user")
    found = [
        Actor(ActorKind.STAFF, str(each.user), key=each.pk, channel=Channel.WEB)
        for each in working.order_by("pk")
    ]
    first = officer()
    return [first, *(each for each in found if each != first)]


def _actor(memberships: object) -> Actor:
    first: Membership = memberships.select_related("user").order_by("pk")[0]  # type: ignore[attr-defined]  # a queryset
    return Actor(ActorKind.STAFF, str(first.user), key=first.pk)
