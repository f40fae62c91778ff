"""What the outbox shows on pages below it."""

from __future__ import annotations

from typing import Any

from involvement.accounts.doors import LandlordRequest
from involvement.delivery import queries
from involvement.wiring import Panel


def sending_in_settings(request: LandlordRequest, **_context: Any) -> dict[str, Any]:
    """By whom the landlord's e-mail and texts go."""
    return {"in_use": queries.in_use()}


SETTINGS = Panel(
    "how messages go out", sending_in_settings, "involvement/delivery/panels/settings.html"
)
