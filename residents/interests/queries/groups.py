from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet

from residents.interests.models import GroupNote, GroupPartner, GroupToReach


def groups_to_reach() -> QuerySet[GroupToReach]:
    """The groups the landlord hears from too little, by name, with when something was last done."""
    rows: QuerySet[GroupToReach] = GroupToReach.objects.select_related("owner").annotate(
        last_on=Max("notes__done_on"),
        partner_count=Count("partners", filter=Q(partners__ended_at__isnull=True), distinct=True),
    )
    return rows.filter(archived_at__isnull=True).order_by("name", "pk")


def groups_put_away() -> QuerySet[GroupToReach]:
    """The groups that are in the list no longer, by name."""
    rows: QuerySet[GroupToReach] = GroupToReach.objects.filter(archived_at__isnull=False)
    return rows.order_by("name", "pk")


def partners_of(group: GroupToReach) -> QuerySet[GroupPartner]:
    """Who helps to reach them now, by name."""
    rows: QuerySet[GroupPartner] = GroupPartner.objects.filter(group=group, ended_at__isnull=True)
    return rows.order_by("name", "pk")


def notes_on(group: GroupToReach) -> QuerySet[GroupNote]:
    """What was done to reach them, latest first."""
    rows: QuerySet[GroupNote] = GroupNote.objects.filter(group=group)
    return rows.order_by("-done_on", "-pk")
