"""What decisions show on pages below them."""

from __future__ import annotations

from typing import Any

from actionplans.decisions import queries
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel
from structures.bodies.models import Body


def what_a_body_decided(
    request: LandlordRequest, *, body: Body, **_context: Any
) -> dict[str, Any] | None:
    """The latest decisions of a group; nothing where it decided nothing."""
    if not request.membership.may(Permission.FEEDBACK_READ):
        return None
    rows = list(queries.decided_by_body(body)[:6])
    return {"rows": rows[:5], "more": len(rows) > 5, "body": body} if rows else None


BODY = Panel("decisions", what_a_body_decided, "actionplans/decisions/panels/body.html")
