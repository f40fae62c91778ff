from __future__ import annotations

from typing import Any


def has_roll_up(request: Any) -> bool:
    """Whether the landlord served is a group, so that there is something to add up."""
    landlord = request.landlord
    return landlord is not None and landlord.is_group
