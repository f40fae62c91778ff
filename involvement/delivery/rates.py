"""How much a provider is given in a minute, counted in the cache that all workers share."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache

from involvement.delivery.models import Provider

MINUTE = 60


def take(provider: Provider, at: dt.datetime) -> float:
    """Take room for one message. Answers 0, or after how many seconds there may be room.

    Counts over the last sixty seconds: the minute before weighs as much as still lies in them.
    """
    second = at.timestamp()
    minute, since = int(second // MINUTE), second % MINUTE
    taken: list[str] = []
    for key, most in _limits(provider):
        now, before = f"{key}:{minute}", f"{key}:{minute - 1}"
        earlier = (cache.get(before) or 0) * (1 - since / MINUTE)
        cache.add(now, 0, 3 * MINUTE)
        counted = cache.incr(now)
        taken.append(now)
        if counted + earlier > most:
            for one in taken:
                cache.decr(one)
            return max(
                1.0, min(MINUTE - since, MINUTE / most * math.ceil(counted + earlier - most))
            )
    return 0


def _limits(provider: Provider) -> Iterator[tuple[str, int]]:
    yield f"delivery:rate:{provider.pk}", provider.per_minute
    if provider.kind == Provider.Kind.INSTALLATION:
        yield "shared:delivery:rate:installation", settings.DELIVERY_PER_MINUTE
