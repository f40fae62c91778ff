from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit
from structures.bodies import queries


def find(words: str, limit: int) -> Sequence[Hit]:
    """Groups by any part of their name, or by their short name. There are tens of them."""
    groups = queries.bodies().filter(Q(name__icontains=words) | Q(short_name__iexact=words))
    return [
        Hit(body.name, reverse("bodies:body_detail", args=[body.pk]), body.kind_words)
        for body in groups[:limit]
    ]


groups = Finder("Groups", Permission.STRATEGY_READ, find)
