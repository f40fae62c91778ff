"""What lists show in the menu and on the desk's first page."""

from __future__ import annotations

from typing import Any

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.calendars.words import count
from involvement.wiring import Panel
from residents.feeds import queries

SHOWN = 5


def lists_that_wait(request: LandlordRequest, **_context: Any) -> dict[str, Any] | None:
    """Lists that wait for an officer or could not be brought in; nothing where all is well."""
    if not request.membership.may(Permission.PEOPLE_IMPORT):
        return None
    rows = [*queries.failed_lately()[:SHOWN], *queries.waiting()[:SHOWN]]
    return {"rows": rows} if rows else None


def waiting_count(request: LandlordRequest) -> int | None:
    """The number beside “Lists in and out” in the menu."""
    return queries.waiting().count() or None


def lists_clause(request: LandlordRequest) -> str:
    """The clause of the desk's first sentence."""
    if not request.membership.may(Permission.PEOPLE_IMPORT):
        return ""
    failed = queries.failed_lately().count()
    return f"{count(failed, 'list')} could not be brought in" if failed else ""


HOME = Panel("lists of residents", lists_that_wait, "residents/feeds/panels/home.html")
