"""What outcomes show on pages below them."""

from __future__ import annotations

from typing import Any

from actionplans.decisions.models import Decision
from actionplans.outcomes import policies, queries
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel


def what_changed(
    request: LandlordRequest, *, decision: Decision, **_context: Any
) -> dict[str, Any]:
    """What changed because of a decision, with the way to record more."""
    may = request.membership.may(Permission.DECISION_RECORD)
    return {
        "outcomes": list(queries.outcomes_of(decision)),
        "can_record": may and policies.can_record(decision),
    }


DECISION = Panel("what changed", what_changed, "actionplans/outcomes/panels/decision.html")
