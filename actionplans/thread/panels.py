"""The thread on pages below it, and on the desk's first page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from actionplans.decisions.policies import can_decide
from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.queries import themes_of
from actionplans.plans.models import Line
from actionplans.replies.panels import told_last_week
from actionplans.replies.queries import not_everybody_told, unreachable_count
from actionplans.replies.words import unreachable_words
from actionplans.thread import policies, queries
from actionplans.thread.became import what_became
from actionplans.thread.counts import count_broken
from actionplans.thread.stations import read_threads, thread_of
from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.faces.words import plural, spelled
from involvement.wiring import Panel
from residents.people.models import Person
from residents.signin.doors import ResidentRequest

SHOWN = 5
SAID_SHOWN = 6


def whole_thread(request: LandlordRequest, *, theme: Theme, **_context: Any) -> dict[str, Any]:
    """The stations of a theme from the decision on, with the act in the cut box."""
    thread = thread_of(theme, timezone.localdate())
    decided, planned, changed, told, happened = thread.stations[2:]
    return {
        "thread": thread,
        "decided": decided,
        "planned": planned,
        "changed": changed,
        "told": told,
        "happened": happened,
        "unreachable": unreachable_words(unreachable_count(theme)),
        "can_decide": can_decide(theme) and request.membership.may(Permission.DECISION_RECORD),
        "can_record": request.membership.may(Permission.DECISION_RECORD),
        "can_plan": request.membership.may(Permission.PLAN_CHANGE),
        "can_tell": request.membership.may(Permission.REPLY_SEND),
        "can_name": request.membership.may(Permission.PEOPLE_READ),
    }


def threads_of_feedback(
    request: LandlordRequest, *, feedback: Feedback, **_context: Any
) -> dict[str, Any] | None:
    """The threads one piece of feedback is part of; nothing while it is in no theme."""
    threads = read_threads(themes_of(feedback), timezone.localdate())
    return {"threads": threads} if threads else None


def thread_of_line(
    request: LandlordRequest, *, line: Line, **_context: Any
) -> dict[str, Any] | None:
    """What a line of a plan arose from; nothing where it arose from no decision."""
    if line.arose_from is None or not request.membership.may(Permission.FEEDBACK_READ):
        return None
    return {"thread": thread_of(line.arose_from.theme, timezone.localdate())}


def broken_threads(request: LandlordRequest) -> dict[str, Any] | None:
    """The oldest broken threads, on the desk's first page; nothing where none is broken."""
    if not request.membership.may(Permission.FEEDBACK_READ):
        return None
    rows = queries.oldest_broken(request.landlord, timezone.localdate(), limit=SHOWN)
    if not rows:
        return None
    return {
        "rows": rows,
        "promise": request.landlord.decision_days,
        "can_tie": policies.kinds_to_tie(request.membership),
        "can_plan": request.membership.may(Permission.PLAN_CHANGE),
    }


def tied_off(request: LandlordRequest) -> dict[str, Any] | None:
    """How many were told last week."""
    told = told_last_week(timezone.localdate())
    return {"told": told} if told else None


def broken_clause(request: LandlordRequest) -> str:
    """“three threads are broken”, "" where none is."""
    if not request.membership.may(Permission.FEEDBACK_READ):
        return ""
    counts = count_broken(request.landlord, timezone.localdate())
    if not counts.total:
        return ""
    number = f"more than {counts.total:,}" if counts.capped else spelled(counts.total)
    return f"{number} {plural(counts.total, 'thread is', 'threads are')} broken"


def replies_clause(request: LandlordRequest) -> str:
    """“two decisions wait to be told”, "" where everybody knows."""
    if not request.membership.may(Permission.REPLY_SEND):
        return ""
    waiting = not_everybody_told()[:1001].count()
    return (
        f"people wait to hear of {spelled(waiting)} {plural(waiting, 'decision')}"
        if waiting
        else ""
    )


def what_became_of_it(request: ResidentRequest, *, person: Person) -> dict[str, Any] | None:
    """What a resident said and what came of it, on their own first page; for whoever acts for them
    where they may be told."""
    if not request.visit.may("may_be_told"):
        return None
    return {"rows": what_became(person, SAID_SHOWN)}


THEME = Panel("the thread", whole_thread, "actionplans/thread/panels/theme.html")
FEEDBACK = Panel("its thread", threads_of_feedback, "actionplans/thread/panels/feedback.html")
LINE = Panel("what it arose from", thread_of_line, "actionplans/thread/panels/line.html")
HOME = Panel("broken threads", broken_threads, "actionplans/thread/panels/home.html")
SIDE = Panel("tied off last week", tied_off, "actionplans/thread/panels/side.html")
MINE = Panel("what became of it", what_became_of_it, "actionplans/thread/panels/mine.html")
