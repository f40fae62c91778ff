"""What reports show on the first pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.faces.words import plural, spelled
from involvement.wiring import Panel
from reporting.catalogue.queries import kind_named
from reporting.library import making, queries
from reporting.library.pages import web_context

MOST_PAIRS = 3


def latest_you_said(request: HttpRequest, **_: Any) -> dict[str, Any] | None:
    """The latest published report in brief; nothing where none is published."""
    report = queries.latest_for_residents()
    if report is None:
        return None
    context = web_context(making.told_of(report), making.issue_of(report))
    return {
        "report": report,
        "facts": context["facts"],
        "tally_rows": context["tally_rows"],
        "shown_pairs": context["answered"][:MOST_PAIRS],
    }


def drafts_waiting(request: LandlordRequest, **_: Any) -> dict[str, Any] | None:
    """Drafts somebody has to read and approve; nothing for those who may not edit."""
    if not request.membership.may(Permission.REPORT_EDIT):
        return None
    rows = [(report, kind_named(report.kind)) for report in queries.waiting_drafts()[:5]]
    return {"rows": rows} if rows else None


def draft_count(request: LandlordRequest) -> int | None:
    """The number beside “Reports” in the menu."""
    if not request.membership.may(Permission.REPORT_EDIT):
        return None
    return queries.waiting_drafts().count() or None


def drafts_clause(request: LandlordRequest) -> str:
    """“one report waits for you”, "" where none does."""
    waiting = draft_count(request)
    if not waiting:
        return ""
    return f"{spelled(waiting)} {plural(waiting, 'report waits', 'reports wait')} for you"


YOU_SAID = Panel("You said, we did", latest_you_said, "reporting/library/panels/you_said.html")
DRAFTS = Panel("reports that wait", drafts_waiting, "reporting/library/panels/drafts.html")
