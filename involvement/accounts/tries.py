"""How often one address has tried something lately."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_many(request: HttpRequest, what: str, most: int, *, counted: bool = True) -> bool:
    """Whether this address has done `what` more than `most` times within the hour.

    `counted` says whether this is one of the times. The cache is the landlord's own.
    """
    key = f"tries:{what}:{get_adapter().get_client_ip(request)}"
    if not counted:
        return int(cache.get(key, 0)) >= most
    cache.add(key, 0, timeout=60 * 60)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two lines
        return False


def too_often(request: HttpRequest, what: str, most: int, *, within: int, of: str = "") -> bool:
    """Whether somebody has done `what` more than `most` times within so many seconds: this network
    address, or, told by `of`, whoever does it to the same e-mail address or number.

    Counted for all landlords together, in the cache that every process shares.
    """
    whose = of or get_adapter().get_client_ip(request)
    key = f"shared:tries:{what}:{within}:{hashlib.sha256(whose.encode()).hexdigest()}"
    cache.add(key, 0, timeout=within)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two lines
        return False
