"""Cache keys carry the landlord, so that one landlord's answer is never another's."""

from __future__ import annotations

from involvement.isolation.scope import landlord_id

SHARED = ("shared:", "allauth", "ratelimit")


def landlord_key(key: str, prefix: str, version: int) -> str:
    """Raises NoLandlord for a key that is not shared, where no landlord is in scope."""
    if str(key).startswith(SHARED):
        return f"{prefix}:{version}:{key}"
    return f"{prefix}:{version}:{landlord_id()}:{key}"
