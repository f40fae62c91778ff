"""What landlords show on pages of others."""

from __future__ import annotations

from typing import Any

from involvement.accounts.permissions import Permission
from involvement.landlords.first_run import steps_for
from involvement.wiring import Panel


def _first_run(request: Any, **context: Any) -> dict[str, Any] | None:
    """The steps of the first-run checklist still to take, until none is left that has to be."""
    if not request.membership.may(Permission.SETTINGS_CHANGE):
        return None
    steps = steps_for(request)
    if all(shown.done or shown.step.may_be_left for shown in steps):
        return None
    left = [shown for shown in steps if not shown.done]
    return {"steps": left, "done": len(steps) - len(left), "in_all": len(steps)}


first_run = Panel("Setting up", _first_run, "involvement/landlords/panels/first_run.html")
