"""What replies show on pages below them, and on the desk's first page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.outcomes.models import Outcome
from actionplans.replies import policies, queries, words
from actionplans.replies.due import due_rows
from actionplans.replies.hearers import Telling, hearers
from actionplans.replies.verdicts import totals
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.calendars.days import start_of_day
from involvement.wiring import Panel
from residents.people.models import Person

SHOWN = 6


def who_was_told(
    request: LandlordRequest, *, decision: Decision, **_context: Any
) -> dict[str, Any]:
    """Who was told of a decision and who was not, with the way to tell them."""
    rows = hearers(decision)
    may = request.membership.may(Permission.REPLY_SEND)
    return {
        "hearers": rows[:200],
        "total": len(rows),
        "told_words": words.told_words(rows),
        "all_told": all(hearer.state == Telling.TOLD for hearer in rows),
        "unreachable": words.unreachable_words(queries.unreachable_count(decision.theme_id)),
        "to_tell": len(policies.to_tell(rows)) if may else 0,
        "can_tell": may and policies.can_tell(decision, rows),
        "can_tick": may and any(hearer.state != Telling.TOLD for hearer in rows),
        "verdict_totals": totals(decision.pk),
        "can_read_names": request.membership.may(Permission.PEOPLE_READ),
    }


def what_residents_say(
    request: LandlordRequest, *, outcome: Outcome, **_context: Any
) -> dict[str, Any]:
    """What the people who were told answer, beside the claim."""
    return {"verdict_totals": totals(outcome.decision_id)}


def what_a_person_was_told(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any] | None:
    """What one person was told; nothing where there is nothing yet."""
    rows = list(queries.told_person(person)[:20])
    return {"replies": rows} if rows else None


def replies_due(request: LandlordRequest) -> dict[str, Any] | None:
    """Who waits for a reply, on the desk's first page; nothing where nobody waits."""
    if not request.membership.may(Permission.REPLY_SEND):
        return None
    today = timezone.localdate()
    rows = due_rows(queries.not_everybody_told()[:20], today)
    return (
        {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "today": today, "sorting": None}
        if rows
        else None
    )


def told_last_week(today: dt.date) -> int:
    """How many replies were given in the seven days before today."""
    end = start_of_day(today)
    return queries.told_between(end - dt.timedelta(days=7), end).count()


DECISION = Panel("who was told", who_was_told, "actionplans/replies/panels/decision.html")
OUTCOME = Panel("did it happen?", what_residents_say, "actionplans/replies/panels/outcome.html")
PERSON = Panel(
    "what they were told", what_a_person_was_told, "actionplans/replies/panels/person.html"
)
HOME = Panel("replies due", replies_due, "actionplans/replies/panels/home.html")
