from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from structures.bodies.models import Body


def bodies(*, closed: bool = False) -> QuerySet[Body]:
    """The groups that live, or those that have closed, by name."""
    found: QuerySet[Body] = (
        Body.objects.filter(closed_on__isnull=not closed)
        .select_related("unit")
        .order_by("name", "pk")
    )
    return found


def bodies_by_words() -> dict[str, Body]:
    """Every group by its name and by its short name, both in lower case, to match words against."""
    found: dict[str, Body] = {}
    rows: Iterable[Body] = Body.objects.order_by("pk")
    for body in rows:
        found[body.name.lower()] = body
        if body.short_name:
            found[body.short_name.lower()] = body
    return found
