"""What plans show on pages below them."""

from __future__ import annotations

from typing import Any

from actionplans.decisions.models import Decision
from actionplans.plans import policies
from actionplans.plans.queries.arising import lines_of
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel


def who_does_it(
    request: LandlordRequest, *, decision: Decision, **_context: Any
) -> dict[str, Any] | None:
    """The lines of plans that carry a decision out, with the ways to have more; nothing where
    there is nothing to plan."""
    may = request.membership.may
    if not may(Permission.PLAN_READ):
        return None
    lines, planned = list(lines_of(decision)), policies.can_plan(decision)
    if not lines and not planned:
        return None
    return {"lines": lines, "can_plan": planned and may(Permission.PLAN_CHANGE)}


DECISION = Panel("its lines of plans", who_does_it, "actionplans/plans/panels/decision.html")
